"""What people fill in about a need once it is said: to whom it goes, what they answer, what came of it."""

from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from django import forms

from essor.errors import AmbiguousTerritoryError, EssorError, UnknownTerritoryError
from essor.site.forms import ThemedForm
from essor.site.members.models.claim import REASON_LENGTH
from essor.site.needs.closing import Told
from essor.site.needs.exchanges import Reply
from essor.site.needs.models import Exchange, Posting
from essor.site.needs.models.exchange import MESSAGE_LENGTH
from essor.site.needs.models.outcome import LEAST, MOST
from essor.site.needs.publishing import Said
from essor.site.needs.question import NeedForm
from essor.site.needs.recorded import asked_of
from essor.site.needs.words import Amount, Hindrance, Refusing, Result, Stance, Visibility

_BUYER_RESULTS = (
    (Result.CONCLUDED.value, "Oui, avec une organisation trouvée ici"),
    (Result.ELSEWHERE.value, "Oui, mais avec une organisation trouvée ailleurs"),
    (Result.NOTHING.value, "Non"),
)
_SUPPLIER_RESULTS = (
    (Result.CONCLUDED.value, "Oui, nous avons conclu"),
    (Result.NOTHING.value, "Non, rien n’est conclu"),
)
_MARKS = (
    ("", "Sans avis"),
    ("5", "5 : tout à fait"),
    ("4", "4"),
    ("3", "3"),
    ("2", "2"),
    ("1", "1 : pas du tout"),
)
_UNSAID = [("", "Non précisé")]


class PostingForm(NeedForm):
    """A need to be kept: for whom, and who reads it."""

    pour = forms.ChoiceField(label="Pour", required=False)
    visibilite = forms.ChoiceField(
        label="Qui le lit",
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.PUBLIC.value,
    )
    jeton = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *arguments: object, organisations: Mapping[str, str], **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        pour = cast("forms.ChoiceField", self.fields["pour"])
        pour.choices = [("", "Moi-même, sans nommer d’organisation"), *organisations.items()]

    def said(self) -> Said:
        """Return what a valid form says."""
        given = self.cleaned_data
        return Said(self.asked(), Visibility(given["visibilite"]), given["pour"])

    def reproach(self, fault: EssorError) -> None:
        """Show a fault of the need beside what it is about."""
        is_of_place = isinstance(fault, UnknownTerritoryError | AmbiguousTerritoryError)
        self.add_error("lieu" if is_of_place else "besoin", str(fault))


def as_posted(posting: Posting) -> dict[str, object]:
    """Return what the form of a need holds when its author comes back to it."""
    asked = asked_of(posting)
    return {
        "besoin": asked.text,
        "lieu": asked.place,
        "rayon": asked.radius_km,
        "reserve": posting.reserved,
        "quantite": asked.quantity,
        "echeance": asked.deadline,
        "pour": posting.siren,
        "visibilite": posting.visibility,
        "version": posting.version,
    }


class MessageForm(ThemedForm):
    """A message to the other side."""

    texte = forms.CharField(
        label="Votre message",
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez votre message."},
    )
    jeton = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ReplyForm(ThemedForm):
    """What an organisation answers to a need."""

    message = forms.CharField(
        label="Votre message à l’acheteur",
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce que vous savez faire, vos délais, une question… Facultatif.",
    )
    motif = forms.ChoiceField(
        label="Pourquoi", required=False, choices=[("", "Choisir…"), *Refusing.choices]
    )
    precision = forms.CharField(
        label="Précisez si vous voulez",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="L’acheteur le lira. Demandé pour « Autre raison ».",
    )
    reponse = forms.ChoiceField(choices=Stance.choices[1:])

    def clean(self) -> dict[str, object]:
        """Ask the reason of a refusal."""
        said = self.cleaned_data
        if said.get("reponse") == Stance.REFUSED.value:
            if not said.get("motif"):
                self.add_error("motif", "Dites pourquoi : l’acheteur cherchera mieux.")
            if said.get("motif") == Refusing.OTHER.value and not said.get("precision"):
                self.add_error("precision", "Dites laquelle en quelques mots.")
        return said

    def said(self) -> Reply:
        """Return the reply that a valid form says."""
        given = self.cleaned_data
        if given["reponse"] == Stance.INTERESTED.value:
            return Reply(Stance.INTERESTED, given["message"])
        return Reply(Stance.REFUSED, given["precision"], Refusing(given["motif"]))


class OutcomeForm(ThemedForm):
    """What came of a need, as an organisation tells it."""

    resultat = forms.ChoiceField(
        label="Avez-vous conclu ?", choices=_SUPPLIER_RESULTS, widget=forms.RadioSelect
    )
    montant = forms.ChoiceField(
        label="Pour quel montant, hors taxe", required=False, choices=_UNSAID + Amount.choices
    )
    obstacle = forms.ChoiceField(
        label="Si rien n’est conclu, pourquoi",
        required=False,
        choices=_UNSAID + Hindrance.choices,
    )
    satisfaction = forms.TypedChoiceField(
        label="Essor vous a-t-il été utile ?",
        required=False,
        choices=_MARKS,
        coerce=int,
        empty_value=None,
        help_text=f"De {LEAST} à {MOST}. L’autre partie ne le lit pas.",
    )
    commentaire = forms.CharField(
        label="Un mot de plus",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="L’autre partie le lira.",
    )

    def clean(self) -> dict[str, object]:
        """Ask why nothing was concluded."""
        said = self.cleaned_data
        if said.get("resultat") == Result.NOTHING.value and not said.get("obstacle"):
            self.add_error("obstacle", "Dites ce qui a manqué : cela aide les suivants.")
        return said

    def told(self) -> Told:
        """Return what a valid form tells; a sum without a deal, or a reason with one, counts for nothing."""
        given = self.cleaned_data
        result = Result(given["resultat"])
        is_nothing = result is Result.NOTHING
        return Told(
            result=result,
            amount=Amount(given["montant"]) if given["montant"] and not is_nothing else None,
            hindrance=Hindrance(given["obstacle"]) if is_nothing else None,
            satisfaction=given["satisfaction"],
            comment=given["commentaire"],
        )


class ClosingForm(OutcomeForm):
    """What came of a need, as its buyer tells it: with whom, among those that answered."""

    resultat = forms.ChoiceField(
        label="Avez-vous trouvé ?", choices=_BUYER_RESULTS, widget=forms.RadioSelect
    )
    retenues = forms.MultipleChoiceField(
        label="Avec qui", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("resultat", "retenues")

    def __init__(self, *arguments: object, exchanges: list[Exchange], **options: object) -> None:
        super().__init__(*arguments, **options)
        retained = cast("forms.ChoiceField", self.fields["retenues"])
        retained.choices = [(each.siren, each.organisation) for each in exchanges]

    def clean(self) -> dict[str, object]:
        """Ask who was retained when somebody was, and nobody otherwise."""
        said = super().clean()
        is_here = said.get("resultat") == Result.CONCLUDED.value
        if is_here and not said.get("retenues"):
            self.add_error("retenues", "Dites avec quelle organisation, parmi celles d’ici.")
        elif not is_here and said.get("retenues"):
            self.add_error("retenues", "Décochez-les : vous dites n’avoir conclu avec aucune.")
        return said


class ReasonForm(ThemedForm):
    """A reason: of a report, of a need that is hidden."""

    motif = forms.CharField(
        label="Motif",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi."},
    )
