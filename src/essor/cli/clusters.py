"""`essor clusters`: the industrial clusters of a territory, why they are some, and what changed."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.errors import InvalidRequestError
from essor.territory.level import Level

if TYPE_CHECKING:
    import duckdb

    from essor.home import Home
    from essor.observatory.clusters import Detection
    from essor.observatory.comparison import Evolution
    from essor.release.opened import Release
    from essor.territory.territories import Territory

SHOWN = 15
"""Clusters that a terminal shows; the other forms give them all."""


TerritoryText = Annotated[
    str | None,
    typer.Option("--territory", metavar="TERRITOIRE", help="Nom ou code ; par défaut, la France."),
]
AskedLevel = Annotated[
    Level,
    typer.Option("--level", help="Niveau des territoires spécialisés qui forment les grappes."),
]
Since = Annotated[
    int | None,
    typer.Option(
        "--since",
        metavar="N",
        help="Décomposer l’évolution de l’emploi depuis cette version : ce qui tient à la France, "
        "aux activités, au territoire.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Écrire du CSV.")]
Number = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


def clusters(  # noqa: PLR0913 -- one parameter per option of the command
    *,
    territory: TerritoryText = None,
    level: AskedLevel = Level.EPCI,
    since: Since = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    number: Number = None,
) -> None:
    """Trouver les grappes industrielles : des territoires voisins, une même industrie."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    _refuse_contradictions(level, since, as_json=as_json, as_csv=as_csv)
    release = open_release(home(), number)
    with release.connect() as connection:
        place = place_named(connection, territory) if territory is not None else None
        found = _detect(connection, level, place)
        change = None if since is None else _evolution(home(), since, release, connection, place)
    if as_json:
        typer.echo(_json(found, change, release))
    elif as_csv:
        typer.echo(_csv(found, release), nl=False)
    else:
        _print(found, change, place, release)


def _refuse_contradictions(level: Level, since: int | None, *, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise InvalidRequestError(
            "Les options --json et --csv demandent chacune une autre forme de réponse : "
            "gardez-en une."
        )
    if since is not None and as_csv:
        raise InvalidRequestError(
            "L’option --since donne une décomposition que le CSV des grappes ne contient pas : "
            "demandez --json, ou retirez --csv."
        )
    if level is Level.FRANCE:
        raise InvalidRequestError(
            "La France ne peut pas être plus spécialisée qu’elle-même : choisissez avec --level "
            "epci, zone_emploi, commune, territoire_industrie, departement ou region."
        )


def _detect(
    connection: "duckdb.DuckDBPyConnection", level: Level, place: "Territory | None"
) -> "Detection":
    from essor.observatory.clusters import codes_within, detect  # noqa: PLC0415 -- start-up time

    within = None if place is None else codes_within(connection, level, place)
    return detect(connection, level, within)


def _evolution(
    home: "Home",
    since: int,
    release: "Release",
    connection: "duckdb.DuckDBPyConnection",
    place: "Territory | None",
) -> "Evolution":
    from essor.observatory.comparison import evolution  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time
    from essor.release.store import numbers  # noqa: PLC0415 -- start-up time
    from essor.territory.territories import territory_at  # noqa: PLC0415 -- start-up time

    until = release.manifest.number
    if since == until:
        only = " C’est la seule version construite." if len(numbers(home)) <= 1 else ""
        raise InvalidRequestError(
            f"La version {since} ne peut pas être comparée à elle-même.{only} Donnez à --since une "
            "autre version que `essor releases` liste."
        )
    older = open_release(home, since)
    whole = place or territory_at(connection, Level.FRANCE, "FR")
    with older.connect() as before:
        return evolution((since, before), (until, connection), whole)


def _json(found: "Detection", change: "Evolution | None", release: "Release") -> str:
    from essor.observatory.cluster_export import clusters_json  # noqa: PLC0415 -- start-up time
    from essor.observatory.figure import mention  # noqa: PLC0415 -- start-up time

    sources = [mention(record) for record in release.manifest.sources if record.is_present]
    return clusters_json(found, change, sources, is_fictional=release.manifest.is_fictional)


def _csv(found: "Detection", release: "Release") -> str:
    from essor.observatory.cluster_export import clusters_csv  # noqa: PLC0415 -- start-up time

    return clusters_csv(found, is_fictional=release.manifest.is_fictional)


def _print(
    found: "Detection",
    change: "Evolution | None",
    place: "Territory | None",
    release: "Release",
) -> None:
    from rich.console import Console  # noqa: PLC0415 -- start-up time
    from rich.markup import escape  # noqa: PLC0415 -- start-up time

    console = Console(highlight=False)
    if release.manifest.is_fictional:
        console.print("[bold red]DONNÉES FICTIVES : démonstration, à ne pas citer.[/]")
    name = place.name if place else "France"
    many = _counted(len(found.clusters), "grappe industrielle", "grappes industrielles")
    console.print(f"[bold]{escape(name)}[/] : {many}")
    for cluster in found.clusters[:SHOWN]:
        console.print(f"\n[bold]{escape(cluster.name)}[/] — {escape(cluster.label)}")
        console.print(escape(cluster.because))
        console.print(f"[dim]Organisations de l’ESS : {len(cluster.ess)}.[/]")
    if len(found.clusters) > SHOWN:
        rest = len(found.clusters) - SHOWN
        console.print(f"\n… et {rest} de plus ; toutes avec --json ou --csv.")
    if found.hidden:
        hidden = _counted(found.hidden, "grappe non montrée", "grappes non montrées")
        console.print(f"{hidden} (secret statistique).")
    if change is not None:
        console.print(f"\n[bold]Évolution[/] {escape(change.because)}")


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count <= 1 else several}"
