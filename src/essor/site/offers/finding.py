"""Looking for what is published: offers and needs, with the same words, places and filters."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import EssorError
from essor.search.document import Kind
from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.needs.words import RESERVATIONS
from essor.site.offers.order import number_of
from essor.site.offers.words import Means
from essor.site.pages.directory import TerritoriesField, chosen_territories
from essor.site.pages.facets import from_first_page, linked
from essor.site.searching import Searched, searched

_SIZE = 20
_SHOWN = 8
"""Values of a facet that are shown."""
_LAST_PAGE = 500

_FORMS: Mapping[Kind, tuple[str, list[tuple[str, str]]]] = {
    Kind.OFFER: ("Moyen", list(Means.choices)),
    Kind.NEED: ("Marché réservé", list(RESERVATIONS)),
}
"""What each kind is sorted by, and its values."""


class FindingForm(ThemedForm):
    """What may be asked of what is published; nothing is required."""

    q = forms.CharField(label="Quoi", required=False, max_length=2_000)
    lieu = forms.CharField(label="Autour de", required=False, max_length=200)
    rayon = forms.FloatField(
        label="Dans un rayon de (km)", required=False, min_value=0, max_value=20_000
    )
    forme = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    naf = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)
    territoire = TerritoriesField(required=False, widget=forms.MultipleHiddenInput)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_PAGE, widget=forms.HiddenInput
    )

    def __init__(self, *arguments: object, kind: Kind, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._kind = kind
        field = cast("forms.MultipleChoiceField", self.fields["forme"])
        field.label, field.choices = _FORMS[kind]

    def searched(self) -> Searched:
        """Return the search that a valid form says."""
        said = self.cleaned_data
        return Searched(
            kind=self._kind,
            text=said["q"],
            place=said["lieu"],
            radius_km=said["rayon"],
            forms=tuple(said["forme"]),
            naf=tuple(said["naf"].upper().split()),
            territories=said["territoire"],
            page=said["page"] or 1,
            size=_SIZE,
        )


def found(
    request: HttpRequest,
    kind: Kind,
    page: str,
    rows: Callable[[Iterable[int]], Mapping[int, object]],
    running: int,
) -> HttpResponse:
    """Return the page of what answers, best first, the latest first when no word is said.

    `rows` reads those of these numbers that everybody may read at this very moment: what ended meanwhile
    is not shown. `running` is how many there are in all.
    """
    form = FindingForm(request.GET, kind=kind)
    content: dict[str, object] = {"form": form, "kind": kind, "running": running}
    if form.is_valid():
        try:
            content |= _answered(request, form, rows)
        except EssorError as fault:
            form.add_error("lieu" if form.cleaned_data["lieu"].strip() else "q", str(fault))
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, page, content, status=status)


def _answered(
    request: HttpRequest,
    form: FindingForm,
    rows: Callable[[Iterable[int]], Mapping[int, object]],
) -> dict[str, object]:
    service, asked = in_service(), form.searched()
    answered = searched(service, asked)
    hits = answered.page.hits
    held = rows([number_of(hit.document.id) for hit in hits])
    page = answered.page.number
    return {
        "found": answered.page,
        "note": answered.note,
        "hits": [
            (hit, row) for hit in hits if (row := held.get(number_of(hit.document.id))) is not None
        ],
        "facets": linked(answered.page.facets, request.GET, _SHOWN),
        "territories": chosen_territories(service, asked, request.GET),
        "rest": from_first_page(request.GET).urlencode(),
        "previous": page - 1,
        "next": page + 1,
    }
