"""Annuaire: search with facets, whose address can be shared."""

from dataclasses import replace

import duckdb
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import InvalidRequestError
from essor.perimeter.families import Family
from essor.search.cells import Circle
from essor.search.document import Kind
from essor.search.query import STATUSES, Filters, Order, Query
from essor.site.forms import ThemedForm
from essor.site.service import in_service
from essor.territory.distance import centre
from essor.territory.level import Level
from essor.territory.lookup import look_up

_RADIUS_KM = 30.0
_SIZE = 20
_LAST_PAGE = 500


class DirectoryForm(ThemedForm):
    """What may be asked of the directory; nothing is required."""

    q = forms.CharField(label="Nom, métier, SIREN ou code NAF", required=False, max_length=2_000)
    lieu = forms.CharField(label="Autour de", required=False, max_length=200)
    rayon = forms.FloatField(
        label="Dans un rayon de (km)", required=False, min_value=0, max_value=20_000
    )
    statut = forms.MultipleChoiceField(
        label="Statut",
        required=False,
        choices=[(kind, kind.upper()) for kind in STATUSES],
        widget=forms.CheckboxSelectMultiple,
    )
    famille = forms.MultipleChoiceField(
        label="Famille de l’ESS",
        required=False,
        choices=[(family.value, family.label) for family in Family],
        widget=forms.CheckboxSelectMultiple,
    )
    naf = forms.CharField(
        label="Activité (code NAF)",
        required=False,
        max_length=6,
        help_text="C, 25, 25.6 ou 25.62B",
    )
    page = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_PAGE, widget=forms.HiddenInput
    )


def directory(request: HttpRequest) -> HttpResponse:
    """Return the structures that answer, best first, each with its reasons."""
    form = DirectoryForm(request.GET or None)
    content: dict[str, object] = {"form": form}
    if not form.is_bound or form.is_valid():
        asked = form.cleaned_data if form.is_bound else {}
        service = in_service()
        with service.connection() as connection:
            query, note = _query(connection, asked)
        found = service.index.search(query)
        content |= {"found": found, "note": note, "query": query, "rest": _rest(request)}
        content |= {"previous": found.number - 1, "next": found.number + 1}
    return render(request, "essor/directory.html", content)


def _query(
    connection: duckdb.DuckDBPyConnection, asked: dict[str, object]
) -> tuple[Query, str | None]:
    """Return the search asked, and what was understood of its place."""
    filters = Filters(
        statuses=tuple(_texts(asked.get("statut"))),
        families=tuple(Family(each) for each in _texts(asked.get("famille"))),
        naf=tuple(each.upper() for each in str(asked.get("naf") or "").split()),
    )
    query = Query(
        text=str(asked.get("q") or ""),
        filters=filters,
        page=int(str(asked.get("page") or 1)),
        size=_SIZE,
    )
    if not (typed := str(asked.get("lieu") or "").strip()):
        return query, None
    found = look_up(connection, typed)
    if found.territory.level is Level.FRANCE:
        return query, found.note
    if (point := centre(found.territory)) is None:
        raise InvalidRequestError(
            f"Le centre de « {found.territory.name} » n’est pas connu : donnez un autre lieu."
        )
    radius = asked.get("rayon")
    circle = Circle(point, float(str(radius)) if radius is not None else _RADIUS_KM)
    order = Order.RELEVANCE if query.text.strip() else Order.DISTANCE
    placed = replace(
        query, filters=replace(filters, circle=circle), kind=Kind.ESTABLISHMENT, order=order
    )
    return placed, found.note


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


def _rest(request: HttpRequest) -> str:
    """Return the query string without its page, for the links to the other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
