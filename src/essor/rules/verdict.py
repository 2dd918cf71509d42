"""Verdicts: three answers, and their logic, where what nobody published stays unknown."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """Three answers, for a fact that nobody published is not a fact that is false."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def answer(self) -> str:
        """Return it as the French answer to a condition."""
        return _ANSWERS[self]


_ANSWERS = {Verdict.MET: "oui", Verdict.NOT_MET: "non", Verdict.UNKNOWN: "on ne sait pas"}


def verdict_of(answer: bool | None) -> Verdict:  # noqa: FBT001 -- the value itself, not an option
    """Return the verdict of a three-valued answer, None being unknown."""
    if answer is None:
        return Verdict.UNKNOWN
    return Verdict.MET if answer else Verdict.NOT_MET


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return met when each is; one failure fails, else one gap leaves unknown (Kleene)."""
    return _first_among(verdicts, (Verdict.NOT_MET, Verdict.UNKNOWN), Verdict.MET)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return met when one is; else one gap leaves unknown (Kleene)."""
    return _first_among(verdicts, (Verdict.MET, Verdict.UNKNOWN), Verdict.NOT_MET)


def negated(verdict: Verdict) -> Verdict:
    """Return the contrary; the contrary of unknown is unknown."""
    return {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}.get(verdict, verdict)


def _first_among(
    verdicts: Iterable[Verdict], order: tuple[Verdict, Verdict], otherwise: Verdict
) -> Verdict:
    found = set(verdicts)
    return next((verdict for verdict in order if verdict in found), otherwise)
