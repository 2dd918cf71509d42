"""What a release establishes of an organisation: the facts that rules look at, and where each is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from essor.errors import UnknownOrganisationError
from essor.perimeter.families import families, membership
from essor.rules.facts import STATUSES, UNKNOWN_STATUSES, Facts, FactValue
from essor.rules.structures import Structure, absence, structures
from essor.rules.verdict import Verdict, any_of

OUTSIDE_ESS = "aucune"
"""The family of an organisation whose legal form is of none."""

PUBLISHED = frozenset({"flag", "ess_france", "esus", "scop"})
"""The grounds of membership by which a company is published as of the social economy."""


@dataclass(frozen=True, slots=True)
class Attested:
    """A row of the table statuses, in what rules need of it."""

    kind: str
    source: str
    attested_on: date
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """How much a source lists, and as of when."""

    source: str
    rows: int
    attested_on: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of the table organisations, in what rules need of it."""

    legal_category: str | None
    ess_family: str | None
    ess_evidence: str | None


def facts_of(
    connection: duckdb.DuckDBPyConnection,
    siren: str,
    day: date,
    listings: tuple[Listing, ...] | None = None,
) -> Facts:
    """Return what the release establishes of an organisation as of `day`; the rest is absent, so unknown.

    Give `listings`, read once by `listings_of`, when asking about many organisations.

    Raises:
        UnknownOrganisationError: the register does not hold that SIREN.
    """
    row = connection.execute(
        "SELECT legal_category, ess_family, ess_evidence FROM organisations WHERE siren = ?",
        [siren],
    ).fetchone()
    if row is None:
        raise UnknownOrganisationError(
            f"Le registre ne contient pas d’organisation de SIREN {siren}\u00a0: vérifiez le numéro sur "
            "l’annuaire des entreprises, ou construisez une version plus complète avec `essor sync` "
            "puis `essor build`. Le registre ne retient que l’ESS, l’industrie et les structures "
            "conventionnées."
        )
    attested = connection.execute(
        "SELECT kind, source, attested_on, valid_from, valid_to FROM statuses WHERE siren = ?"
        " ORDER BY ALL",
        [siren],
    ).fetchall()
    if listings is None:
        listings = listings_of(connection)
    return established(Unit(*row), [Attested(*each) for each in attested], listings, day)


def listings_of(connection: duckdb.DuckDBPyConnection) -> tuple[Listing, ...]:
    """Return what the sources of the release list: one row per source."""
    found = connection.execute(
        "SELECT source, count(*), max(attested_on) FROM statuses GROUP BY source ORDER BY source"
    ).fetchall()
    return tuple(Listing(*row) for row in found)


def established(
    unit: Unit, attested: Iterable[Attested], listings: Iterable[Listing], day: date
) -> Facts:
    """Return the facts that these rows establish as of `day`."""
    known: dict[str, FactValue] = {}
    evidence: dict[str, str] = {}
    _add_statuses(known, evidence, (list(attested), list(listings), day))
    for name, value, said in _of_unit(unit):
        known[name] = value
        evidence[name] = said
    return Facts(known, evidence)


def _add_statuses(
    known: dict[str, FactValue],
    evidence: dict[str, str],
    rows: tuple[list[Attested], list[Listing], date],
) -> None:
    attested, listings, day = rows
    answers = {
        kind: _status(structure, [e for e in attested if e.kind == kind], listings, day)
        for kind, structure in structures().items()
    }
    known[STATUSES] = _kinds(answers, Verdict.MET)
    known[UNKNOWN_STATUSES] = _kinds(answers, Verdict.UNKNOWN)
    evidence.update({f"{STATUSES}.{kind}": said for kind, (_, said) in answers.items()})


def _kinds(answers: Mapping[str, tuple[Verdict, str]], wanted: Verdict) -> frozenset[str]:
    return frozenset(kind for kind, (verdict, _) in answers.items() if verdict is wanted)


def _status(
    structure: Structure, attested: list[Attested], listings: list[Listing], day: date
) -> tuple[Verdict, str]:
    """Return whether a status is held on `day`, and the French words that say on what that rests."""
    if attested:
        judged = [_attestation(structure, each, day) for each in attested]
        verdict = any_of(verdict for verdict, _ in judged)
        said = [said for each, said in judged if each is verdict]
        return verdict, "\u00a0; ".join(dict.fromkeys(said))
    return _absence(structure, listings, day)


def _attestation(structure: Structure, each: Attested, day: date) -> tuple[Verdict, str]:
    said = (
        f"statut {structure.kind.upper()} attesté par «\u00a0{each.source}\u00a0» "
        f"le {each.attested_on:%d/%m/%Y}"
    )
    if each.valid_to is not None and each.valid_to < day:
        return Verdict.NOT_MET, f"{said}, échu le {each.valid_to:%d/%m/%Y}"
    if each.valid_from is not None and each.valid_from > day:
        return Verdict.NOT_MET, f"{said}, seulement à partir du {each.valid_from:%d/%m/%Y}"
    if each.valid_to is not None and each.valid_from is not None:
        return Verdict.MET, f"{said}, valable jusqu’au {each.valid_to:%d/%m/%Y}"
    start = each.valid_from or each.attested_on
    if day < start:
        return Verdict.UNKNOWN, f"{said}, donc après le jour demandé"
    last = max(start, each.attested_on)
    told = structure.reserve(last, day) if each.valid_to is None else ""
    is_old = each.valid_to is None and day > structure.lasts_until(last)
    return Verdict.UNKNOWN if is_old else Verdict.MET, f"{said}, {told}" if told else said


def _absence(structure: Structure, listings: list[Listing], day: date) -> tuple[Verdict, str]:
    """Return what not being listed says: no, when a whole and recent list speaks; else nothing."""
    whole = [
        each
        for each in listings
        if each.source in structure.lists
        and absence().is_told_by(each.source, each.rows, each.attested_on, day)
    ]
    if whole:
        latest = max(whole, key=lambda each: each.attested_on)
        return (
            Verdict.NOT_MET,
            f"hors de la liste «\u00a0{latest.source}\u00a0» du {latest.attested_on:%d/%m/%Y}",
        )
    return Verdict.UNKNOWN, ""


def _of_unit(unit: Unit) -> Iterator[tuple[str, FactValue, str]]:
    """Yield the facts that the legal form and the grounds of membership give, each with its words."""
    grounds = frozenset((unit.ess_evidence or "").split(" | ")) & PUBLISHED
    code = unit.legal_category
    form = membership(code)
    if unit.ess_family is not None and unit.ess_family != "indeterminee":
        yield "ess_family", unit.ess_family, _family_said(unit)
    elif form.is_ess is False:
        yield "ess_family", OUTSIDE_ESS, form.basis
    if code:
        yield "is_commercial_company", code.startswith("5"), f"catégorie juridique {code}"
    if grounds:
        said = ", ".join(f"« {ground} »" for ground in sorted(grounds))
        yield "is_published_as_ess", True, f"d’après {said}"


def _family_said(unit: Unit) -> str:
    code = unit.legal_category
    reserve = ", à vérifier" if code in families().to_be_checked else ""
    shown = f"catégorie juridique {code}{reserve}" if code else "catégorie juridique inconnue"
    return f"{shown}, fondements\u00a0: {unit.ess_evidence}" if unit.ess_evidence else shown
