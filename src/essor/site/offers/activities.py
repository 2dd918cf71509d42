"""The pages where an activity is declared and corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

import duckdb
from django import forms
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
from essor.site.offers.activity_form import ActivityForm, TradeForm, filled, typed
from essor.site.offers.models import DeclaredActivity
from essor.site.offers.trades import Named, named, offered, sought
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
        looked = _Looked(service, connection, found, [code for code, _ in trades])
        first = {"metiers": [trades[0][0]], "libelle": asked.cleaned_data["dit"]}
        form = _form(request, looked, first)
        content |= _told(request, looked, form)
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
        looked = _Looked(service, connection, found, row.trades)
        form = _form(request, looked, filled(row, _zone_names(connection, row.zones)))
        if form.is_valid():
            if publishing.correct(member, row, form.said()):
                messages.success(request, "L’activité est corrigée.")
            else:
                messages.info(request, "Cette activité venait d’être retirée.")
            return redirect("publications", row.siren)
        content = {"card": found, "row": row, **_told(request, looked, form)}
        return _asked_again(request, form, content)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the form of an activity is made of: whose it is, and the trades that it has already."""

    service: Current
    connection: duckdb.DuckDBPyConnection
    card: Card
    trades: Sequence[str]


def _form(request: HttpRequest, looked: _Looked, initial: dict[str, object]) -> ActivityForm:
    """Return the form as it is to be judged, or shown: first filled, or again with the trades looked for."""
    is_looking = sought(request.POST).is_asked
    return ActivityForm(
        None if is_looking else request.POST or None,
        initial=typed(request.POST) if is_looking else initial,
        trades=offered(looked.service, looked.connection, looked.trades, request.POST),
        places=_places(looked.card),
        connection=looked.connection,
    )


def _told(request: HttpRequest, looked: _Looked, form: ActivityForm) -> dict[str, object]:
    """Return what the page says of the trade looked for: the words, and whether some more trade is offered."""
    before = {*looked.trades, *request.POST.getlist("metiers")}
    choices = cast("forms.ChoiceField", form.fields["metiers"]).choices
    return {
        "sought": sought(request.POST),
        "is_found": any(code not in before for code, _ in cast("list[Named]", choices)),
    }


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
    return [(code, named(code, labels)) for code in codes]


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
