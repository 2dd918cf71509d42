"""Reading a rule: its TOML becomes a value, or is refused in French with what is wrong in it."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from essor.errors import RuleError
from essor.rules.facts import FactType, FactValue, vocabulary
from essor.rules.rule import (
    Case,
    Citation,
    Condition,
    Groupement,
    GroupementClause,
    Join,
    Operator,
    Requirement,
    Rule,
    Status,
    Version,
)
from essor.rules.verdict import Verdict

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https://")]

_VALUE_TYPES: dict[Operator, tuple[type, frozenset[FactType]]] = {
    Operator.ONE_OF: (list, frozenset({FactType.SET, FactType.TEXT})),
    Operator.IS: (bool, frozenset({FactType.FLAG})),
    Operator.AT_LEAST: (float, frozenset({FactType.SHARE, FactType.NUMBER})),
    Operator.AT_MOST: (float, frozenset({FactType.SHARE, FactType.NUMBER})),
}


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Citation(_Written):
    article: Words
    source: Address


class _Cited(_Written):
    citation: _Citation
    checked_on: date
    status: Status
    text: Words


class _Condition(_Cited):
    fact: Words
    operator: Operator
    value: bool | float | list[str]


class _Groupement(_Cited):
    mode: Groupement


class _InForce(_Written):
    since: date
    until: date | None = None


class _Requirement(_Written):
    all: "list[str | _Requirement] | None" = Field(None, min_length=1)
    any: "list[str | _Requirement] | None" = Field(None, min_length=1)
    negates: "str | _Requirement | None" = Field(None, alias="not")


class _Version(_Written):
    in_force: _InForce
    note: str = ""
    requires: _Requirement
    groupement: _Groupement
    conditions: dict[str, _Condition] = Field(min_length=1)


class _Case(_Written):
    name: Words
    day: date
    facts: dict[str, bool | float | str | list[str]] | None = None
    members: list[dict[str, bool | float | str | list[str]]] | None = None
    verdict: Literal["met", "not_met", "unknown"]


class _Rule(_Written):
    code: Words
    title: Words
    summary: Words
    versions: list[_Version] = Field(min_length=1)
    cases: list[_Case] = Field(min_length=1)


def read_rule(text: str, name: str) -> Rule:
    """Return the rule written in `text`, the TOML of `<name>.toml`.

    Raises:
        RuleError: it is not TOML; a field, a citation or a case per verdict is missing; a condition looks
            at a fact that nobody defined; versions overlap.
    """
    try:
        written = _Rule.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, [f"ce n’est pas du TOML ({error})"]) from error
    except ValidationError as error:
        raise _refused(name, [_in_french(fault) for fault in error.errors()]) from error
    if faults := list(_faults(written, name)):
        raise _refused(name, faults)
    return Rule(
        code=written.code,
        title=written.title,
        summary=written.summary,
        versions=tuple(_version(version) for version in written.versions),
        cases=tuple(_case(case) for case in written.cases),
    )


def _refused(name: str, faults: list[str]) -> RuleError:
    said = "\u00a0; ".join(faults)
    return RuleError(
        f"La règle « {name} » est refusée\u00a0: {said}. "
        f"Corrigez {name}.toml en suivant les autres règles du même dossier."
    )


def _in_french(fault: ErrorDetails) -> str:
    *where, last = (str(part) for part in fault["loc"] if part not in ("str", "_Requirement"))
    inside = f" dans {'.'.join(where)}" if where else ""
    match fault["type"]:
        case "missing":
            return f"il manque « {last} »{inside}"
        case "extra_forbidden":
            return f"« {last} » n’est pas un champ prévu{inside}"
        case _:
            return f"« {last} » a une valeur refusée{inside} ({fault['input']!r})"


def _faults(rule: _Rule, name: str) -> Iterator[str]:
    if rule.code != name:
        yield f"son code est « {rule.code} »"
    for verdict in sorted({*Verdict} - {Verdict(case.verdict) for case in rule.cases}):
        yield f"aucun cas n’a pour verdict « {verdict} »"
    for case in rule.cases:
        yield from _case_faults(case)
    for earlier, later in pairwise(version.in_force for version in rule.versions):
        if later.since <= (earlier.until or date.max):
            yield f"deux versions se chevauchent le {later.since:%d/%m/%Y}"
    for version in rule.versions:
        yield from _version_faults(version)


def _case_faults(case: _Case) -> Iterator[str]:
    if (case.facts is None) is (case.members is None):
        yield f"le cas « {case.name} » doit donner soit facts, soit members"
    for unknown in sorted({n for facts in _members(case) for n in facts} - _fact_names()):
        yield f"le cas « {case.name} » emploie un fait inconnu, « {unknown} »"


def _version_faults(version: _Version) -> Iterator[str]:
    named = set(_named(version.requires))
    for code in sorted(named - version.conditions.keys()):
        yield f"« {code} » est exigée et n’est pas définie"
    for code in sorted(version.conditions.keys() - named):
        yield f"« {code} » est définie et n’est pas exigée"
    for code, condition in version.conditions.items():
        yield from _condition_faults(code, condition)
    if not all(len(_joins(part)) == 1 for part in _requirements(version.requires)):
        yield "une exigence doit avoir un seul de all, any et not"


def _condition_faults(code: str, condition: _Condition) -> Iterator[str]:
    meaning = vocabulary().get(condition.fact)
    if meaning is None:
        yield f"« {code} » regarde un fait inconnu, « {condition.fact} »"
        return
    expected, types = _VALUE_TYPES[condition.operator]
    if meaning.type not in types or not isinstance(condition.value, expected):
        yield f"« {code} » compare mal « {condition.fact} » ({condition.operator})"


def _fact_names() -> frozenset[str]:
    return frozenset({*vocabulary(), "unknown_statuses"})


def _joins(part: _Requirement) -> "list[tuple[Join, list[str | _Requirement]]]":
    joins = []
    if part.all is not None:
        joins.append((Join.ALL, part.all))
    if part.any is not None:
        joins.append((Join.ANY, part.any))
    if part.negates is not None:
        joins.append((Join.NOT, [part.negates]))
    return joins


def _requirements(part: _Requirement) -> Iterator[_Requirement]:
    yield part
    for _, inner in _joins(part):
        for piece in inner:
            if isinstance(piece, _Requirement):
                yield from _requirements(piece)


def _named(part: _Requirement) -> Iterator[str]:
    for requirement in _requirements(part):
        for _, inner in _joins(requirement):
            yield from (piece for piece in inner if isinstance(piece, str))


def _requirement(part: _Requirement) -> Requirement:
    ((join, inner),) = _joins(part)
    return Requirement(join, tuple(p if isinstance(p, str) else _requirement(p) for p in inner))


def _version(written: _Version) -> Version:
    group = written.groupement
    return Version(
        since=written.in_force.since,
        until=written.in_force.until,
        requires=_requirement(written.requires),
        conditions={code: _condition(code, c) for code, c in written.conditions.items()},
        groupement=GroupementClause(
            mode=group.mode,
            text=group.text,
            citation=Citation(group.citation.article, group.citation.source),
            checked_on=group.checked_on,
            status=group.status,
        ),
        note=written.note,
    )


def _condition(code: str, written: _Condition) -> Condition:
    value = tuple(written.value) if isinstance(written.value, list) else written.value
    return Condition(
        code=code,
        text=written.text,
        fact=written.fact,
        operator=written.operator,
        value=value,
        citation=Citation(written.citation.article, written.citation.source),
        checked_on=written.checked_on,
        status=written.status,
    )


def _members(case: _Case) -> list[dict[str, bool | float | str | list[str]]]:
    return case.members if case.members is not None else [case.facts or {}]


def _case(written: _Case) -> Case:
    members = tuple(_facts(facts) for facts in _members(written))
    return Case(written.name, written.day, members, Verdict(written.verdict))


def _facts(written: Mapping[str, bool | float | str | list[str]]) -> Mapping[str, FactValue]:
    return {n: frozenset(v) if isinstance(v, list) else v for n, v in written.items()}
