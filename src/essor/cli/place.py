"""The territory that an option or an argument names, any choice made on the way said aside."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import duckdb

    from essor.territory.territories import Territory


def place_named(connection: "duckdb.DuckDBPyConnection", text: str) -> "Territory":
    """Return the territory that `text` designates; a choice or a correction is said on stderr.

    Raises:
        UnknownTerritoryError, AmbiguousTerritoryError, InvalidRequestError: as `look_up`.
    """
    from essor.territory.lookup import look_up  # noqa: PLC0415 -- start-up time

    found = look_up(connection, text)
    if found.note:
        typer.echo(found.note, err=True)
    return found.territory
