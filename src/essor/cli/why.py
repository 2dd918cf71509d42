"""`essor why`: why one supplier is, or is not, in the answer to one need."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.need_asked import (
    Asked,
    NafOption,
    NearOption,
    RadiusOption,
    ReleaseOption,
    ReservedOption,
    need_asked,
    today,
)
from essor.errors import InvalidRequestError

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from essor.home import Home
    from essor.matching.match import Match
    from essor.matching.need import Need
    from essor.matching.record import Record


def why(  # noqa: PLR0913 -- one parameter per option of the command
    need: Annotated[
        str,
        typer.Argument(
            metavar="BESOIN",
            help="Numéro d’une réponse enregistrée, ou texte du besoin.",
            show_default=False,
        ),
    ],
    siret: Annotated[
        str,
        typer.Argument(metavar="SIRET", help="SIRET, ou SIREN du siège.", show_default=False),
    ],
    *,
    near: NearOption = None,
    radius: RadiusOption = None,
    reserved: ReservedOption = None,
    naf: NafOption = None,
    release: ReleaseOption = None,
) -> None:
    """Expliquer la note d’un fournisseur pour un besoin, ou ce qui l’écarte."""
    from essor.cli.match_text import lines_of_match  # noqa: PLC0415 -- start-up time
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    here = home()
    record = _record(here, need)
    _refuse_beside(record, near, radius, reserved, naf)
    opened = open_release(here, record.release if record and release is None else release)
    with opened.connect() as connection:
        asked = Asked(text=need, near=near, radius=radius, reserved=reserved, naf=tuple(naf or ()))
        wanted = record.need if record else need_asked(connection, asked, opened.folder)
        found = _explained(connection, wanted, siret, record.day if record else today())
    for line in lines_of_match(found, _rank(record, found)):
        typer.echo(line)


def _record(here: "Home", need: str) -> "Record | None":
    from essor.matching.record import read  # noqa: PLC0415 -- start-up time

    return read(here, int(need)) if need.strip().isdecimal() else None


def _refuse_beside(record: "Record | None", *options: object) -> None:
    if record is not None and any(option is not None for option in options):
        raise InvalidRequestError(
            f"La réponse {record.number} a déjà ses conditions : retirez les options, ou donnez "
            "le texte du besoin au lieu de son numéro."
        )


def _explained(
    connection: "duckdb.DuckDBPyConnection", need: "Need", typed: str, day: "date"
) -> "Match":
    from essor.cli.supplier_asked import siret_asked  # noqa: PLC0415 -- start-up time
    from essor.matching.match import explain  # noqa: PLC0415 -- start-up time
    from essor.matching.naming import trades_said  # noqa: PLC0415 -- start-up time
    from essor.matching.suppliers import suppliers_at  # noqa: PLC0415 -- start-up time

    (supplier,) = suppliers_at(connection, [siret_asked(connection, typed)], trades_said)
    return explain(need, supplier, day)


def _rank(record: "Record | None", found: "Match") -> str:
    if record is None:
        return ""
    sirets = [rank.siret for rank in record.ranking]
    if found.supplier.siret not in sirets:
        return "(hors de la réponse)"
    return f"{sirets.index(found.supplier.siret) + 1}."
