"""`essor search`: find organisations and establishments by words, names, numbers, meaning and filters."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.errors import InvalidRequestError
from essor.perimeter.families import Family
from essor.search.document import Kind
from essor.search.query import FACETS, LEVELS, Filters, Order, Perimeter, Query
from essor.territory.level import Level

if TYPE_CHECKING:
    import duckdb

    from essor.search.circle import Circle
    from essor.search.page import Page

DEFAULT_RADIUS_KM = 30.0

COUNTED = {
    "famille": "ess_family",
    "statut": "status",
    "activite": "division",
    "effectif": "staff_band",
} | {level: level for level in LEVELS}
"""What a person calls the fields by which answers are counted."""

TextArgument = Annotated[
    str, typer.Argument(metavar="TEXTE", help="Mots, nom, activité, SIREN, SIRET ou code NAF.")
]
KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind",
        help="Chercher des organisations ou des établissements ; par défaut, des établissements "
        "avec --near ou --territory, sinon des organisations.",
    ),
]
NearOption = Annotated[
    str | None, typer.Option("--near", metavar="LIEU", help="Autour du centre de ce territoire.")
]
RadiusOption = Annotated[
    float | None,
    typer.Option("--radius", metavar="KM", min=0, help="Rayon autour de --near ; 30 par défaut."),
]
TerritoryOption = Annotated[
    list[str] | None,
    typer.Option("--territory", metavar="TERRITOIRE", help="Nom ou code ; peut se répéter."),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUT", help="esat, ea, ei, aci… ; peut se répéter."),
]
FamilyOption = Annotated[
    list[Family] | None,
    typer.Option(
        "--family",
        metavar="FAMILLE",
        help=f"{', '.join(Family)} ; peut se répéter.",
    ),
]
NafOption = Annotated[
    list[str] | None,
    typer.Option("--naf", metavar="CODE", help="C, 25, 25.6, 25.62 ou 25.62B ; peut se répéter."),
]
PerimeterOption = Annotated[
    Perimeter | None,
    typer.Option(
        "--perimeter", help="p1 : par l’activité principale ; p2 : par l’activité déclarée."
    ),
]
StaffMinOption = Annotated[
    int | None, typer.Option("--staff-min", metavar="N", min=0, help="Au moins tant de salariés.")
]
StaffMaxOption = Annotated[
    int | None, typer.Option("--staff-max", metavar="N", min=0, help="Au plus tant de salariés.")
]
ClosedOption = Annotated[
    bool, typer.Option("--closed", help="Chercher parmi les structures fermées.")
]
OrderOption = Annotated[Order, typer.Option("--order", help="Ordre des réponses.")]
CountOption = Annotated[
    list[str] | None,
    typer.Option(
        "--count",
        metavar="PAR",
        help=f"Compter les réponses par {', '.join(COUNTED)} ; peut se répéter. Par défaut : "
        "famille, statut, activite, departement et effectif.",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", help="Réponses par page.")]
PageOption = Annotated[int, typer.Option("--page", metavar="N", help="Page voulue.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Écrire du CSV.")]
ReleaseOption = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


def search(  # noqa: PLR0913 -- one parameter per option of the command
    text: TextArgument = "",
    *,
    kind: KindOption = None,
    near: NearOption = None,
    radius: RadiusOption = None,
    territory: TerritoryOption = None,
    status: StatusOption = None,
    family: FamilyOption = None,
    naf: NafOption = None,
    perimeter: PerimeterOption = None,
    staff_min: StaffMinOption = None,
    staff_max: StaffMaxOption = None,
    closed: ClosedOption = False,
    order: OrderOption = Order.RELEVANCE,
    count: CountOption = None,
    limit: LimitOption = 20,
    page: PageOption = 1,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    release: ReleaseOption = None,
) -> None:
    """Chercher dans le registre ; chaque réponse dit les raisons de son rang."""
    _refuse_contradictions(
        is_twice_formed=as_json and as_csv, has_lone_radius=near is None and radius is not None
    )
    filters = Filters(
        statuses=tuple(each.lower() for each in status or ()),
        families=tuple(family or ()),
        perimeter=perimeter,
        naf=tuple(each.upper() for each in naf or ()),
        staff_min=staff_min,
        staff_max=staff_max,
        is_active=not closed,
    )
    sought = kind or _kind_sought(is_placed=near is not None or bool(territory))
    query = Query(text, filters, sought, page, limit, order, _counted(count))
    found, query = _found(release, query, near, radius, territory)
    _write(found, query, is_json=as_json, is_csv=as_csv)


def _kind_sought(*, is_placed: bool) -> Kind:
    """Return what a person looks for who did not say it: in a place, what stands there."""
    return Kind.ESTABLISHMENT if is_placed else Kind.ORGANISATION


def _counted(names: list[str] | None) -> tuple[str, ...]:
    if not names:
        return FACETS
    for name in names:
        if name.lower() not in COUNTED:
            raise InvalidRequestError(
                f"On ne compte pas les réponses par « {name} » : choisissez parmi {', '.join(COUNTED)}."
            )
    return tuple(dict.fromkeys(COUNTED[name.lower()] for name in names))


def _refuse_contradictions(*, is_twice_formed: bool, has_lone_radius: bool) -> None:
    if is_twice_formed:
        raise InvalidRequestError(
            "Les options --json et --csv demandent chacune une autre forme de réponse : gardez-en une."
        )
    if has_lone_radius:
        raise InvalidRequestError(
            "L’option --radius donne un rayon sans centre : ajoutez --near LIEU, ou retirez-la."
        )


def _found(
    number: int | None,
    query: Query,
    near: str | None,
    radius: float | None,
    places: list[str] | None,
) -> "tuple[Page, Query]":
    """Return the page, and the query with its places found."""
    from dataclasses import replace  # noqa: PLC0415 -- start-up time

    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time
    from essor.search.index import open_index  # noqa: PLC0415 -- start-up time

    release = open_release(home(), number)
    index = open_index(release.folder)
    filters = query.filters
    if near is not None or places:
        with release.connect() as connection:
            filters = replace(
                filters,
                circle=None if near is None else _circle(connection, near, radius),
                territories=_territories(connection, places or []),
            )
    query = replace(query, filters=filters)
    return index.search(query), query


def _circle(connection: "duckdb.DuckDBPyConnection", place: str, radius: float | None) -> "Circle":
    from essor.search.circle import Circle  # noqa: PLC0415 -- start-up time
    from essor.territory.distance import centre  # noqa: PLC0415 -- start-up time

    territory = place_named(connection, place)
    point = centre(territory)
    if point is None:
        raise InvalidRequestError(
            f"Le centre de « {territory.name} » n’est pas connu : donnez un autre lieu à --near."
        )
    return Circle(point, DEFAULT_RADIUS_KM if radius is None else radius)


def _territories(
    connection: "duckdb.DuckDBPyConnection", places: list[str]
) -> tuple[tuple[Level, str], ...]:
    found = [place_named(connection, place) for place in places]
    if any(territory.level is Level.FRANCE for territory in found):
        return ()
    return tuple((territory.level, territory.code) for territory in found)


def _write(found: "Page", query: Query, *, is_json: bool, is_csv: bool) -> None:
    if is_json or is_csv:
        from essor.search.export import page_csv, page_json  # noqa: PLC0415 -- start-up time

        typer.echo(page_json(found) if is_json else page_csv(found), nl=is_json)
        for note in found.notes if is_csv else ():
            typer.echo(note, err=True)
    else:
        from essor.cli.search_tables import print_page  # noqa: PLC0415 -- start-up time

        print_page(found, query)
