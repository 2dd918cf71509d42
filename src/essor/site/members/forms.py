"""What a person fills in about herself and her organisations."""

from django import forms
from django.http import HttpRequest

from essor.site.forms import ThemedForm
from essor.site.members.models.claim import PROOF_LENGTH, REASON_LENGTH
from essor.site.members.models.member import EMAIL_LENGTH, NAME_LENGTH, Member
from essor.site.members.permissions import OrganisationRole

_PROOF_AT_LEAST = 20


class NamedForm(forms.Form):
    """What is asked beside an address to open an account; allauth's own forms derive from it."""

    name = forms.CharField(
        label="Votre nom",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email")

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"]
        user.save()


class ClaimForm(ThemedForm):
    """« C’est mon organisation »: as what, and what proves it."""

    role = forms.ChoiceField(
        label="Vous y êtes",
        choices=[
            (OrganisationRole.MANAGER.value, "Responsable : vous parlerez pour elle"),
            (OrganisationRole.MEMBER.value, "Membre : vous y travaillez"),
        ],
    )
    preuve = forms.CharField(
        label="Ce qui le montre",
        min_length=_PROOF_AT_LEAST,
        max_length=PROOF_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=(
            "Votre fonction, une page publique où elle se lit, un numéro où vous joindre… "
            "Seuls les modérateurs le lisent."
        ),
    )


class DecisionForm(ThemedForm):
    """What a moderator decides of a claim."""

    motif = forms.CharField(
        label="Motif du refus",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé pour refuser : la personne le lira.",
    )
    decision = forms.ChoiceField(choices=[("accepter", "Accepter"), ("refuser", "Refuser")])

    def clean(self) -> dict[str, object]:
        """Ask the reason of a refusal."""
        said = self.cleaned_data
        if said.get("decision") == "refuser" and not said.get("motif"):
            self.add_error("motif", "Dites pourquoi la demande est refusée.")
        return said


class DeletionForm(ThemedForm):
    """The confirmation that an account is to be deleted: its address, typed again."""

    adresse = forms.EmailField(
        label="Votre adresse électronique, pour confirmer", max_length=EMAIL_LENGTH
    )

    def __init__(self, *arguments: object, email: str, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._email = email

    def clean_adresse(self) -> str:
        """Return the address typed, when it is that of the account."""
        typed: str = self.cleaned_data["adresse"]
        if typed.lower() != self._email.lower():
            raise forms.ValidationError("Ce n’est pas l’adresse de ce compte.")
        return typed
