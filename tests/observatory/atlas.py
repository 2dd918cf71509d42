"""A small country to report on: two intercommunalités, a région, furniture here and shops there."""

import json
from datetime import date

from tests.observatory.rows import organisation, record
from tests.observatory.small_release import small_release

from essor.observatory.report.contents import Edition
from essor.perimeter.staff_bands import STAFF_BANDS

PLACE = {"departement": "01", "region": "84"}
OTHER_PLACE = {"departement": "59", "region": "32"}
COMMUNES = [
    {"code": "01001", "name": "Boisville", "epci": "E1", **PLACE, "lon": 5.0, "lat": 46.0},
    {"code": "01002", "name": "Chênerie", "epci": "E1", **PLACE, "lon": 5.1, "lat": 46.1},
    {"code": "01003", "name": "Videville", "epci": "E2", **PLACE, "lon": 5.4, "lat": 46.2},
    {"code": "59350", "name": "Lille", "epci": "E3", **OTHER_PLACE, "lon": 3.06, "lat": 50.63},
]
TERRITORIES = [
    {"level": "france", "code": "FR", "name": "France", "population": 40_000, "communes": 4},
    {"level": "region", "code": "84", "name": "Rhône", "lon": 5.1, "lat": 46.1, "communes": 3},
    {"level": "region", "code": "32", "name": "Nord", "lon": 3.1, "lat": 50.6, "communes": 1},
    {"level": "departement", "code": "01", "name": "Ain", "lon": 5.1, "lat": 46.1, "communes": 3},
    {"level": "departement", "code": "59", "name": "Nord", "lon": 3.1, "lat": 50.6, "communes": 1},
    {"level": "epci", "code": "E1", "name": "CC du Bois", "lon": 5.0, "lat": 46.0, "communes": 2},
    {"level": "epci", "code": "E2", "name": "CC du Vide", "lon": 5.4, "lat": 46.2, "communes": 1},
    {"level": "epci", "code": "E3", "name": "Lille MEL", "lon": 3.1, "lat": 50.6, "communes": 1},
    *({"level": "commune", **{k: c[k] for k in ("code", "name", "lon", "lat")}} for c in COMMUNES),
]
NAF = [
    {"code": "10", "level": 2, "section": "C", "label": "Industries alimentaires"},
    {"code": "31", "level": 2, "section": "C", "label": "Fabrication de meubles"},
    {"code": "47", "level": 2, "section": "G", "label": "Commerce de détail"},
    {"code": "31.01Z", "level": 5, "section": "C", "label": "Meubles de bureau"},
    {"code": "10.11Z", "level": 5, "section": "C", "label": "Viande de boucherie"},
]
BANDS = [
    {
        "code": band.code,
        "label": f"{band.lower} à {band.upper} salariés",
        "lower": band.lower,
        "upper": band.upper,
    }
    for band in STAFF_BANDS
]
RING = [[4.8, 45.8], [4.8, 46.15], [5.2, 46.15], [5.2, 45.8], [4.8, 45.8]]


def employed(commune, division, mid):
    return {
        "commune": commune,
        "division": division,
        "establishments": 10,
        "staff_lower": int(mid * 0.8),
        "staff_mid": mid,
        "staff_upper": int(mid * 1.2),
    }


EMPLOYMENT = [
    employed("01001", "31", 600.0),
    employed("01002", "47", 400.0),
    employed("01003", "47", 800.0),
    employed("59350", "47", 20_000.0),
    employed("59350", "31", 100.0),
]


def seated(first, count, commune, band="12", **changes):
    """Return organisations numbered from `first`, whose head office is in `commune`."""
    town = next(row for row in COMMUNES if row["code"] == commune)
    place = {"commune": commune} | {key: town[key] for key in ("epci", "departement", "region")}
    return [organisation(first + rank, band, None, **changes) | place for rank in range(count)]


ORGANISATIONS = [
    *seated(1, 6, "01001", name="Atelier", naf="31.01Z", ess_basis="code"),
    *seated(20, 4, "01001", "21", name="Fruitière", ess_family="association", ess_basis="list"),
    *seated(30, 1, "01001", name="Cachée", is_partly_diffused=True),
    *seated(40, 5, "59350", name="Nordique"),
]
SOURCES = (record("sirene_unites_legales"),)
DAY = date(2024, 6, 2)


def atlas(**more):
    """Return the connection of a release of the small country."""
    tables = {
        "communes": COMMUNES,
        "territories": TERRITORIES,
        "naf": NAF,
        "staff_bands": BANDS,
        "employment": EMPLOYMENT,
        "organisations": ORGANISATIONS,
    }
    return small_release(**(tables | more))


def edition(contours=None, *, is_fictional=False):
    return Edition(3, DAY, SOURCES, is_fictional, contours)


def contours(folder):
    """Write the contours of the small country in `folder`, and return it."""
    for level, code in (("regions", "84"), ("departements", "01"), ("epci", "E1")):
        feature = {
            "type": "Feature",
            "properties": {"code": code, "nom": code},
            "geometry": {"type": "Polygon", "coordinates": [RING]},
        }
        content = {"type": "FeatureCollection", "features": [feature]}
        (folder / f"{level}.geojson").write_text(json.dumps(content), "utf-8")
    return folder
