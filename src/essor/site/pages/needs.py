"""Besoins: a need in plain words, what was understood of it, and who can answer, with reasons."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import InvalidRequestError
from essor.matching.asking import LONGEST
from essor.matching.match import Match
from essor.matching.reservation import Reserved
from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.pages.facets import from_first_page

_SHOWN = 10
_LAST_PAGE = 1_000

_RESERVED = [
    ("", "Non"),
    (Reserved.HANDICAP.value, "Handicap : EA et ESAT (L. 2113-12)"),
    (Reserved.INSERTION.value, "Insertion : SIAE (L. 2113-13)"),
    (Reserved.MIXTE.value, "Handicap et insertion (L. 2113-14)"),
    (Reserved.ESS.value, "Économie sociale et solidaire (L. 2113-15)"),
]

EXAMPLES = (
    "recyclage de fenêtres en fin de vie, 600 t par an",
    "conditionnement à façon de cosmétiques, 20 000 coffrets",
    "couture de vêtements de travail",
    "usinage de pièces en aluminium",
)


class TradesField(forms.Field):
    """The codes of the trades that somebody keeps of those that were read."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> tuple[str, ...]:
        """Return the codes."""
        return tuple(value or ())


class NeedForm(ThemedForm):
    """A need; only its text is required."""

    besoin = forms.CharField(
        label="De quoi avez-vous besoin ?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites en quelques mots ce qu’il faut."},
    )
    lieu = forms.CharField(label="Autour de", required=False, max_length=200)
    rayon = forms.FloatField(
        label="À tant de kilomètres au plus", required=False, min_value=0, max_value=20_000
    )
    reserve = forms.ChoiceField(
        label="Marché réservé",
        required=False,
        choices=_RESERVED,
    )
    quantite = forms.CharField(
        label="Quantité", required=False, max_length=100, help_text="Par exemple « 600 t/an »"
    )
    echeance = forms.DateField(
        label="Pour le", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    metier = TradesField(required=False)
    lu = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_PAGE, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, object]:
        """Refuse a need all of whose trades were let go."""
        said = super().clean() or self.cleaned_data
        if self._is_read(said) and not said.get("metier"):
            self.add_error("metier", "Gardez au moins un métier, ou changez le texte du besoin.")
        return said

    def asked(self) -> Asked:
        """Return the need that a valid form says; trades chosen of another text count for nothing."""
        said = self.cleaned_data
        return Asked(
            text=said["besoin"],
            place=said["lieu"],
            radius_km=said["rayon"],
            quantity=said["quantite"],
            deadline=said["echeance"],
            reserved=Reserved(said["reserve"]) if said["reserve"] else None,
            kept=said["metier"] if self._is_read(said) else (),
        )

    @property
    def reserve_label(self) -> str:
        """Return the words of the reservation chosen."""
        labels: dict[str, str] = dict(_RESERVED)
        return labels[self.cleaned_data["reserve"]]

    @staticmethod
    def _is_read(said: Mapping[str, object]) -> bool:
        """Return whether the trades offered were read in this very text."""
        return bool(said.get("lu")) and said.get("lu") == said.get("besoin")


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
