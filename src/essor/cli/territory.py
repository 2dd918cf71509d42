"""`essor territory`: what a territory is, what contains it, what it holds, what touches it."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.observatory.typography import number

if TYPE_CHECKING:
    from essor.territory.portrait import Portrait
    from essor.territory.territories import Territory

LISTED_NEIGHBOURS = 12
_UNKNOWN = "inconnu"


def territory(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TERRITOIRE",
            help="Nom ou code : « Metz Métropole », « 57463 », « commune:Metz »…",
            show_default=False,
        ),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Écrire la réponse en JSON, pour un programme.")
    ] = False,
) -> None:
    """Dire ce qu’est un territoire : population, ce qui le contient, ses membres, ses voisins."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time
    from essor.territory.portrait import portrait  # noqa: PLC0415 -- start-up time

    release = open_release(home())
    with release.connect() as connection:
        drawn = portrait(connection, place_named(connection, text))
    if as_json:
        _print_json(drawn)
    else:
        _print_card(drawn)


def _print_json(drawn: "Portrait") -> None:
    from pydantic import TypeAdapter  # noqa: PLC0415 -- start-up time

    from essor.territory.portrait import Portrait  # noqa: PLC0415 -- start-up time

    typer.echo(TypeAdapter(Portrait).dump_json(drawn, indent=2).decode())


def _print_card(drawn: "Portrait") -> None:
    from rich.console import Console  # noqa: PLC0415 -- start-up time
    from rich.markup import escape  # noqa: PLC0415 -- start-up time
    from rich.table import Table  # noqa: PLC0415 -- start-up time

    shown = drawn.territory
    card = Table(title=escape(shown.name), show_header=False, title_justify="left")
    card.add_column(style="bold")
    card.add_column()
    for label, value in (*_facts(shown), *_surroundings(drawn)):
        card.add_row(label, escape(value))
    Console().print(card)


def _facts(shown: "Territory") -> tuple[tuple[str, str], ...]:
    kind = f" ({shown.kind})" if shown.kind else ""
    area = _UNKNOWN if shown.area_km2 is None else f"{number(round(shown.area_km2))} km²"
    people = _UNKNOWN if shown.population is None else f"{number(shown.population)} habitants"
    return (
        ("Niveau", f"{shown.level.label}{kind}"),
        ("Code", shown.selector),
        ("Population", people),
        ("Superficie", area),
        ("Communes", number(shown.communes)),
    )


def _surroundings(drawn: "Portrait") -> tuple[tuple[str, str], ...]:
    inside = "\n".join(
        f"{parent.name} ({parent.level.label}, {parent.selector})" for parent in drawn.parents
    )
    held = "\n".join(
        f"{number(each.count)} {each.level.label if each.count == 1 else each.level.plural}"
        for each in drawn.members
    )
    return (
        ("Contenu dans", inside or "aucun territoire plus grand"),
        ("Contient entièrement", held or "aucun territoire plus petit"),
        ("Voisins", _neighbours(drawn.neighbours)),
    )


def _neighbours(found: "tuple[Territory, ...] | None") -> str:
    if found is None:
        return "inconnus : la source des communes limitrophes manque à cette version des données"
    names = [each.name for each in found[:LISTED_NEIGHBOURS]]
    more = len(found) - len(names)
    return (", ".join(names) or "aucun") + (f", et {number(more)} autres" if more > 0 else "")
