"""Organisations by their SIREN, as a list or a spreadsheet shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation in a line; its name is unknown when its diffusion is partial.

    Staff is that of its band, in employees; `statuses` are kinds, in order.
    """

    siren: str
    name: str | None
    is_active: bool
    commune: str | None
    naf: str | None
    activity: str | None
    family: str | None
    staff_band: str | None
    staff_lower: int | None
    staff_upper: int | None
    statuses: tuple[str, ...]


_QUERY = """
WITH held AS (
    SELECT siren, list(DISTINCT kind ORDER BY kind) AS kinds FROM statuses
    WHERE list_contains($sirens, siren) GROUP BY siren)
SELECT o.siren, CASE WHEN NOT o.is_partly_diffused THEN o.name END, o.is_active, c.name, o.naf,
    n.label, o.ess_family, b.label, o.staff_lower, o.staff_upper, coalesce(held.kinds, [])
FROM organisations AS o LEFT JOIN held USING (siren)
LEFT JOIN communes AS c ON c.code = o.commune LEFT JOIN naf AS n ON n.code = o.naf
LEFT JOIN staff_bands AS b ON b.code = o.staff_band
WHERE list_contains($sirens, o.siren)
"""


def read_listed(connection: duckdb.DuckDBPyConnection, sirens: Sequence[str]) -> dict[str, Listed]:
    """Return the organisations of these SIRENs that the release holds, by SIREN."""
    rows = connection.execute(_QUERY, {"sirens": list(sirens)}).fetchall()
    return {row[0]: Listed(*(*row[:-1], tuple(row[-1]))) for row in rows}
