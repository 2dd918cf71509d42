"""The study's own figures, K01 to K25, as cited data: what Essor's figures are set against."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class StudyFigure:
    """A figure of the study: `text` as it prints it, `value` as a program compares it.

    `value` is a share from 0 to 1 where `unit` is « part », unknown where the figure is no number.
    `comparison` is `=`, `>` or `~`; `origin` is the source that the study gives for it.
    `status` S means stated in the study: nothing here was measured by Essor.
    """

    id: str
    label: str
    text: str
    unit: str
    citation: str
    status: str
    value: float | None = None
    comparison: str = "="
    origin: str | None = None
    note: str | None = None


@cache
def study_figures() -> dict[str, StudyFigure]:
    """Return the figures of the study by identifier, in its order.

    Source: « Réindustrialisation : l'ESS comme levier de croissance », July 2024.
    """
    data = tomllib.loads((files("essor.observatory") / "study_figures.toml").read_text("utf-8"))
    study = data["study"]
    return {
        entry["id"]: StudyFigure(**entry, citation=study["citation"], status=study["status"])
        for entry in data["figures"]
    }
