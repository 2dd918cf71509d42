"""What members fill in to publish in the name of an organisation."""

import duckdb
from django import forms
from django.utils import timezone

from essor.errors import EssorError
from essor.site.forms import ThemedForm
from essor.site.members.models.claim import REASON_LENGTH
from essor.site.offers.models import (
    EMAIL_LENGTH,
    LABEL_LENGTH,
    PLACE_LENGTH,
    SAID_LENGTH,
    TEXT_LENGTH,
    Offer,
)
from essor.site.offers.publishing import Offered
from essor.site.offers.remarks import Said
from essor.site.offers.words import Doubted, Fact, Means
from essor.territory.lookup import look_up

_DATE = {"type": "date"}
_FORMAT = "%Y-%m-%d"


class OfferForm(ThemedForm):
    """A means offered to others."""

    moyen = forms.ChoiceField(label="Ce que vous offrez", choices=Means.choices)
    titre = forms.CharField(label="Titre", max_length=LABEL_LENGTH)
    texte = forms.CharField(
        label="Description",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sans nom, adresse ni numéro de personne : tout le monde lit ce texte.",
    )
    lieu = forms.CharField(
        label="Où",
        max_length=PLACE_LENGTH,
        help_text="Une commune, ou un territoire plus large ; le reste va dans la description.",
    )
    debut = forms.DateField(
        label="À partir du", required=False, widget=forms.DateInput(_DATE, _FORMAT)
    )
    fin = forms.DateField(label="Jusqu’au", widget=forms.DateInput(_DATE, _FORMAT))

    def __init__(
        self, *arguments: object, connection: duckdb.DuckDBPyConnection, **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        self._connection = connection
        self._zone = ""

    def clean_lieu(self) -> str:
        """Refuse a place that the release does not know: nobody around would find the offer."""
        typed: str = self.cleaned_data["lieu"]
        self._zone = selector(self._connection, typed)
        return typed

    def clean(self) -> dict[str, object]:
        """Refuse an offer that is over, or that ends before it begins."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("debut"), said.get("fin")
        if last and last < timezone.localdate():
            self.add_error("fin", "Ce jour est passé.")
        elif first and last and last < first:
            self.add_error("fin", "L’offre finirait avant de commencer.")
        return said

    def said(self) -> Offered:
        """Return the offer that a valid form says."""
        said = self.cleaned_data
        return Offered(
            means=said["moyen"],
            title=said["titre"],
            text=said["texte"],
            place=said["lieu"],
            starts_on=said["debut"],
            ends_on=said["fin"],
            zone=self._zone,
        )


def filled_offer(row: Offer) -> dict[str, object]:
    """Return an offer as its form holds it."""
    return {
        "moyen": row.means,
        "titre": row.title,
        "texte": row.text,
        "lieu": row.place,
        "debut": row.starts_on,
        "fin": row.ends_on,
    }


class CorrectionForm(ThemedForm):
    """A fact of the register said otherwise."""

    fait = forms.ChoiceField(label="Ce qui est à corriger", choices=Fact.choices)
    valeur = forms.CharField(label="Ce qu’il faut lire", max_length=SAID_LENGTH)
    explication = forms.CharField(
        label="Ce qui le montre",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Seuls les modérateurs le lisent.",
    )


class RemarkForm(ThemedForm):
    """An error that a visitor finds on a card; `site` is a trap: no person sees it, programs fill it in."""

    fait = forms.ChoiceField(label="Ce qui est faux", choices=Doubted.choices)
    valeur = forms.CharField(label="Ce qu’il faut lire", max_length=SAID_LENGTH)
    source = forms.CharField(
        label="Où cela se vérifie",
        max_length=SAID_LENGTH,
        help_text="Une page publique, un document, un avis paru au journal officiel…",
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique, si vous voulez une réponse",
        required=False,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Elle ne sert qu’à cette réponse, puis elle est effacée.",
    )
    site = forms.CharField(
        label="Laissez ceci vide",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def is_trapped(self) -> bool:
        """Return whether what no person sees was filled in."""
        return bool(self.data.get("site"))

    def said(self) -> Said:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Said(Doubted(said["fait"]), said["valeur"], said["source"], said["courriel"])


class ReportForm(ThemedForm):
    """Why a publication is reported."""

    motif = forms.CharField(
        label="Qu’est-ce qui ne va pas ?",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HidingForm(ThemedForm):
    """Whether a publication is hidden, and why."""

    motif = forms.CharField(label="Motif", required=False, max_length=REASON_LENGTH)
    decision = forms.ChoiceField(choices=[("masquer", "Masquer"), ("garder", "Garder")])

    def clean(self) -> dict[str, object]:
        """Ask the reason of what is hidden."""
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "masquer" and not said.get("motif"):
            self.add_error("motif", "Dites pourquoi : l’auteur le lira.")
        return said


def selector(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the selector of the territory typed.

    Raises:
        ValidationError: the release knows none of that name, or several.
    """
    try:
        return look_up(connection, name).territory.selector
    except EssorError as error:
        raise forms.ValidationError(str(error)) from error
