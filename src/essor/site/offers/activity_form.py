"""What members fill in to declare an activity of an organisation."""

from collections.abc import Iterable, Mapping
from typing import cast

import duckdb
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from essor.language.quantities import quantities_of
from essor.matching.activity import ReachKind
from essor.site.forms import ThemedForm
from essor.site.offers.forms import selector
from essor.site.offers.models import LABEL_LENGTH, SAID_LENGTH, DeclaredActivity
from essor.site.offers.publishing import Declared
from essor.site.offers.words import PRESENCES, REACHES

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
    """An activity, whose trades are chosen among those that were read; more are looked for by words."""

    metiers = forms.MultipleChoiceField(
        label="Métiers",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins un métier."},
    )
    autre_metier = forms.CharField(
        label="Ajouter un métier",
        required=False,
        max_length=500,
        help_text="En mots simples, ou par son code, par exemple « 25.62B ».",
    )
    cherche = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
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
        return tuple(dict.fromkeys(selector(self._connection, name) for name in names))

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


def typed(data: QueryDict) -> dict[str, object]:
    """Return what was typed in the form, to be shown again before it is judged."""
    said = {
        name: field.widget.value_from_datadict(data, MultiValueDict(), name)
        for name, field in ActivityForm.base_fields.items()
    }
    return {**said, "cherche": said["autre_metier"]}


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
