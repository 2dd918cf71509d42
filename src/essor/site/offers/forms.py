"""What members fill in to publish in the name of an organisation."""

from collections.abc import Iterable, Mapping
from typing import cast

import duckdb
from django import forms
from django.utils import timezone

from essor.errors import EssorError
from essor.language.quantities import quantities_of
from essor.matching.activity import ReachKind
from essor.site.forms import ThemedForm
from essor.site.members.models.claim import REASON_LENGTH
from essor.site.offers.models import (
    LABEL_LENGTH,
    PLACE_LENGTH,
    SAID_LENGTH,
    TEXT_LENGTH,
    DeclaredActivity,
    Offer,
)
from essor.site.offers.publishing import Declared, Offered
from essor.site.offers.words import PRESENCES, REACHES, Fact, Means
from essor.territory.lookup import look_up

ZONES_AT_MOST = 20
_DATE = {"type": "date"}
_FORMAT = "%Y-%m-%d"


class TradeForm(ThemedForm):
    """What the organisation does, in plain words; trades are read in it."""

    dit = forms.CharField(
        label="Que faites-vous ?",
        max_length=500,
        help_text="En mots simples, par exemple « couture de vêtements de travail ».",
        error_messages={"required": "Dites en quelques mots ce que vous faites."},
    )


class ActivityForm(ThemedForm):
    """An activity, whose trades are chosen among those that were read."""

    metiers = forms.MultipleChoiceField(
        label="Métiers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins un métier."},
    )
    siret = forms.ChoiceField(label="À quel établissement")
    libelle = forms.CharField(label="Comment vous l’appelez", max_length=LABEL_LENGTH)
    presence = forms.MultipleChoiceField(
        label="Sous quelle forme",
        required=False,
        choices=PRESENCES,
        widget=forms.CheckboxSelectMultiple,
    )
    portee = forms.ChoiceField(label="Jusqu’où", choices=REACHES)
    rayon = forms.FloatField(
        label="À tant de kilomètres", required=False, min_value=1, max_value=2_000
    )
    territoires = forms.CharField(
        label="Territoires",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un par ligne : commune, intercommunalité, département ou région.",
    )
    capacite = forms.CharField(
        label="Ce que vous pouvez faire",
        required=False,
        max_length=SAID_LENGTH,
        help_text="Des quantités, leur unité et leur période, par exemple « 600 t/an, 12 ETP ».",
    )
    certificats = forms.CharField(
        label="Certificats",
        required=False,
        max_length=1_000,
        help_text="Séparés par des virgules, par exemple « ISO 9001, Qualiopi ».",
    )
    sans_certificat = forms.BooleanField(label="Aucun certificat", required=False)
    disponible = forms.DateField(
        label="Disponible à partir du", required=False, widget=forms.DateInput(_DATE, _FORMAT)
    )

    def __init__(
        self,
        *arguments: object,
        trades: Iterable[tuple[str, str]],
        places: Iterable[tuple[str, str]],
        connection: duckdb.DuckDBPyConnection,
        **options: object,
    ) -> None:
        super().__init__(*arguments, **options)
        cast("forms.ChoiceField", self.fields["metiers"]).choices = list(trades)
        cast("forms.ChoiceField", self.fields["siret"]).choices = list(places)
        self._connection = connection

    def clean_capacite(self) -> str:
        """Refuse a capacity in which no quantity is read."""
        typed: str = self.cleaned_data["capacite"]
        if typed and not quantities_of(typed):
            raise forms.ValidationError(
                "Aucune quantité n’y est lue : écrivez un nombre et son unité, par exemple « 600 t/an »."
            )
        return typed

    def clean_territoires(self) -> tuple[str, ...]:
        """Return the selectors of the territories typed."""
        typed: str = self.cleaned_data["territoires"]
        names = [name.strip() for name in typed.splitlines() if name.strip()]
        if len(names) > ZONES_AT_MOST:
            raise forms.ValidationError(f"Au plus {ZONES_AT_MOST} territoires.")
        return tuple(dict.fromkeys(self._selector(name) for name in names))

    def clean(self) -> dict[str, object]:
        """Ask what the reach chosen needs."""
        said = super().clean() or self.cleaned_data
        if said.get("portee") == ReachKind.RADIUS and not (said.get("rayon") or self.errors):
            self.add_error("rayon", "Dites à combien de kilomètres.")
        if said.get("portee") == ReachKind.ZONES and not (said.get("territoires") or self.errors):
            self.add_error("territoires", "Dites dans quels territoires.")
        if said.get("sans_certificat") and said.get("certificats"):
            self.add_error("certificats", "Videz cette ligne, ou décochez « Aucun certificat ».")
        return said

    def said(self) -> Declared:
        """Return the activity that a valid form says."""
        said = self.cleaned_data
        reach = said["portee"]
        names = tuple(filter(None, (each.strip() for each in said["certificats"].split(","))))
        return Declared(
            siret=said["siret"],
            trades=tuple(said["metiers"]),
            label=said["libelle"],
            presence=tuple(said["presence"]),
            reach=reach,
            radius_km=said["rayon"] if reach == ReachKind.RADIUS else None,
            zones=said["territoires"] if reach == ReachKind.ZONES else (),
            capacity=said["capacite"],
            certificates=names if names or said["sans_certificat"] else None,
            available_from=said["disponible"],
        )

    def _selector(self, name: str) -> str:
        try:
            found = look_up(self._connection, name).territory
        except EssorError as error:
            raise forms.ValidationError(str(error)) from error
        return f"{found.level.value}:{found.code}"


def filled(row: DeclaredActivity, names: Mapping[str, str]) -> dict[str, object]:
    """Return an activity as its form holds it; `names` are those of its zones, by selector."""
    return {
        "metiers": row.trades,
        "siret": row.siret,
        "libelle": row.label,
        "presence": row.presence,
        "portee": row.reach,
        "rayon": row.radius_km,
        "territoires": "\n".join(names[each] for each in row.zones),
        "capacite": row.capacity,
        "certificats": ", ".join(row.certificates or ()),
        "sans_certificat": row.certificates == [],
        "disponible": row.available_from,
    }


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
    lieu = forms.CharField(label="Où", max_length=PLACE_LENGTH)
    debut = forms.DateField(
        label="À partir du", required=False, widget=forms.DateInput(_DATE, _FORMAT)
    )
    fin = forms.DateField(label="Jusqu’au", widget=forms.DateInput(_DATE, _FORMAT))

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
