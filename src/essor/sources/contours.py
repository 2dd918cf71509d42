"""Contours: the simplified borders of régions, départements and EPCI, for maps only."""

from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

CONTOURS = Table(
    name="contours",
    meaning="One row per territory of the level: its border, as GeoJSON.",
    key=("code",),
    columns=(
        Column("code", "string", "Code of the territory in its level."),
        Column("name", "string", "Its name."),
        Column("geometry", "string", "GeoJSON geometry, WGS 84."),
    ),
)

LEVELS = {"regions": "régions", "departements": "départements", "epci": "EPCI"}


def _source(level: str, label: str) -> Source:
    return Source(
        name=f"contours_{level}",
        title=f"Contours simplifiés des {label}",
        publisher="IGN",
        licence="Licence Ouverte 2.0",
        page="https://geoservices.ign.fr/adminexpress",
        files=(f"territoires/contours/{level}.geojson",),
        cadence=Cadence.YEARLY,
        is_shipped=True,
        table=CONTOURS,
        columns=(RawColumn("code"), RawColumn("nom")),
    )


SOURCES: tuple[Source, ...] = tuple(_source(level, label) for level, label in LEVELS.items())
