"""Annuaire: search with facets, whose address can be shared."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.perimeter.families import Family
from essor.search.query import STATUSES
from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.searching import Searched, searched

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
    tous = forms.BooleanField(label="Aussi hors de l’ESS", required=False)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_PAGE, widget=forms.HiddenInput
    )

    def searched(self) -> Searched:
        """Return the search that a valid form says."""
        said = self.cleaned_data
        return Searched(
            text=said["q"],
            place=said["lieu"],
            radius_km=said["rayon"],
            statuses=tuple(said["statut"]),
            families=tuple(Family(each) for each in said["famille"]),
            naf=tuple(said["naf"].upper().split()),
            everybody=said["tous"],
            page=said["page"] or 1,
            size=_SIZE,
        )


def directory(request: HttpRequest) -> HttpResponse:
    """Return the structures that answer, best first, each with its reasons."""
    form = DirectoryForm(request.GET)
    content: dict[str, object] = {"form": form, "rest": _rest(request)}
    if form.is_valid():
        answered = searched(in_service(), form.searched())
        number = answered.page.number
        content |= {"found": answered.page, "query": answered.query, "note": answered.note}
        content |= {"previous": number - 1, "next": number + 1}
    return render(request, "essor/directory.html", content)


def _rest(request: HttpRequest) -> str:
    """Return the query string without its page, for the links to the other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
