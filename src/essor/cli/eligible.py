"""`essor eligible`: what a rule of law says of an organisation, why, and what is left to know."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidIdentifierError, InvalidRequestError

if TYPE_CHECKING:
    from rich.console import Console

    from essor.release.opened import Release
    from essor.rules.assess import Assessment, Reason
    from essor.rules.facts import Facts
    from essor.rules.rule import Rule

RuleCode = Annotated[
    str | None,
    typer.Argument(metavar="[RÈGLE]", help="Code d’une règle ; sans lui, les lister toutes."),
]
SirenTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--siren",
        metavar="SIREN",
        help="SIREN de l’organisation ; à répéter pour chaque membre d’un groupement.",
    ),
]
IsAggregate = Annotated[
    bool,
    typer.Option(
        "--aggregate",
        help="Groupement : lecture souple, où un membre suffit ; toujours à vérifier.",
    ),
]
DayText = Annotated[
    str | None,
    typer.Option(
        "--day", metavar="AAAA-MM-JJ", help="Jour du droit appliqué ; par défaut, aujourd’hui."
    ),
]
FactTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--fact",
        metavar="NOM=VALEUR",
        help="Ce que vous savez et que les listes ne publient pas, par exemple "
        "disadvantaged_share=62%, ou SIREN:NOM=VALEUR pour un seul membre. À répéter.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
Number = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]

_MARKS = {"met": "✔", "not_met": "✘", "unknown": "?"}
VERDICTS = {
    "met": "[bold green]oui[/]",
    "not_met": "[bold red]non[/]",
    "unknown": "[bold yellow]on ne sait pas[/]",
}


def eligible(  # noqa: PLR0913 -- one parameter per option of the command
    rule: RuleCode = None,
    *,
    siren: SirenTexts = None,
    day: DayText = None,
    fact: FactTexts = None,
    aggregate: IsAggregate = False,
    as_json: AsJson = False,
    number: Number = None,
) -> None:
    """Dire ce qu’une règle de droit répond pour une organisation, pourquoi, et ce qui reste à savoir."""
    if rule is None:
        _refuse_without_rule(siren, day, fact)
        _list_rules(as_json=as_json)
        return
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time
    from essor.rules.registry import rule_of  # noqa: PLC0415 -- start-up time

    asked = rule_of(rule)
    if not siren:
        raise InvalidRequestError(
            f"Il manque l’organisation à examiner\u00a0: donnez son numéro, "
            f"par exemple « essor eligible {rule} --siren 552100554 »."
        )
    on, release = _day(day), open_release(home(), number)
    members = _members(siren, fact or [], release, on)
    if len(members) > 1:
        from essor.cli.eligible_group import show_group  # noqa: PLC0415 -- start-up time

        show_group((asked, on), members, release, as_json=as_json, is_aggregate=aggregate)
        return
    from essor.rules.assess import assess  # noqa: PLC0415 -- start-up time

    ((number_read, facts, name),) = members
    assessment = assess(asked, facts, on)
    if as_json:
        typer.echo(_json(asked, assessment, (number_read, name, on), release))
    else:
        _print(asked, assessment, (number_read, name, on), release)


def _members(
    siren: list[str], told: list[str], release: "Release", on: date
) -> "list[tuple[str, Facts, str | None]]":
    """Return the SIREN of each member, what is known of it, and its name."""
    sirens = [_siren(each, release) for each in siren]
    if len(set(sirens)) < len(sirens):
        raise InvalidRequestError(
            "Un membre est cité deux fois\u00a0: donnez une fois le SIREN de chacun."
        )
    return [(each, *_facts(release, each, on, _told(told, each, sirens))) for each in sirens]


def _told(told: list[str], siren: str, sirens: list[str]) -> list[str]:
    """Return what was told of that organisation: what names nobody, and what names it."""
    kept = []
    for text in told:
        whom, colon, rest = text.partition(":")
        if not (colon and whom.strip().isdigit()):
            kept.append(text)
        elif whom.strip() not in sirens:
            raise InvalidRequestError(
                f"« {text} » parle du SIREN {whom.strip()}, qui n’est pas celui d’un membre\u00a0: "
                "donnez-le aussi par --siren."
            )
        elif whom.strip() == siren:
            kept.append(rest)
    return kept


def _refuse_without_rule(siren: list[str] | None, day: str | None, fact: list[str] | None) -> None:
    if siren or day is not None or fact:
        raise InvalidRequestError(
            "Il manque la règle à appliquer\u00a0: nommez-la avant les options ; "
            "« essor eligible » seul les liste."
        )


def _day(text: str | None) -> date:
    from datetime import datetime  # noqa: PLC0415 -- used here alone

    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidRequestError(
            f"« {text} » n’est pas un jour\u00a0: écrivez-le AAAA-MM-JJ, par exemple 2026-04-01."
        ) from error


def _siren(text: str, release: "Release") -> str:
    from essor.identifiers import parse_siren  # noqa: PLC0415 -- start-up time

    digits = "".join(text.split())
    try:
        return parse_siren(text, accepts_fictional=release.manifest.is_fictional)
    except InvalidIdentifierError as error:
        if len(digits) == _SIRET_LENGTH and digits.isdigit():
            raise InvalidIdentifierError(
                f"« {text} » est un SIRET, celui d’un établissement\u00a0: donnez le SIREN de "
                f"l’organisation, ses neuf premiers chiffres ({digits[:_SIREN_LENGTH]})."
            ) from error
        if near := _near(digits, release):
            raise InvalidIdentifierError(
                f"{error} Du registre, il en est proche\u00a0: {near}."
            ) from error
        raise


def _near(digits: str, release: "Release") -> str:
    """Return the SIRENs of the register one slip of typing away, and whose they are; empty when none is."""
    from essor.linkage.sirets import check, registered_in  # noqa: PLC0415 -- a wrong SIREN only

    with release.connect() as connection:
        found = check(digits, registered_in(connection)).proposals
        sirens = [number for number in found if len(number) == _SIREN_LENGTH][:_SHOWN_NEAR]
        rows = connection.execute(
            "SELECT siren, coalesce(name, 'nom non diffusé') FROM organisations"
            " WHERE siren IN (SELECT unnest($sirens::VARCHAR[])) ORDER BY siren",
            {"sirens": sirens},
        ).fetchall()
    return ", ".join(f"{siren} ({name})" for siren, name in rows)


_SIREN_LENGTH, _SIRET_LENGTH = 9, 14
_SHOWN_NEAR = 3


def _facts(
    release: "Release", siren: str, day: date, told: list[str]
) -> tuple["Facts", str | None]:
    """Return the facts of the register, completed by what the person tells; and the name."""
    from essor.rules.established import facts_of  # noqa: PLC0415 -- start-up time
    from essor.rules.facts import Facts, parse_fact  # noqa: PLC0415 -- start-up time

    with release.connect() as connection:
        read = facts_of(connection, siren, day)
        row = connection.execute(
            "SELECT name, is_active FROM organisations WHERE siren = ?", [siren]
        ).fetchone()
    added = dict(parse_fact(text) for text in told)
    evidence = {**read.evidence, **dict.fromkeys(added, "d’après vous")}
    name, is_active = row if row else (None, True)
    shown = name or "nom non diffusé"
    return Facts({**read.known, **added}, evidence), shown if is_active else f"{shown} (fermée)"


def _list_rules(*, as_json: bool) -> None:
    from essor.rules.registry import RULES, rule_of  # noqa: PLC0415 -- start-up time

    rules = [rule_of(code) for code in RULES]
    if as_json:
        import json  # noqa: PLC0415 -- used here alone

        listed = [{"code": r.code, "title": r.title, "summary": r.summary.strip()} for r in rules]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    width = max(len(rule.code) for rule in rules)
    for rule in rules:
        typer.echo(f"{rule.code:<{width}}  {rule.title}")
    typer.echo("\nPour en appliquer une\u00a0: essor eligible RÈGLE --siren SIREN")


def _json(
    rule: "Rule", found: "Assessment", asked: tuple[str, str | None, date], release: "Release"
) -> str:
    import json  # noqa: PLC0415 -- used here alone
    from dataclasses import asdict  # noqa: PLC0415 -- used here alone

    siren, name, day = asked
    version = found.version
    answer = {
        "rule": rule.code,
        "title": rule.title,
        "siren": siren,
        "name": name,
        "day": day,
        "release": release.manifest.number,
        "is_fictional": release.manifest.is_fictional,
        "verdict": found.verdict,
        "is_to_check": found.is_to_check,
        "version": {"since": version.since, "until": version.until} if version else None,
        "reasons": [asdict(reason) for reason in found.reasons],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)


def _print(
    rule: "Rule", found: "Assessment", asked: tuple[str, str | None, date], release: "Release"
) -> None:
    from rich.console import Console  # noqa: PLC0415 -- start-up time
    from rich.markup import escape  # noqa: PLC0415 -- start-up time

    siren, name, day = asked
    console = Console(highlight=False)
    if release.manifest.is_fictional:
        console.print("[bold red]DONNÉES FICTIVES : démonstration, à ne pas citer.[/]")
    console.print(f"[bold]{escape(rule.title)}[/]")
    console.print(f"{escape(name or '')}, SIREN {siren}, le {day:%d/%m/%Y}\n")
    console.print(f"Réponse\u00a0: {VERDICTS[found.verdict]}\n")
    for reason in found.reasons:
        print_reason(console, reason)
    if found.is_to_check:
        console.print(
            "\n[dim]« À vérifier » : ce point du droit n’a pas été relu dans un texte officiel.[/]"
        )


def print_reason(console: "Console", reason: "Reason") -> None:
    """Print a ground of a verdict: the sentence, the text it rests on, and how to know what is not."""
    from rich.markup import escape  # noqa: PLC0415 -- start-up time

    sure = "" if reason.status == "V" else f" [yellow]({reason.status.label})[/]"
    console.print(f"{_MARKS[reason.verdict]} {escape(_set(reason.sentence))}{sure}")
    cited = f"{reason.citation.article} — lu le {reason.checked_on:%d/%m/%Y}"
    console.print(f"  [dim]{escape(cited)}, {escape(reason.citation.source)}[/]", soft_wrap=True)
    if reason.how:
        console.print(f"  Pour le savoir\u00a0: {escape(_set(reason.how))}")


def _set(text: str) -> str:
    """Return the text with the spaces of French punctuation made non-breaking."""
    import re  # noqa: PLC0415 -- used here alone

    return re.sub(r"(?<=«) | (?=[»:;?!%])", "\u00a0", text)
