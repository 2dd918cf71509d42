"""`essor eligible` of a groupement: what the rule says of each member, then of the whole."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import typer

from essor.cli.eligible import VERDICTS, print_reason

if TYPE_CHECKING:
    from essor.release.opened import Release
    from essor.rules.facts import Facts
    from essor.rules.groupement import GroupementAssessment
    from essor.rules.rule import Rule

Member = tuple[str, "Facts", str | None]


def show_group(
    asked: "tuple[Rule, date]",
    members: Sequence[Member],
    release: "Release",
    *,
    as_json: bool,
    is_aggregate: bool,
) -> None:
    """Print the verdict of a rule, on a day, on the groupement of these members."""
    from essor.rules.groupement import (  # noqa: PLC0415 -- start-up time
        GroupReading,
        assess_groupement,
    )

    rule, day = asked
    reading = GroupReading.AGGREGATE if is_aggregate else GroupReading.ALL_MEMBERS
    found = assess_groupement(rule, [facts for _, facts, _ in members], day, reading)
    if as_json:
        typer.echo(_json(asked, members, found, release))
    else:
        _print(asked, members, found, release)


def _json(
    asked: "tuple[Rule, date]",
    members: Sequence[Member],
    found: "GroupementAssessment",
    release: "Release",
) -> str:
    import json  # noqa: PLC0415 -- used here alone
    from dataclasses import asdict  # noqa: PLC0415 -- used here alone

    rule, day = asked
    answer = {
        "rule": rule.code,
        "title": rule.title,
        "day": day,
        "release": release.manifest.number,
        "is_fictional": release.manifest.is_fictional,
        "verdict": found.verdict,
        "reasons": [asdict(reason) for reason in found.reasons],
        "members": [
            {
                "siren": siren,
                "name": name,
                "verdict": each.verdict,
                "reasons": [asdict(reason) for reason in each.reasons],
            }
            for (siren, _, name), each in zip(members, found.members, strict=True)
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)


def _print(
    asked: "tuple[Rule, date]",
    members: Sequence[Member],
    found: "GroupementAssessment",
    release: "Release",
) -> None:
    from rich.console import Console  # noqa: PLC0415 -- start-up time
    from rich.markup import escape  # noqa: PLC0415 -- start-up time

    rule, day = asked
    console = Console(highlight=False)
    if release.manifest.is_fictional:
        console.print("[bold red]DONNÉES FICTIVES : démonstration, à ne pas citer.[/]")
    console.print(f"[bold]{escape(rule.title)}[/]")
    console.print(f"Groupement de {len(members)}\u00a0membres, le {day:%d/%m/%Y}\n")
    for (siren, _, name), each in zip(members, found.members, strict=True):
        console.print(f"{escape(name or '')}, SIREN {siren}\u00a0: {VERDICTS[each.verdict]}")
        for reason in each.reasons:
            print_reason(console, reason)
        console.print()
    console.print(f"Réponse pour le groupement\u00a0: {VERDICTS[found.verdict]}\n")
    for reason in found.reasons:
        print_reason(console, reason)
