"""Besoins: a need in plain words, what was understood of it, and who can answer, with reasons."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.matching.asking import LONGEST
from essor.matching.reservation import Reserved
from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.forms import ThemedForm

_SHOWN = 10

EXAMPLES = (
    "recyclage de fenêtres en fin de vie, 600 t par an",
    "conditionnement à façon de cosmétiques, 20 000 coffrets",
    "couture de vêtements de travail",
    "usinage de pièces en aluminium",
)


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
        choices=[
            ("", "Non"),
            (Reserved.HANDICAP.value, "Handicap : EA et ESAT (L. 2113-12)"),
            (Reserved.INSERTION.value, "Insertion : SIAE (L. 2113-13)"),
            (Reserved.MIXTE.value, "Handicap et insertion (L. 2113-14)"),
            (Reserved.ESS.value, "Économie sociale et solidaire (L. 2113-15)"),
        ],
    )
    quantite = forms.CharField(
        label="Quantité", required=False, max_length=100, help_text="Par exemple « 600 t/an »"
    )
    echeance = forms.DateField(
        label="Pour le", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def asked(self) -> Asked:
        """Return the need that a valid form says."""
        said = self.cleaned_data
        return Asked(
            text=said["besoin"],
            place=said["lieu"],
            radius_km=said["rayon"],
            quantity=said["quantite"],
            deadline=said["echeance"],
            reserved=Reserved(said["reserve"]) if said["reserve"] else None,
        )


def needs(request: HttpRequest) -> HttpResponse:
    """Return the form, and the answers once a need is said."""
    form = NeedForm(request.GET if "besoin" in request.GET else None)
    content: dict[str, object] = {"form": form, "examples": EXAMPLES}
    if form.is_bound and form.is_valid():
        found = answered(in_service(), form.asked())
        content |= {"found": found, "shown": found.matches[:_SHOWN]}
    return render(request, "essor/needs.html", content)
