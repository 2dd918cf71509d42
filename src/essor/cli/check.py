"""`essor check`: whether the site is well set, and what to do where it is not."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from essor.site.operation.checks.finding import Finding

_COLOURS = {"fine": "green", "warning": "yellow", "failure": "red"}


def check(
    *,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Relire la version en service octet par octet.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
) -> None:
    """Vérifier que le site est bien réglé, et dire quoi faire là où il ne l’est pas.

    Le code de sortie est 1 si quelque chose est à corriger, 0 sinon.
    """
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.site.members.database import set_up  # noqa: PLC0415 - start-up time

    set_up()
    from essor.site.operation.checks.all import findings  # noqa: PLC0415 - once Django is ready
    from essor.site.operation.checks.finding import Outcome  # noqa: PLC0415 - as above

    found = list(findings(home(), reads_all=thorough))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        _print_table(found)
    if any(each.outcome is Outcome.FAILURE for each in found):
        raise typer.Exit(1)


def _print_table(found: "Sequence[Finding]") -> None:
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.markup import escape  # noqa: PLC0415 - start-up time
    from rich.table import Table  # noqa: PLC0415 - start-up time

    table = Table("État", "Sujet", "", box=None, pad_edge=False)
    for each in found:
        colour = _COLOURS[each.outcome.value]
        table.add_row(f"[{colour}]{each.outcome.label}[/]", each.subject, escape(each.sentence))
    Console().print(table)
