"""`essor needs`: which of the recorded needs suit one organisation, best suited first, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.need_asked import ReleaseOption, today

if TYPE_CHECKING:
    import duckdb

    from essor.home import Home
    from essor.matching.activity import Supplier
    from essor.matching.need import Need


def needs(
    siret: Annotated[
        str,
        typer.Argument(metavar="SIRET", help="SIRET, ou SIREN du siège.", show_default=False),
    ],
    *,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=100, help="Combien en montrer.")
    ] = 10,
    release: ReleaseOption = None,
) -> None:
    """Classer les besoins enregistrés par « essor match » auxquels une organisation peut répondre."""
    from essor.cli.match_text import lines_of_match  # noqa: PLC0415 -- start-up time
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.matching.match import needs_for  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    here = home()
    with open_release(here, release).connect() as connection:
        supplier = _supplier(connection, siret)
    recorded = _recorded(here)
    if not recorded:
        typer.echo("Aucun besoin n’est enregistré : posez-en un avec « essor match ».")
        return
    found = needs_for(supplier, recorded, today())
    for need, judged in found[:limit]:
        typer.echo(f"Besoin {recorded[need]} : {need.text.strip()[:200]}")
        for line in lines_of_match(judged):
            typer.echo(line)
        typer.echo("")
    rest = len(recorded) - len(found)
    typer.echo(f"Besoins qui conviennent à {supplier.name} : {len(found)} ; autres : {rest}.")


def _supplier(connection: "duckdb.DuckDBPyConnection", typed: str) -> "Supplier":
    from essor.cli.supplier_asked import siret_asked  # noqa: PLC0415 -- start-up time
    from essor.matching.naming import trades_said  # noqa: PLC0415 -- start-up time
    from essor.matching.suppliers import suppliers_at  # noqa: PLC0415 -- start-up time

    (supplier,) = suppliers_at(connection, [siret_asked(connection, typed)], trades_said)
    return supplier


def _recorded(here: "Home") -> "dict[Need, int]":
    """Return the needs whose deadline is not passed, each with the number of its last answer."""
    from essor.matching.record import numbers, read  # noqa: PLC0415 -- start-up time

    records = [read(here, number) for number in numbers(here)]
    day = today()
    return {
        each.need: each.number
        for each in records
        if each.need.deadline is None or each.need.deadline >= day
    }
