"""The answers of a search as tables for eyes: what `essor search` prints on a terminal."""

from textwrap import shorten

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from essor.search.page import Facet, Hit, Page
from essor.search.query import FACETS, Query
from essor.search.relaxed import relaxations

_FICTIONAL = "DONNÉES FICTIVES : démonstration, à ne pas citer."
_LONGEST_SAID = 80
"""How much of a request is said again."""
_VALUES_SHOWN, _VALUES_ASKED = 6, 30
"""How many values are shown of a facet, and of one that was asked."""


def print_page(page: Page, query: Query) -> None:
    """Print the page, the reasons of its order, and what is counted under it."""
    console = Console(highlight=False)
    if any(hit.document.is_fictional for hit in page.hits):
        console.print(f"[bold red]{_FICTIONAL}[/]")
    for note in page.notes:
        console.print(f"[yellow]{escape(note)}[/]", soft_wrap=True)
    console.print(_summary(page, query))
    if page.hits:
        console.print(_hits_table(page))
    for facet in page.facets:
        shown = _VALUES_SHOWN if query.facets == FACETS else _VALUES_ASKED
        console.print(_facet_line(facet, shown), soft_wrap=True)


def _summary(page: Page, query: Query) -> str:
    if not page.total:
        return _nothing(query)
    noun = query.kind.plural
    if page.total == 1:
        noun = query.kind.singular
    if not page.hits:
        return f"{_number(page.total)} {noun}, mais {page.pages} pages seulement."
    return f"{_number(page.total)} {noun} (page {page.number} sur {_number(page.pages)})"


def _nothing(query: Query) -> str:
    """Return what to try when nothing answers: of fewer conditions, or of other words when there is none."""
    if any(relaxations(query.filters)):
        what_to_do = (
            "élargissez le rayon ou le territoire, retirez un filtre, ou essayez d’autres mots."
        )
        return f"Aucune réponse : {what_to_do}"
    said = escape(shorten(query.text, _LONGEST_SAID, placeholder="…"))
    return (
        f"Aucune réponse : rien ne ressemble à « {said} ». Vérifiez l’orthographe, ou dites un métier, "
        "le nom d’une organisation, une commune ou un SIREN."
    )


def _hits_table(page: Page) -> Table:
    has_distance = any(hit.distance_km is not None for hit in page.hits)
    has_points = any(hit.reasons for hit in page.hits)
    table = Table(show_edge=False, pad_edge=False, show_lines=True)
    table.add_column("Nom", ratio=3)
    table.add_column("Commune", ratio=2)
    table.add_column("Activité", ratio=3)
    table.add_column("Statuts", ratio=1)
    if has_distance:
        table.add_column("km", justify="right", no_wrap=True)
    if has_points:
        table.add_column("Points et raisons", ratio=5)
    for hit in page.hits:
        distance = ("" if hit.distance_km is None else _decimal(hit.distance_km, 1),)
        points = (_points(hit),)
        table.add_row(
            *_identity(hit), *(distance if has_distance else ()), *(points if has_points else ())
        )
    return table


def _identity(hit: Hit) -> tuple[str, ...]:
    document = hit.document
    name = document.name or document.acronym or "Nom non diffusé"
    closed = "" if document.is_active else " (fermé)"
    activity = f"{document.naf} {hit.activity or ''}".strip() if document.naf else "inconnue"
    statuses = ", ".join(kind.upper() for kind in document.statuses)
    return (
        f"{escape(name)}{closed}\n[dim]{document.id}[/]",
        escape(document.commune_name or "inconnue"),
        escape(activity),
        statuses,
    )


def _points(hit: Hit) -> str:
    lines = [f"[bold]{_decimal(hit.score, 2)}[/]"]
    lines += [f"{_decimal(each.points, 2)} {escape(each.because)}" for each in hit.reasons]
    return "\n".join(lines)


def _facet_line(facet: Facet, most: int) -> str:
    shown = [f"{escape(one.label)} {_number(one.count)}" for one in facet.values[:most]]
    rest = sum(one.count for one in facet.values[most:])
    others = f" · autres {_number(rest)}" if rest else ""
    return f"[dim]{facet.label} :[/] {' · '.join(shown)}{others}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _decimal(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
