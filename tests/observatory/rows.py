"""Rows of a small register: organisations of the ESS and of industry, unless told otherwise."""

from datetime import date

from essor.perimeter.staff_bands import BY_CODE
from essor.warehouse.provenance import SourceRecord

COMMUNES = [
    {"code": "69123", "name": "Lyon", "departement": "69", "region": "84", "epci": "E1"},
    {"code": "69381", "name": "Lyon 1er", "parent": "69123", "departement": "69", "region": "84"},
    {"code": "01004", "name": "Ambérieu", "departement": "01", "region": "84", "epci": "E2"},
    {"code": "59350", "name": "Lille", "departement": "59", "region": "32", "epci": "E3"},
]
TERRITORIES = [
    {"level": "france", "code": "FR", "name": "France"},
    {"level": "region", "code": "84", "name": "Auvergne-Rhône-Alpes"},
    {"level": "region", "code": "32", "name": "Hauts-de-France"},
    {"level": "departement", "code": "69", "name": "Rhône"},
    {"level": "departement", "code": "01", "name": "Ain"},
    {"level": "departement", "code": "59", "name": "Nord"},
    {"level": "commune", "code": "69123", "name": "Lyon"},
    {"level": "commune", "code": "69381", "name": "Lyon 1er"},
]
PLACES = {
    row["code"]: {k: row.get(k) for k in ("epci", "departement", "region")} for row in COMMUNES
}
SOURCE_DAY = date(2024, 3, 1)


def staff(band):
    if band not in BY_CODE:
        return {"staff_band": band}
    bounds = BY_CODE[band]
    return {
        "staff_band": band,
        "staff_lower": bounds.lower,
        "staff_mid": bounds.mid,
        "staff_upper": bounds.upper,
    }


def organisation(number, band="12", commune="69123", **changes):
    place = {"commune": commune} | PLACES[commune] if commune else {}
    return {
        "siren": f"{number:09d}",
        "is_active": True,
        "naf": "10.11Z",
        "ess_family": "cooperative",
        "ess_evidence": "code",
        "is_industrial_p1": True,
        **staff(band),
        **place,
        **changes,
    }


def organisations(count, band="12", commune="69123", first=1, **changes):
    return [organisation(first + rank, band, commune, **changes) for rank in range(count)]


def industry(units, band="12", commune="69123", division="10", *, is_natural_person=False):
    bounds = BY_CODE.get(band)
    return {
        "commune": commune,
        "division": division,
        "is_natural_person": is_natural_person,
        "staff_band": band,
        "units": units,
        "staff_lower": units * bounds.lower if bounds else 0,
        "staff_mid": units * bounds.mid if bounds else 0.0,
        "staff_upper": units * (bounds.upper or bounds.lower) if bounds else 0,
    }


def status(number, kind, *, answer, **changes):
    return {
        "siren": f"{number:09d}",
        "kind": kind,
        "source": "siae",
        "attested_on": "2024-01-01",
        "has_industrial_activity": answer,
        **changes,
    }


def record(name, *, is_present=True, is_fictional=False, date_basis=None):
    return SourceRecord(
        name=name,
        title=f"Titre de {name}",
        publisher="Insee",
        licence="Licence Ouverte 2.0",
        page="https://example.org",
        is_present=is_present,
        published_on=SOURCE_DAY if is_present else None,
        date_basis=date_basis,
        is_fictional=is_fictional,
    )
