"""The documents of a release, kind by kind: one function each, which reads and yields them in order."""

from collections.abc import Callable, Iterator

import duckdb

from essor.search.document import Document, Kind

_ROWS_AT_ONCE = 20_000

# What an establishment holds is what was attested for it, and for its legal unit as a whole.
_STATUSES = """
SELECT {key} AS id, list_sort(list_distinct(list(kind))) AS kinds
FROM statuses WHERE {condition} GROUP BY 1
"""
_PLACE = """
LEFT JOIN communes AS town ON town.code = {unit}.commune
LEFT JOIN territories AS departement
    ON departement.level = 'departement' AND departement.code = {unit}.departement
"""
_TERRITORIES = (
    "{unit}.commune, {unit}.epci, {unit}.departement, {unit}.region, "
    "{unit}.territoire_industrie, {unit}.zone_emploi"
)

_ORGANISATIONS = f"""
SELECT unit.siren, unit.siren, unit.head_office, unit.name, unit.acronym, unit.naf, unit.ess_family,
    held.kinds, unit.staff_band, town.name,
    concat_ws(' ', town.name, departement.name, unit.departement, office.postcode),
    {_TERRITORIES.format(unit="unit")}, office.lon, office.lat,
    unit.is_industrial_p1, unit.is_industrial_p2, unit.is_active, unit.is_fictional
FROM organisations AS unit
LEFT JOIN establishments AS office ON office.siret = unit.head_office
LEFT JOIN ({_STATUSES.format(key="siren", condition="true")}) AS held ON held.id = unit.siren
{_PLACE.format(unit="unit")}
ORDER BY unit.siren
"""

_ESTABLISHMENTS = f"""
SELECT place.siret, place.siren, place.siret,
    CASE WHEN contains(upper(coalesce(unit.name, '')), upper(place.name)) THEN unit.name
        ELSE nullif(concat_ws(' – ', unit.name, place.name), '') END,
    unit.acronym, place.naf, unit.ess_family,
    list_sort(list_distinct(list_concat(own.kinds, held.kinds))), place.staff_band, town.name,
    concat_ws(' ', town.name, departement.name, place.departement, place.postcode),
    {_TERRITORIES.format(unit="place")}, place.lon, place.lat,
    place.is_industrial_p1, unit.is_industrial_p2, place.is_active, place.is_fictional
FROM establishments AS place
LEFT JOIN organisations AS unit ON unit.siren = place.siren
LEFT JOIN ({_STATUSES.format(key="siret", condition="siret <> ''")}) AS own ON own.id = place.siret
LEFT JOIN ({_STATUSES.format(key="siren", condition="siret = ''")}) AS held ON held.id = place.siren
{_PLACE.format(unit="place")}
ORDER BY place.siret
"""


def organisations(connection: duckdb.DuckDBPyConnection) -> Iterator[Document]:
    """Yield one document per organisation, open or closed, placed at its head office, by SIREN."""
    yield from _documents(connection, _ORGANISATIONS)


def establishments(connection: duckdb.DuckDBPyConnection) -> Iterator[Document]:
    """Yield one document per establishment, open or closed, by SIRET; it bears its unit's name too."""
    yield from _documents(connection, _ESTABLISHMENTS)


DOCUMENTS: dict[Kind, Callable[[duckdb.DuckDBPyConnection], Iterator[Document]]] = {
    Kind.ORGANISATION: organisations,
    Kind.ESTABLISHMENT: establishments,
}
"""What yields the documents of each kind."""


def _documents(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Document]:
    rows = connection.cursor().execute(query)
    while batch := rows.fetchmany(_ROWS_AT_ONCE):
        for row in batch:
            statuses, territories = tuple(row[7] or ()), row[11:17]
            values = (*row[:5], "", *row[5:7], statuses, *row[8:11], territories, *row[17:])
            yield Document(*values)
