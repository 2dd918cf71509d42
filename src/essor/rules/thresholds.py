"""The thresholds of public procurement, each with its days, its article and how sure we are of it."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from essor.errors import InvalidRequestError
from essor.rules.rule import Citation, Status


class ThresholdUnit(StrEnum):
    """What the value of a threshold counts."""

    EUR = "eur"
    SHARE = "share"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Period:
    """A value, from a first day to a last one, both included; None is not yet known."""

    since: date
    until: date | None
    value: float
    status: Status

    def holds_on(self, day: date) -> bool:
        """Return whether that value was in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold and its values through time; amounts in euros are before tax."""

    kind: str
    label: str
    unit: ThresholdUnit
    note: str
    citation: Citation
    checked_on: date
    periods: tuple[Period, ...]


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Return the thresholds by their code, as `thresholds.toml` writes them."""
    written = tomllib.loads((files("essor.rules") / "thresholds.toml").read_text("utf-8"))
    return {
        kind: Threshold(
            kind=kind,
            label=each["label"],
            unit=ThresholdUnit(each["unit"]),
            note=each["note"],
            citation=Citation(**each["citation"]),
            checked_on=each["checked_on"],
            periods=tuple(
                Period(
                    since=period["since"],
                    until=period.get("until"),
                    value=float(period["value"]),
                    status=Status(period.get("status", each["status"])),
                )
                for period in each["periods"]
            ),
        )
        for kind, each in written.items()
    }


def threshold_of(kind: str, day: date) -> Period | None:
    """Return the value of a threshold in force on `day`, None when we know of none that day.

    Raises:
        InvalidRequestError: no threshold has that code.
    """
    found = thresholds().get(kind)
    if found is None:
        near = difflib.get_close_matches(kind, thresholds(), n=1, cutoff=0.5)
        meant = f" Vouliez-vous dire « {near[0]} »\u00a0?" if near else ""
        raise InvalidRequestError(
            f"Aucun seuil n’a pour code « {kind} ».{meant} "
            f"Les seuils sont\u00a0: {', '.join(thresholds())}."
        )
    return next((period for period in found.periods if period.holds_on(day)), None)
