"""Kinds of structures: what each is, who attests it, in which lists, and for how long."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from essor.errors import InvalidRequestError
from essor.rules.rule import Citation, Status

_YEAR_OLD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a status lasts at most: what holds it (« une convention »), its years, and who says so."""

    held: str
    years: int
    citation: Citation
    checked_on: date
    status: Status

    @property
    def said(self) -> str:
        """Return it in French: « une convention dure 3 ans au plus (à vérifier) »."""
        doubt = "" if self.status is Status.VERIFIED else f" ({self.status.label})"
        return f"{self.held} dure {self.years} an{'s' if self.years > 1 else ''} au plus{doubt}"


@dataclass(frozen=True, slots=True)
class Structure:
    """A kind of structure.

    `counts_for` is the code of the reservation that names it, None when no text does; `lists` the sources
    that mean to be exhaustive of it; `lasts` how long its convention, agreement or authorisation lasts at most.
    """

    kind: str
    label: str
    definition: str
    attested_by: str
    citation: Citation
    checked_on: date
    status: Status
    counts_for: str | None
    lists: tuple[str, ...]
    lasts: Lasting

    def lasts_until(self, attested_on: date) -> date:
        """Return the last day for which an attestation of that day may still speak."""
        return _years_after(attested_on, self.lasts.years)

    def reserve(self, attested_on: date, day: date) -> str:
        """Return what must be said of an attestation of no known end, on `day`; nothing within a year."""
        if day > self.lasts_until(attested_on):
            return f"ce qui date\u00a0: {self.lasts.said}, et rien ne dit que le statut ait été renouvelé"
        if day - attested_on > _YEAR_OLD:
            return f"à faire confirmer\u00a0: {self.lasts.said}"
        return ""


@dataclass(frozen=True, slots=True)
class Absence:
    """What not being in a list says: no, when the list is whole and recent; else nothing.

    `whole_from` is, by source, the number of rows under which it is an extract.
    """

    speaks_for_years: int
    whole_from: Mapping[str, int]
    status: Status

    def is_told_by(self, source: str, rows: int, listed_on: date, day: date) -> bool:
        """Return whether being out of that list tells something of `day`."""
        is_whole = rows >= self.whole_from.get(source, rows + 1)
        return is_whole and listed_on <= day <= _years_after(listed_on, self.speaks_for_years)


@cache
def structures() -> Mapping[str, Structure]:
    """Return the kinds of structures by their code, as `structures.toml` defines them."""
    return {
        kind: Structure(
            kind=kind,
            label=each["label"],
            definition=each["definition"],
            attested_by=each["attested_by"],
            citation=Citation(**each["citation"]),
            checked_on=each["checked_on"],
            status=Status(each["status"]),
            counts_for=each.get("counts_for"),
            lists=tuple(each["lists"]),
            lasts=_lasting(each["lasts"], each["lasts_citation"]),
        )
        for kind, each in _written()["kinds"].items()
    }


@cache
def absence() -> Absence:
    """Return what not being in a list says, as `structures.toml` defines it."""
    written = _written()["absence"]
    return Absence(
        speaks_for_years=written["speaks_for_years"],
        whole_from=written["whole_from"],
        status=Status(written["status"]),
    )


def structure_of(kind: str) -> Structure:
    """Return the kind of structure of that code.

    Raises:
        InvalidRequestError: there is none.
    """
    found = structures().get(kind)
    if found is None:
        raise InvalidRequestError(
            f"« {kind} » n’est pas une catégorie de structure\u00a0: "
            f"choisissez parmi {', '.join(structures())}."
        )
    return found


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((files("essor.rules") / "structures.toml").read_text("utf-8"))


def _lasting(lasts: Mapping[str, Any], citation: Mapping[str, str]) -> Lasting:
    return Lasting(
        lasts["held"],
        lasts["years"],
        Citation(**citation),
        lasts["checked_on"],
        Status(lasts["status"]),
    )


def _years_after(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)
