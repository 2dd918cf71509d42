"""Sirene, positions: where each establishment is, as Insee geolocates it for statistics."""

import ibis
from ibis import _

from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import POSITIONS

SOURCE = Source(
    name="sirene_geolocalisation",
    title="Sirene : géolocalisation des établissements",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page=(
        "https://www.data.gouv.fr/fr/datasets/geolocalisation-des-etablissements-du-repertoire-"
        "sirene-pour-les-etudes-statistiques/"
    ),
    # data.gouv.fr's permanent address of the resource (it redirects to the month's file).
    address="https://www.data.gouv.fr/fr/datasets/r/ba6a4e4c-aac6-4764-bbd2-f80ae345afc5",
    files=(
        "sirene/GeolocalisationEtablissement_Sirene.parquet",
        "sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.parquet",
        "sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv",
        "sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.zip",
    ),
    cadence=Cadence.MONTHLY,
    table=POSITIONS,
    columns=(
        RawColumn("siret"),
        RawColumn("qualite_xy"),
        RawColumn("x_longitude", "float64"),
        RawColumn("y_latitude", "float64"),
    ),
)

# Insee, documentation of the file: 11 number, 12 parcel, 21 and 22 street, 33 commune.
POSITION_BASIS = {"11": "address", "12": "address", "21": "street", "22": "street", "33": "commune"}


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return the positions, of no point when half of it is missing; an unheard-of quality is the commune's.

    No row is left out: an engine that believes few are left joins the many the wrong way round.
    """
    is_whole = _.x_longitude.notnull() & _.y_latitude.notnull()
    nowhere = ibis.null("float64")
    return raw.select(
        siret=_.siret,
        lon=ibis.ifelse(is_whole, _.x_longitude, nowhere),
        lat=ibis.ifelse(is_whole, _.y_latitude, nowhere),
        position_basis=_.qualite_xy.cases(*POSITION_BASIS.items(), else_="commune"),
    )
