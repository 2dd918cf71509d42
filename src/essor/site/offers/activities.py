"""The pages where an activity is declared and corrected."""

from http import HTTPStatus

import duckdb
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import EssorError, InvalidRequestError
from essor.language.understanding import understand
from essor.matching.asking import Conditions, need_of
from essor.observatory.card import Card, card
from essor.site.asking import labels_of
from essor.site.current import Current, in_service
from essor.site.offers import publishing
from essor.site.offers.access import publisher
from essor.site.offers.forms import ActivityForm, TradeForm, filled
from essor.site.offers.models import DeclaredActivity
from essor.territory.level import Level
from essor.territory.territories import territory_at

_PAGE = "essor/offers/activity.html"


@login_required
@never_cache
def declare(request: HttpRequest, siren: str) -> HttpResponse:
    """Ask what the organisation does, then under what conditions, and publish it."""
    member, service = publisher(request, siren), in_service()
    with service.connection() as connection:
        found = card(connection, siren)
        asked = TradeForm(request.GET if "dit" in request.GET else None)
        trades = _read(service, connection, asked)
        content = {"card": found, "asked": asked}
        if not trades:
            status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.is_bound else HTTPStatus.OK
            return render(request, _PAGE, content, status=status)
        form = ActivityForm(
            request.POST or None,
            initial={"metiers": [trades[0][0]], "libelle": asked.cleaned_data["dit"]},
            trades=trades,
            places=_places(found),
            connection=connection,
        )
        if form.is_valid():
            try:
                publishing.declare(member, found, form.said())
            except InvalidRequestError as fault:
                form.add_error(None, str(fault))
            else:
                messages.success(request, "L’activité est publiée : les besoins la trouvent déjà.")
                return redirect("publications", siren)
        return _asked_again(request, form, content)


@login_required
@never_cache
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Write an activity again."""
    row = get_object_or_404(DeclaredActivity, pk=number, withdrawn_at=None)
    member, service = publisher(request, row.siren), in_service()
    with service.connection() as connection:
        found = card(connection, row.siren)
        labels = labels_of(connection, row.trades)
        form = ActivityForm(
            request.POST or None,
            initial=filled(row, _zone_names(connection, row.zones)),
            trades=[(code, _named(code, labels)) for code in row.trades],
            places=_places(found),
            connection=connection,
        )
        if form.is_valid():
            if publishing.correct(member, row, form.said()):
                messages.success(request, "L’activité est corrigée.")
            else:
                messages.info(request, "Cette activité venait d’être retirée.")
            return redirect("publications", row.siren)
        return _asked_again(request, form, {"card": found, "row": row})


def _read(
    service: Current, connection: duckdb.DuckDBPyConnection, asked: TradeForm
) -> list[tuple[str, str]]:
    """Return the trades read in what is typed, likeliest first: their code and name."""
    if not asked.is_valid():
        return []
    text: str = asked.cleaned_data["dit"]
    try:
        need = need_of(text, understand(text, service.reader), Conditions())
    except InvalidRequestError:
        asked.add_error("dit", "Aucun métier n’y est lu : dites-le avec d’autres mots.")
        return []
    codes = [wanted.code for wanted in need.trades]
    labels = labels_of(connection, codes)
    return [(code, _named(code, labels)) for code in codes]


def _named(code: str, labels: dict[str, str]) -> str:
    return f"{labels[code]} ({code})" if code in labels else code


def _places(found: Card) -> list[tuple[str, str]]:
    """Return the open establishments of an organisation: their SIRET, and where they are."""
    return [
        (
            each.siret,
            f"{each.commune or 'Lieu inconnu'} ({each.siret}{', siège' * each.is_head_office})",
        )
        for each in found.places
        if each.is_active
    ]


def _zone_names(connection: duckdb.DuckDBPyConnection, selectors: list[str]) -> dict[str, str]:
    """Return how a person would write each zone; one that the release holds no more stays a selector."""
    names = {}
    for selector in selectors:
        level, _, code = selector.partition(":")
        try:
            names[selector] = territory_at(connection, Level(level), code).name
        except EssorError:
            names[selector] = selector
    return names


def _asked_again(
    request: HttpRequest, form: ActivityForm, content: dict[str, object]
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, _PAGE, {**content, "form": form}, status=status)
