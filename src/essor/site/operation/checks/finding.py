"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How serious a finding is."""

    FINE = "fine"
    WARNING = "warning"
    FAILURE = "failure"

    @property
    def label(self) -> str:
        """Return what people read."""
        return {"fine": "bon", "warning": "à voir", "failure": "à corriger"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and one sentence: what, why, what to do."""

    subject: str
    outcome: Outcome
    sentence: str


def fine(subject: str, sentence: str) -> Finding:
    """Return that all is well."""
    return Finding(subject, Outcome.FINE, sentence)


def warning(subject: str, sentence: str) -> Finding:
    """Return what does not prevent the site from being open."""
    return Finding(subject, Outcome.WARNING, sentence)


def failure(subject: str, sentence: str) -> Finding:
    """Return what must be corrected."""
    return Finding(subject, Outcome.FAILURE, sentence)
