"""The figures as tables for eyes: what `essor figures` prints on a terminal."""

from itertools import groupby, islice

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from essor.observatory.breakdown import Breakdown, Row
from essor.observatory.export import citation
from essor.observatory.figure import Figure, Unit
from essor.observatory.figures import Figures
from essor.observatory.grid import Grid, Variant
from essor.observatory.grid_explanation import explain
from essor.observatory.perspective import By
from essor.observatory.secrecy import NOTE as SECRET_NOTE
from essor.observatory.typography import number, percentage

UNKNOWN = "inconnu"
SECRET = "secret"  # noqa: S105 -- statistical secrecy, not a password
FICTIONAL = "DONNÉES FICTIVES : démonstration, à ne pas citer."
_NEAREST = 10
_WITH_CODES = (By.NAF, By.STAFF, By.TERRITORY)
_DECIMALS_BELOW = 0.1


def print_figures(found: Figures) -> None:
    """Print the figures, their breakdown, their notes and their sources."""
    console = Console(highlight=False)
    _warn(console, is_fictional=found.is_fictional)
    console.print(
        f"[bold]{escape(found.place.name)}[/] ({found.place.level.label})", soft_wrap=True
    )
    console.print(found.perimeter.label, soft_wrap=True)
    console.print(_figures_table(found))
    if found.breakdown:
        console.print(_breakdown_table(found.breakdown))
    _print_notes(console, found)
    _print_sources(console, found)


def print_grid(found: Grid) -> None:
    """Print the nearest variants of the grid, and why they are."""
    console = Console(highlight=False)
    _warn(console, is_fictional=found.is_fictional)
    console.print(_grid_table(found))
    console.print(f"{len(found.variants)} lectures au total, toutes données par --json et --csv.")
    console.print(explain(found))
    console.print(f"[dim]Sources : {escape(citation(found.sources)) or 'aucune'}.[/]")


def _warn(console: Console, *, is_fictional: bool) -> None:
    if is_fictional:
        console.print(f"[bold red]{FICTIONAL}[/]")


def _figures_table(found: Figures) -> Table:
    is_studied = any(figure.study for figure in found.figures)
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("Chiffre")
    table.add_column("Valeur", justify="right", no_wrap=True)
    table.add_column("Bornes", justify="right", no_wrap=True)
    if is_studied:
        table.add_column("Étude de 2024", justify="right")
    for figure in found.figures:
        if figure.unit is Unit.TEXT:
            continue
        study = (figure.study.text if figure.study else "",) if is_studied else ()
        table.add_row(figure.id, figure.label, _value(figure), _bounds(figure), *study)
    return table


def _value(figure: Figure) -> str:
    if figure.is_secret:
        return SECRET
    return UNKNOWN if figure.value is None else _written(figure.value, figure.unit)


def _bounds(figure: Figure) -> str:
    if figure.lower is None or figure.upper is None or figure.lower == figure.upper:
        return ""
    return f"{_written(figure.lower, figure.unit)} – {_written(figure.upper, figure.unit)}"


def _written(value: float, unit: Unit) -> str:
    return _share(value) if unit is Unit.SHARE else number(value)


def _share(value: float | None) -> str:
    """Return a percentage, with two decimals where one would say too little."""
    if value is None:
        return UNKNOWN
    return percentage(value, 2 if 0 < value < _DECIMALS_BELOW else 1)


def _breakdown_table(found: Breakdown) -> Table:
    what = f"{found.by.label} : {found.level.plural}" if found.level else found.by.label
    masked = any(row.is_secret for row in (*found.rows, found.total))
    table = Table(
        title=f"Ventilation par {what}",
        title_justify="left",
        caption=SECRET_NOTE if masked else None,
        caption_justify="left",
    )
    has_code = found.by in _WITH_CODES
    if has_code:
        table.add_column("Code", style="dim", no_wrap=True)
    table.add_column("Libellé")
    for heading in ("Organisations", "Part", "Salariés", "Bornes", "Part"):
        table.add_column(heading, justify="right", no_wrap=heading == "Bornes")
    for row in found.rows:
        table.add_row(*_row_cells(row)[not has_code :])
    table.add_section()
    table.add_row(*_row_cells(found.total)[not has_code :], style="bold")
    return table


def _row_cells(row: Row) -> tuple[str, ...]:
    head = (escape(row.key), escape(row.label), number(row.organisations), _share(row.share))
    if row.is_secret:
        return (*head, SECRET, "", "")
    if row.staff is None or row.staff_lower is None or row.staff_upper is None:
        return (*head, UNKNOWN, "", "")
    bounds = f"{number(row.staff_lower)} – {number(row.staff_upper)}"
    share = "" if row.staff_share is None else _share(row.staff_share)
    return (*head, number(row.staff), bounds, share)


def _grid_table(found: Grid) -> Table:
    """Return the nearest results, each with the first of the readings that give it."""
    table = Table(title="Grille de reproduction", title_justify="left")
    for heading in ("Distance", "Org.", "Salariés", "Coop.", "Lectures"):
        table.add_column(heading, justify="right")
    table.add_column("Première de ces lectures")
    alike = groupby(found.variants, key=lambda v: (v.distance, v.organisations, v.staff))
    for _, readings in islice(alike, _NEAREST):
        first, *others = readings
        table.add_row(*_variant_cells(first, 1 + len(others)))
    return table


def _variant_cells(variant: Variant, readings: int) -> tuple[str, ...]:
    return (
        number(variant.distance, 3),
        number(variant.organisations),
        number(variant.staff),
        _share(variant.cooperative_share),
        number(readings),
        _short(variant),
    )


def _short(variant: Variant) -> str:
    chosen = variant.selection
    agricultural = "agricoles" if chosen.has_agricultural else "sans agricoles"
    sica = "SICA" if chosen.has_sica else "sans SICA"
    axes = (chosen.unit, chosen.ess_rule, agricultural, sica, chosen.employer, variant.estimator)
    return " · ".join(axes)


def _print_notes(console: Console, found: Figures) -> None:
    sharing: dict[str, list[str]] = {}
    for figure in found.figures:
        sharing.setdefault(figure.note, []).append(figure.id)
    for note, ids in sharing.items():
        if note:
            console.print(f"[dim]{', '.join(ids)}[/] {escape(note)}")
    for figure in found.figures:
        if figure.text:
            console.print(f"[dim]{figure.id}[/] {escape(figure.text)}")
    studied = next((figure.study for figure in found.figures if figure.study), None)
    if studied:
        console.print(f"[dim]Étude de 2024 : {escape(studied.citation)}.[/]")


def _print_sources(console: Console, found: Figures) -> None:
    used = {mention.name for figure in found.figures for mention in figure.sources}
    for mention in (each for each in found.sources if each.name in used):
        fictional = ", données fictives" if mention.is_fictional else ""
        console.print(
            f"[dim]Source : {escape(mention.title)}, {escape(mention.publisher)}, {mention.dated}, "
            f"{escape(mention.licence)}{fictional}.[/]"
        )
    if found.absent:
        console.print(f"[dim]Sources absentes : {escape(', '.join(found.absent))}.[/]")
