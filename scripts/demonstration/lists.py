"""Write the fictional lists: social economy, ESUS, insertion, adapted work, ESAT, activities."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from essor.perimeter.families import Family, families
from scripts.demonstration.organisations import Organisation, Site
from scripts.demonstration.sirene import siret_of
from scripts.demonstration.writing import write_csv

ESS_FILE = "ess/liste-ess-france-extrait.csv"
ESUS_FILE = "ess/esus_numerique_extrait.csv"
SIAE_FILE = "inclusion/siae_2020.csv"
EA_FILE = "inclusion/entreprises_adaptees.csv"
ESAT_FILE = "finess/esat_2025.csv"
MARKET_FILE = "inclusion/marche_inclusion.csv"
LIST_FILES = (ESS_FILE, ESUS_FILE, SIAE_FILE, EA_FILE, ESAT_FILE, MARKET_FILE)

ATTESTED_ON = "2024-07-01"
FICTION = "true"
SIAE_KINDS = ("EI", "ETTI", "ACI", "AI", "GEIQ")
EA_KINDS = ("EA", "EATT")

# Groups of sectors of le Marché de l'inclusion (domain B.5) and ways of working, in turn.
INDUSTRIAL_OFFERS = (
    ("68", "PREST"), ("80", "PREST"), ("80|85", "PREST"), ("85", "BUILD"), ("68|65", "BUILD|PREST"),
    ("65", "BUILD"), ("54", "BUILD"), ("68|85", "BUILD"),
)  # fmt: skip
OTHER_OFFERS = (("65", "PREST"), ("54", "PREST"), ("65", "DISP"), ("54|65", "DISP"))

_ESS_HEADER = (
    "SIREN",
    "Nom ou raison sociale de l'entreprise",
    "Famille juridique de l'entreprise",
    "Code postal",
    "Libellé de la commune de l'établissement",
    "Code du département de l'établissement",
    "Département de l'établissement",
    "Région de l'établissement",
)
_SIAE_HEADER = (
    "siret", "kind", "name", "brand", "naf", "legal_form", "address", "post_code", "city",
    "department", "lon", "lat", "geocoding_score", "website", "description", "source", "updated_at",
)  # fmt: skip
_ESAT_HEADER = (
    "EJ-N°FINESS", "EJ-Raison sociale", "EJ-Statut juridique Code", "EJ-Statut juridique Libellé",
    "ET-N°FINESS", "ET-Raison sociale", "ET-Adresse", "ET-Code Postal", "ET-Type", "ET-SIRET",
    "ET-Région Code", "ET-Région Libellé", "ET-Département Code", "ET-Département Libellé",
    "ET-Commune Code", "ET-Commune Libellé", "Capacité autorisée agrégée",
)  # fmt: skip
_PLACES_OF_AN_ESAT = (40, 50, 60, 75, 80, 90, 110, 130)

_LISTED_FAMILIES = {
    Family.COOPERATIVE: "Coopératives",
    Family.MUTUELLE: "Mutuelles",
    Family.ASSOCIATION: "Associations",
    Family.FONDATION: "Fondations",
}


def write_lists(mirror: Path, organisations: Sequence[Organisation]) -> None:
    """Write the six lists; each row says that it is fictional."""
    conventioned = [one for one in organisations if one.group.kind]
    _write(mirror / ESS_FILE, _ESS_HEADER, map(_ess_row, filter(_is_listed, organisations)))
    esus = [one for one in organisations if one.is_esus]
    _write(mirror / ESUS_FILE, ("siren", "denomination"), map(_esus_row, esus))
    siae = [one for one in conventioned if one.group.kind in SIAE_KINDS]
    _write(mirror / SIAE_FILE, _SIAE_HEADER, map(_siae_row, siae))
    adapted = [one for one in conventioned if one.group.kind in EA_KINDS]
    _write(mirror / EA_FILE, ("siret", "nom", "type", "mis_a_jour_le"), map(_ea_row, adapted))
    _write(mirror / ESAT_FILE, _ESAT_HEADER, _esat_rows(conventioned))
    market_header = ("siret", "kind", "name", "sector_groups", "presta_types", "updated_at")
    _write(mirror / MARKET_FILE, market_header, _market_rows(conventioned))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    write_csv(path, (*header, "is_fictional"), ((*row, FICTION) for row in rows))


def _is_listed(one: Organisation) -> bool:
    return one.is_listed and one.group.is_active


def _ess_row(one: Organisation) -> tuple[str, ...]:
    place = one.head.place
    return (
        one.siren,
        one.name,
        _family(one),
        place.postcode,
        place.name,
        place.departement,
        "",
        "",
    )


def _family(one: Organisation) -> str:
    if one.group.sort == "scop":
        return _LISTED_FAMILIES[Family.COOPERATIVE]
    family = families().by_code.get(one.legal_category, Family.SOCIETE_COMMERCIALE)
    return _LISTED_FAMILIES.get(family, "Sociétés commerciales")


def _esus_row(one: Organisation) -> tuple[str, ...]:
    return (one.siren, one.name)


def _siae_row(one: Organisation) -> tuple[object, ...]:
    place, naf = one.head.place, one.naf.replace(".", "")
    return (
        siret_of(one, one.head), one.group.kind, one.name, "", naf, "", "Rue fictive",
        place.postcode, place.name, place.departement, place.lon, place.lat, "", "", "", "fiction",
        ATTESTED_ON,
    )  # fmt: skip


def _ea_row(one: Organisation) -> tuple[str, ...]:
    return (siret_of(one, one.head), one.name, one.group.kind, ATTESTED_ON)


def _conventioned_sites(
    organisations: Iterable[Organisation],
) -> Iterator[tuple[Organisation, Site]]:
    """Return each conventioned establishment: every site of an ESAT, else the head office."""
    for one in organisations:
        for site in one.sites[: one.group.sites]:
            yield one, site


def _esat_rows(organisations: Iterable[Organisation]) -> Iterator[tuple[object, ...]]:
    esat = (one for one in organisations if one.group.kind == "ESAT")
    for number, (one, site) in enumerate(_conventioned_sites(esat)):
        place = site.place
        yield (
            one.siren, one.name, "", "", f"999{900_000 + number:06d}",
            f"ESAT fictif {number:04d}", "RUE FICTIVE", place.postcode,
            "Principal" if site == one.head else "Secondaire", siret_of(one, site),
            place.region, "", place.departement, "", place.commune, place.name,
            _PLACES_OF_AN_ESAT[number % len(_PLACES_OF_AN_ESAT)],
        )  # fmt: skip


def _market_rows(organisations: Iterable[Organisation]) -> Iterator[tuple[str, ...]]:
    """Return the declared activity of each conventioned establishment that is on the Marché."""
    present = (one for one in organisations if one.group.declares is not None)
    for number, (one, site) in enumerate(_conventioned_sites(present)):
        offer = _offer(number, is_industrial=bool(one.group.declares))
        yield (siret_of(one, site), one.group.kind, one.name, *offer, ATTESTED_ON)


def _offer(number: int, *, is_industrial: bool) -> tuple[str, str]:
    offers = INDUSTRIAL_OFFERS if is_industrial else OTHER_OFFERS
    return offers[number % len(offers)]
