"""Exports: the figures as JSON and CSV, for programs, with bounds, sources, dates and reserves."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date

from essor.observatory.breakdown import Row
from essor.observatory.figure import Figure, Mention
from essor.observatory.figures import Figures
from essor.observatory.grid import Grid
from essor.observatory.grid_explanation import explain
from essor.observatory.secrecy import NOTE as SECRET
from essor.spreadsheets import shown

Value = str | int | float | None

COLUMNS = (
    "territoire_niveau",
    "territoire_code",
    "territoire",
    "perimetre",
    "tableau",
    "identifiant",
    "libelle",
    "mesure",
    "valeur",
    "borne_basse",
    "borne_haute",
    "unite",
    "secret_statistique",
    "valeur_etude",
    "definition",
    "note",
    "sources",
    "fondement_des_dates",
    "donnees_fictives",
)
"""One line per number: a key figure, or one measure of one part of a breakdown."""

GRID_COLUMNS = (
    "rang",
    "unite",
    "regle_ess",
    "cooperatives_agricoles",
    "sica",
    "employeur",
    "estimateur",
    "organisations",
    "salaries",
    "part_cooperatives",
    "distance",
    "millesime",
    "donnees_fictives",
)

_BREAKS = re.compile(r"[\t\r\n]+")


def figures_json(figures: Figures) -> str:
    """Return the figures as JSON; shares from 0 to 1, what is unknown or masked null."""
    return _json(asdict(figures))


def grid_json(grid: Grid) -> str:
    """Return the grid as JSON, nearest variant first, with its explanation in French."""
    return _json({"explanation": explain(grid), **asdict(grid)})


def figures_csv(figures: Figures) -> str:
    """Return the figures as CSV, `COLUMNS` first, then one line per number."""
    return _csv(COLUMNS, figures_lines(figures))


def grid_csv(grid: Grid) -> str:
    """Return the grid as CSV, `GRID_COLUMNS` first, then one line per variant."""
    return _csv(GRID_COLUMNS, grid_lines(grid))


def figures_lines(figures: Figures) -> Iterator[tuple[Value, ...]]:
    """Return one line per number, in the order of `COLUMNS`."""
    place = figures.place
    head = (place.level.value, place.code, place.name, figures.perimeter.value)
    for figure in figures.figures:
        yield (*head, "chiffres", *_figure_line(figure))
    if figures.breakdown is None:
        return
    cited = _cited_with_bases(figures.figures[0].sources)
    for row in (*figures.breakdown.rows, figures.breakdown.total):
        for line in _row_lines(row):
            yes = _yes(row.is_fictional)
            yield (*head, f"ventilation par {figures.breakdown.by.label}", *line, *cited, yes)


def grid_lines(grid: Grid) -> Iterator[tuple[Value, ...]]:
    """Return one line per variant, nearest first, in the order of `GRID_COLUMNS`."""
    vintage = grid.vintage.isoformat() if grid.vintage else None
    for rank, variant in enumerate(grid.variants, start=1):
        chosen = variant.selection
        yield (
            rank,
            chosen.unit.value,
            chosen.ess_rule.value,
            "include" if chosen.has_agricultural else "exclude",
            "include" if chosen.has_sica else "exclude",
            chosen.employer.value,
            variant.estimator.value,
            variant.organisations,
            variant.staff,
            variant.cooperative_share,
            variant.distance,
            vintage,
            _yes(grid.is_fictional),
        )


def citation(sources: Iterable[Mention]) -> str:
    """Return the sources in one cell: title, publisher and date of each."""
    return " ; ".join(_cited(source) for source in sources)


def date_basis(source: Mention) -> str:
    """Return what the date of a source rests on, in a cell."""
    return source.date_basis.value if source.date_basis else "inconnu"


def _cited_with_bases(sources: Iterable[Mention]) -> tuple[str, str]:
    """Return the sources in one cell, and in the next what their dates rest on, in that order."""
    cited = tuple(sources)
    return citation(cited), " ; ".join(date_basis(source) for source in cited)


def _cited(source: Mention) -> str:
    fictional = ", données fictives" if source.is_fictional else ""
    return f"{source.title} ({source.publisher}, {_dated(source)}{fictional})"


def _dated(source: Mention) -> str:
    if source.published_on is not None:
        return source.published_on.isoformat()
    if source.retrieved_on is not None:
        return f"récupéré le {source.retrieved_on.isoformat()}, date de publication inconnue"
    return "date inconnue"


def _figure_line(figure: Figure) -> tuple[Value, ...]:
    return (
        figure.id,
        figure.label,
        figure.unit.value,
        figure.text if figure.value is None else figure.value,
        figure.lower,
        figure.upper,
        figure.unit.value,
        _yes(figure.is_secret),
        figure.study.text if figure.study else None,
        figure.definition,
        figure.note,
        *_cited_with_bases(figure.sources),
        _yes(figure.is_fictional),
    )


def _row_lines(row: Row) -> Iterator[tuple[Value, ...]]:
    secret, note = _yes(row.is_secret), SECRET if row.is_secret else ""
    count, share = row.organisations, row.share
    staff, staff_share = (row.staff, row.staff_lower, row.staff_upper), row.staff_share
    named = (row.key, row.label)
    yield (*named, "organisations", count, count, count, "organisations", "non", None, "", "")
    yield (*named, "part des organisations", share, share, share, "part", "non", None, "", "")
    yield (*named, "salariés", *staff, "salariés", secret, None, "", note)
    yield (*named, "part des salariés", staff_share, None, None, "part", secret, None, "", note)


def _yes(answer: bool) -> str:  # noqa: FBT001 -- the answer itself, not an option
    return "oui" if answer else "non"


def _csv(columns: Iterable[str], lines: Iterable[tuple[Value, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue()


def _cell(value: Value) -> Value:
    """Return the value; a text is on one line, and quoted when a spreadsheet would run it."""
    if not isinstance(value, str):
        return value
    return shown(_BREAKS.sub(" ", value).strip(" "))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
