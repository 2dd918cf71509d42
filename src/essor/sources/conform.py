"""Give rows the exact columns of the table they are for."""

import ibis

from essor.tables.table import Table


def conform(rows: ibis.Table, table: Table) -> ibis.Table:
    """Return `rows` with the columns of `table`, in its order and types; a column they lack is unknown."""
    return rows.select(
        (rows[name].cast(type_) if name in rows.columns else ibis.null(type_)).name(name)
        for name, type_ in table.types.items()
    )
