"""The organisations that the study names: what it says of them, and nothing else.

The study gives no SIREN: each takes a demonstration identifier, and stays out of the fictional
Sirene files, for a real organisation must not get invented facts.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from scripts.demonstration.identifiers import fictional_sirens
from scripts.demonstration.writing import write_csv

CITED_FILE = "etude/organisations_citees.csv"
FIRST_SIREN = 990_000  # Far above the fictional population, so that these identifiers never move.

_CITED = tomllib.loads(Path(__file__).with_name("cited.toml").read_text("utf-8"))
_HEADER = (
    "siren",
    "siret",
    "kind",
    "name",
    "attested_on",
    "has_industrial_activity",
    "statement",
    "is_fictional",
    "note",
)

STUDY_DAY: str = _CITED["attested_on"]


def write_cited(mirror: Path) -> None:
    """Write one row per organisation and status; one without status where the study states none."""
    write_csv(mirror / CITED_FILE, _HEADER, _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    sirens = fictional_sirens(FIRST_SIREN)
    for cited in _CITED["organisations"]:
        siren, name, statement = next(sirens), cited["name"], cited["statement"]
        told = {True: "true", False: "false", None: ""}[cited.get("is_industrial")]
        for kind in cited.get("kinds", ("",)):
            yield (siren, "", kind, name, STUDY_DAY, told, statement, "true", _CITED["note"])
