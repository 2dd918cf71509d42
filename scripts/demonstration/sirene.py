"""Write the three files of Sirene in their official headers, for the fictional organisations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, pi, radians, sin, sqrt
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

from scripts.demonstration import sirene_headers
from scripts.demonstration.activities import is_industrial
from scripts.demonstration.identifiers import NIC_STEP, nic
from scripts.demonstration.organisations import Organisation, Site
from scripts.demonstration.staffing import middle
from scripts.demonstration.writing import write_parquet

UNITS_FILE = "sirene/StockUniteLegale_utf8.parquet"
ESTABLISHMENTS_FILE = "sirene/StockEtablissement_utf8.parquet"
POSITIONS_FILE = "sirene/GeolocalisationEtablissement_Sirene.parquet"

UNDIFFUSED = "[ND]"
STAFF_YEAR = 2022
LEAST_LOCATED_STAFF = 50
KM_PER_DEGREE = 111.195  # Of latitude, on the authalic sphere.
NEAR_THE_CENTRE = 0.5  # Of the radius of a disc of the commune's area.

# Insee's quality of a position, and how often: 11 address, 21 street, 33 commune.
_QUALITIES = {"11": 0.55, "21": 0.25, "33": 0.20}
# From how many employees on: PME, ETI, grande entreprise (staff criterion of decree 2008-1354).
_CLASSES = ((5_000, "GE"), (250, "ETI"), (0, "PME"))


def write_sirene(mirror: Path, organisations: Sequence[Organisation], seed: int) -> None:
    """Write units, establishments and positions, in increasing order of identifier."""
    units = _table((_unit(one) for one in organisations), sirene_headers.UNITS)
    write_parquet(mirror / UNITS_FILE, units, ("siren",))
    sites = ((one, site) for one in organisations for site in one.sites)
    establishments = _table(
        (_establishment(one, site) for one, site in sites), sirene_headers.ESTABLISHMENTS
    )
    write_parquet(mirror / ESTABLISHMENTS_FILE, establishments, ("siret",))
    positions = _table(
        _positions(organisations, Random(f"{seed} positions")), sirene_headers.POSITIONS
    )
    write_parquet(mirror / POSITIONS_FILE, positions, ("siret",))


def siret_of(organisation: Organisation, site: Site) -> str:
    """Return the SIRET: the fictional SIREN, then the NIC of the rank."""
    return organisation.siren + nic(site.rank)


def _table(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return `rows` under the whole official header; what a row does not say is empty."""
    batches = pa.Table.from_pylist(list(rows), schema=schema)
    return batches.combine_chunks()


def _unit(one: Organisation) -> dict[str, Any]:
    return {
        "siren": one.siren,
        "statutDiffusionUniteLegale": "P" if one.is_masked else "O",
        "dateCreationUniteLegale": one.created_on,
        "trancheEffectifsUniteLegale": one.band,
        "anneeEffectifsUniteLegale": STAFF_YEAR if middle(one.band) else None,
        "categorieEntreprise": _size_class(one.band) if one.group.is_active else None,
        "dateDebut": one.created_on,
        "etatAdministratifUniteLegale": "A" if one.group.is_active else "C",
        "denominationUniteLegale": _name(one),
        "categorieJuridiqueUniteLegale": int(one.legal_category),
        "activitePrincipaleUniteLegale": one.naf,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": one.head.rank * NIC_STEP,
        "economieSocialeSolidaireUniteLegale": one.ess_flag or None,
        "caractereEmployeurUniteLegale": "O" if middle(one.band) else "N",
        sirene_headers.FICTION: True,
    }


def _name(one: Organisation) -> str | None:
    """Return the name; a natural person has none here, and « [ND] » hides that of a masked unit."""
    if one.is_masked:
        return UNDIFFUSED
    return None if one.is_natural_person else one.name


def _size_class(band: str) -> str:
    return next(name for least, name in _CLASSES if middle(band) >= least)


def _establishment(one: Organisation, site: Site) -> dict[str, Any]:
    return {
        "siren": one.siren,
        "nic": nic(site.rank),
        "siret": siret_of(one, site),
        "statutDiffusionEtablissement": "P" if one.is_masked else "O",
        "dateCreationEtablissement": one.created_on,
        "trancheEffectifsEtablissement": site.band,
        "anneeEffectifsEtablissement": STAFF_YEAR if middle(site.band) else None,
        "etablissementSiege": site.rank == one.head.rank,
        **_address(one, site),
        "codePostalEtablissement": site.place.postcode,
        "libelleCommuneEtablissement": site.place.name,
        "codeCommuneEtablissement": site.place.commune,
        "dateDebut": one.created_on,
        "etatAdministratifEtablissement": "A" if site.is_active and one.group.is_active else "F",
        "activitePrincipaleEtablissement": site.naf,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O" if middle(site.band) else "N",
        sirene_headers.FICTION: True,
    }


def _address(one: Organisation, site: Site) -> dict[str, str]:
    """Return an evidently invented street for the organisations that people will look at."""
    if one.is_masked:
        return {"libelleVoieEtablissement": UNDIFFUSED}
    if not (one.group.kind or one.is_listed or one.is_esus):
        return {}
    return {
        "numeroVoieEtablissement": str(int(one.siren[-2:]) + site.rank),
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "FICTIVE",
    }


def _positions(organisations: Iterable[Organisation], random: Random) -> Iterator[dict[str, Any]]:
    """Return a point for each establishment that people will look at, or large and industrial."""
    qualities, weights = list(_QUALITIES), list(_QUALITIES.values())
    for one in organisations:
        is_looked_at = bool(one.group.kind) or one.is_listed or one.is_esus or one.ess_flag == "O"
        for site in one.sites:
            is_large = is_industrial(site.naf) and middle(site.band) >= LEAST_LOCATED_STAFF
            if (is_looked_at or is_large) and not one.is_masked:
                quality = random.choices(qualities, weights)[0]
                lon, lat = _point(random, site, quality)
                yield {
                    "siret": siret_of(one, site),
                    "qualite_xy": quality,
                    "plg_code_commune": site.place.commune,
                    "x_longitude": lon,
                    "y_latitude": lat,
                    sirene_headers.FICTION: True,
                }


def _point(random: Random, site: Site, quality: str) -> tuple[float, float]:
    """Return a point near the centre of the commune, or the centre itself when only it is known."""
    place = site.place
    if quality == "33":
        return place.lon, place.lat
    radius_km = NEAR_THE_CENTRE * sqrt(place.area_km2 / pi) * sqrt(random.random())
    angle = 2 * pi * random.random()
    lat = place.lat + radius_km * sin(angle) / KM_PER_DEGREE
    lon = place.lon + radius_km * cos(angle) / (KM_PER_DEGREE * cos(radians(place.lat)))
    return round(lon, 4), round(lat, 4)
