"""The question: what a person fills in to say a need, whether she asks it or publishes it."""

from collections.abc import Mapping

from django import forms

from essor.matching.asking import LONGEST
from essor.matching.reservation import Reserved
from essor.site.asking import Asked
from essor.site.forms import ThemedForm
from essor.site.needs.words import RESERVATIONS

_LAST_PAGE = 1_000


class TradesField(forms.Field):
    """The codes of the trades that somebody keeps of those that were read."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> tuple[str, ...]:
        """Return the codes."""
        return tuple(value or ())


class KilometresField(forms.FloatField):
    """A distance, written without the tenths that it has not."""

    def prepare_value(self, value: object) -> object:
        """Return what the box holds."""
        return int(value) if isinstance(value, float) and value.is_integer() else value


class NeedForm(ThemedForm):
    """A need; only its text is required."""

    besoin = forms.CharField(
        label="De quoi avez-vous besoin ?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites en quelques mots ce qu’il faut."},
    )
    lieu = forms.CharField(label="Autour de", required=False, max_length=200)
    rayon = KilometresField(
        label="À tant de kilomètres au plus", required=False, min_value=0, max_value=20_000
    )
    reserve = forms.ChoiceField(
        label="Marché réservé",
        required=False,
        choices=[("", "Non"), *RESERVATIONS],
    )
    quantite = forms.CharField(
        label="Quantité", required=False, max_length=100, help_text="Par exemple « 600 t/an »"
    )
    echeance = forms.DateField(
        label="Pour le", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
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
        labels: dict[str, str] = dict(RESERVATIONS)
        return labels[self.cleaned_data["reserve"]]

    @staticmethod
    def _is_read(said: Mapping[str, object]) -> bool:
        """Return whether the trades offered were read in this very text."""
        return bool(said.get("lu")) and said.get("lu") == said.get("besoin")
