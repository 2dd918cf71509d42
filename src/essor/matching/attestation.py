"""Attestations: what the published lists prove of a supplier's statuses on a given day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from essor.matching.activity import Status, Supplier
from essor.rules.structures import structure_of


class Attestation(StrEnum):
    """Whether the lists attest a status; a list that is missing, or too old, leaves it unknown."""

    ATTESTED = "attested"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attested:
    """What the lists say, the status that speaks, and the French words."""

    verdict: Attestation
    because: str
    status: Status | None = None


def attestation(supplier: Supplier, kinds: Sequence[str], day: date) -> Attested:
    """Return whether the supplier holds one of the kinds of status on that day."""
    held = sorted(
        (status for status in supplier.statuses if status.kind in kinds),
        key=lambda status: (status.attested_on, status.kind),
        reverse=True,
    )
    if current := next((status for status in held if _is_current(status, day)), None):
        return Attested(Attestation.ATTESTED, f"{_told(current, day)}.", current)
    if held:
        return Attested(Attestation.UNKNOWN, f"{_told(held[0], day)}, à vérifier.", held[0])
    if unread := [kind for kind in kinds if kind in supplier.kinds_without_list]:
        names = ", ".join(unread).upper()
        return Attested(Attestation.UNKNOWN, f"la liste complète des {names} manque à ces données.")
    return Attested(Attestation.NOT_LISTED, "absent des listes publiées.")


def _is_current(status: Status, day: date) -> bool:
    """Return whether the status may still be held: until its published end, or as long as its kind lasts."""
    if status.valid_to is not None:
        return status.valid_to >= day
    return day <= structure_of(status.kind).lasts_until(status.attested_on)


def _told(status: Status, day: date) -> str:
    until = f", jusqu’au {status.valid_to:%d/%m/%Y}" if status.valid_to else ""
    reserve = "" if until else structure_of(status.kind).reserve(status.attested_on, day)
    return (
        f"{status.kind.upper()} attesté au {status.attested_on:%d/%m/%Y}{until} ({status.source})"
        + (f", {reserve}" if reserve else "")
    )
