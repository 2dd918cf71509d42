"""The answers of a search for programs: JSON whole, CSV a line an answer."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from essor.search.document import PLACED_LEVELS
from essor.search.page import Hit, Page
from essor.spreadsheets import harmless
from essor.territory.level import Level

COLUMNS = (
    "siren",
    "siret",
    "nom",
    "commune",
    "code_commune",
    "naf",
    "activite",
    "famille",
    "statuts",
    "effectif",
    "distance_km",
    "points",
    "raisons",
    "fictif",
)


def page_json(page: Page) -> str:
    """Return the page as indented JSON, facets and notes included."""
    return json.dumps(asdict(page), ensure_ascii=False, indent=2)


def page_csv(page: Page) -> str:
    """Return the hits as CSV with a header, in the order of the page."""
    return header_csv() + hits_csv(page.hits)


def header_csv() -> str:
    """Return the line that names the columns."""
    return _lines([COLUMNS])


def hits_csv(hits: Iterable[Hit]) -> str:
    """Return a line a hit, no cell of which a spreadsheet would run."""
    return _lines([harmless(cell) for cell in hit_cells(hit)] for hit in hits)


def hit_cells(hit: Hit) -> tuple[str, ...]:
    """Return the texts of a hit, one a column."""
    document = hit.document
    distance = "" if hit.distance_km is None else f"{hit.distance_km:.1f}"
    return (
        document.siren,
        document.siret or "",
        document.name or "",
        document.commune_name or "",
        document.territories[PLACED_LEVELS.index(Level.COMMUNE)] or "",
        document.naf or "",
        hit.activity or "",
        document.ess_family or "",
        " | ".join(document.statuses),
        document.staff_band or "",
        distance,
        f"{hit.score:.2f}",
        " | ".join(f"{reason.points:.2f} : {reason.because}" for reason in hit.reasons),
        "oui" if document.is_fictional else "non",
    )


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
