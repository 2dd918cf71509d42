"""The current communes and municipal arrondissements, with their EPCI, population, postcodes and centre."""

import ibis

from essor.sources.conform import conform
from essor.sources.published_text import words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_COMMUNES = Table(
    name="staged_communes",
    meaning="One row per current commune or municipal arrondissement, as published.",
    key=("code",),
    columns=(
        Column("code", "string", "Code officiel géographique."),
        Column("name", "string", "Its name."),
        Column("kind", "string", "commune-actuelle or arrondissement-municipal."),
        Column("parent", "string", "Commune of an arrondissement.", nullable=True),
        Column("population", "int64", "Municipal population.", "inhabitants", nullable=True),
        Column("siren_epci", "string", "SIREN of its EPCI.", nullable=True),
        Column("departement", "string", "Code of its département."),
        Column("region", "string", "Code of its région.", nullable=True),
        Column("postcodes", "string", "Its postcodes, joined by « | ».", nullable=True),
        Column("lon", "float64", "Longitude of its centre, WGS 84.", "degrees", nullable=True),
        Column("lat", "float64", "Latitude of its centre, WGS 84.", "degrees", nullable=True),
        Column("town_hall_lon", "float64", "Longitude of its town hall.", "degrees", nullable=True),
        Column("town_hall_lat", "float64", "Latitude of its town hall.", "degrees", nullable=True),
        Column("area_km2", "float64", "Approximate area.", "km²", nullable=True),
    ),
)

SOURCE = Source(
    name="communes",
    title="Communes et arrondissements municipaux",
    publisher="Insee, IGN, DGCL, DILA (Etalab, découpage administratif)",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/fr/datasets/code-officiel-geographique-cog/",
    files=("territoires/communes.parquet",),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_COMMUNES,
    is_essential=True,
    columns=(
        RawColumn("code"),
        RawColumn("nom"),
        RawColumn("type"),
        RawColumn("commune_parent", is_required=False),
        RawColumn("population", "int64"),
        RawColumn("siren_epci", aliases=("epci",)),
        RawColumn("departement"),
        RawColumn("region"),
        RawColumn("codes_postaux", "array<string>", aliases=("codesPostaux",), is_required=False),
        RawColumn("lon", "float64", is_required=False),
        RawColumn("lat", "float64", is_required=False),
        RawColumn("mairie_lon", "float64", is_required=False),
        RawColumn("mairie_lat", "float64", is_required=False),
        RawColumn("surface_km2", "float64", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per commune."""
    renamed = raw.rename(
        name="nom",
        kind="type",
        town_hall_lon="mairie_lon",
        town_hall_lat="mairie_lat",
        area_km2="surface_km2",
    )
    rows = renamed.mutate(
        parent=words(renamed.commune_parent),
        siren_epci=words(renamed.siren_epci),
        region=words(renamed.region),
        postcodes=words(renamed.codes_postaux.join(" | ")),
    )
    return conform(rows, STAGED_COMMUNES)
