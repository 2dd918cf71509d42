"""Read the study from its TOML files, once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from essor.study.items import (
    Actor,
    Brake,
    Case,
    CasePlace,
    Change,
    FactStatus,
    Form,
    Later,
    Lever,
    Problem,
    Publication,
    Recommendation,
    Study,
    Tool,
    Untreated,
)

_LISTS = ("actors", "inferred", "attached", "recommendations", "forms", "facts", "places", "later")
_BEFORE = re.compile(r" (?=[:;?!»%€])|(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_CODED = frozenset({"id", "page", "status", "address", "command", "folder", "code", "level", "box"})

_Entry = dict[str, Any]
_Item = TypeVar(
    "_Item", Brake, Lever, Actor, Recommendation, Form, Case, Tool, Untreated, Change, FactStatus
)


@cache
def study() -> Study:
    """Return the study.

    Source: « Réindustrialisation : l'ESS comme levier de croissance », July 2024.
    """
    document = _read("document")
    levers, tools = _read("levers"), _read("tools")
    return Study(
        document=Publication(**document["document"]),
        brakes=_by_id(_brake(each) for each in _items("brakes", "brakes")),
        levers=_by_id(Lever(**each) for each in _items("levers", "levers")),
        actors=_by_id(Actor(**each) for each in levers["actors"]),
        recommendations=_by_id(
            Recommendation(**_filled(each, "inferred", "attached"))
            for name in ("recommendations_1", "recommendations_2")
            for each in _items(name, "recommendations")
        ),
        forms=_by_id(form for each in _items("cooperation", "types") for form in _forms(each)),
        cases=_by_id(
            _case(each) for name in ("cases_1", "cases_2") for each in _items(name, "cases")
        ),
        tools=_by_id(Tool(**_filled({"page": ""} | each)) for each in tools["tools"]),
        untreated=_by_id(Untreated(**each) for each in document["untreated"]),
        changes=_by_id(Change(**_filled(each)) for each in document["changes"]),
        statuses=_by_id(FactStatus(**each) for each in document["statuses"]),
    )


def entries(name: str) -> tuple[Mapping[str, object], ...]:
    """Return every entry of a file of the study as it is written, whatever its kind."""
    return tuple(
        each for value in _read(name).values() if isinstance(value, list) for each in value
    )


def _read(name: str) -> _Entry:
    text = (files("essor.study") / f"{name}.toml").read_text("utf-8")
    return {key: _typeset(value, key) for key, value in tomllib.loads(text).items()}


def _items(name: str, kind: str) -> list[_Entry]:
    """Return the entries of a kind, each with the page and the status that its file gives to all."""
    read = _read(name)
    return [{"page": read["page"], "status": read["status"]} | each for each in read[kind]]


def _filled(entry: _Entry, *optional: str) -> _Entry:
    """Return the entry with its lists as tuples, empty where it does not say."""
    said = dict.fromkeys(optional, ()) | entry
    return {key: tuple(value) if key in _LISTS else value for key, value in said.items()}


def _brake(entry: _Entry) -> Brake:
    problems = tuple(Problem(**each) for each in entry["problems"])
    return Brake(**(entry | {"problems": problems}))


def _forms(entry: _Entry) -> list[Form]:
    shared = {"type": entry["label"], "page": entry["page"], "status": entry["status"]}
    return [Form(**_filled(each), **shared) for each in entry["forms"]]


def _case(entry: _Entry) -> Case:
    filled = _filled(entry, "recommendations", "places", "later")
    places = tuple(CasePlace(**each) for each in filled["places"])
    later = tuple(Later(**each) for each in filled["later"])
    return Case(**(filled | {"places": places, "later": later}))


def _by_id(items: Iterable[_Item]) -> dict[str, _Item]:
    return {each.id: each for each in items}


def _typeset(value: Any, key: str = "") -> Any:  # noqa: ANN401 (what TOML holds, of any shape)
    """Return the texts with the spaces and the apostrophes of French; codes stay as they are."""
    if isinstance(value, dict):
        return {name: _typeset(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_typeset(each, key) for each in value]
    if isinstance(value, str) and key not in _CODED:
        return _spaced(value)
    return value


def _spaced(text: str) -> str:
    return _THOUSANDS.sub("\u202f", _BEFORE.sub("\u00a0", text.replace("'", "’")))
