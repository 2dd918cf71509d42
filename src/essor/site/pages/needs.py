"""Besoins: a need in plain words, what was understood of it, and who can answer, with reasons."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import InvalidRequestError
from essor.matching.match import Match
from essor.site.asking import answered
from essor.site.current import in_service
from essor.site.needs.question import NeedForm
from essor.site.pages.facets import from_first_page
from essor.site.scripted import scripted

_SHOWN = 10

EXAMPLES = (
    "recyclage de fenêtres en fin de vie, 600 t par an",
    "conditionnement à façon de cosmétiques, 20 000 coffrets",
    "couture de vêtements de travail",
    "usinage de pièces en aluminium",
)


@scripted
def needs(request: HttpRequest) -> HttpResponse:
    """Return the form, and the answers once a need is said."""
    form = NeedForm(request.GET if "besoin" in request.GET else None)
    content: dict[str, object] = {"form": form, "examples": EXAMPLES}
    if form.is_bound and form.is_valid():
        try:
            told = answered(in_service(), form.asked())
        except InvalidRequestError as fault:
            # What was typed stays there, to be corrected.
            form.add_error("besoin", str(fault))
            return render(
                request, "essor/needs.html", content, status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        content |= {"found": told.answer, "trades": told.trades}
        content |= _page(told.answer.matches, form.cleaned_data["page"] or 1)
        content["rest"] = from_first_page(request.GET).urlencode()
    return render(request, "essor/needs.html", content)


def _page(matches: Sequence[Match], asked: int) -> dict[str, object]:
    """Return a page of the answers, the last when there are fewer; `start` is the rank before its first."""
    pages = max(1, -(-len(matches) // _SHOWN))
    number = min(asked, pages)
    start = (number - 1) * _SHOWN
    shown = matches[start : start + _SHOWN]
    return {"shown": shown, "start": start, "number": number, "pages": pages} | {
        "previous": number - 1,
        "next": number + 1,
    }
