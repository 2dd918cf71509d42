"""What people fill in about their lists."""

from collections.abc import Iterable

from django import forms

from essor.site.forms import ThemedForm
from essor.site.lists.models import LIST_NAME_LENGTH, NOTE_LENGTH, OrganisationList

_NEW = ""


class NameForm(ThemedForm):
    """The name of a list."""

    nom = forms.CharField(label="Nom de la liste", max_length=LIST_NAME_LENGTH)


class NoteForm(ThemedForm):
    """A note on an organisation of a list."""

    note = forms.CharField(
        label="Note",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KeepForm(NoteForm):
    """In which list an organisation is kept: one that is there, or a new one."""

    liste = forms.ChoiceField(label="Dans la liste", required=False)
    nom = forms.CharField(
        label="Ou dans une nouvelle liste", required=False, max_length=LIST_NAME_LENGTH
    )
    field_order = ("liste", "nom", "note")

    def __init__(
        self, *arguments: object, lists: Iterable[OrganisationList], **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        held = [(str(each.pk), each.name) for each in lists]
        self.fields["liste"].choices = [*held, (_NEW, "Une nouvelle liste")]  # type: ignore[attr-defined]  # Django's

    def clean(self) -> dict[str, object]:
        """Ask for a list."""
        said = self.cleaned_data
        if "liste" in said and "nom" in said and not (said["liste"] or said["nom"]):
            self.add_error("nom", "Choisissez une liste, ou nommez-en une nouvelle.")
        return said


class FollowForm(NameForm):
    """Which employers of a territory are followed, in a list of that name."""

    siren = forms.MultipleChoiceField(
        label="Organisations",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins une organisation."},
    )

    def __init__(
        self, *arguments: object, employers: Iterable[tuple[str, str]], **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["siren"].choices = list(employers)  # type: ignore[attr-defined]  # Django's


class SharingForm(ThemedForm):
    """Whether the notes are read by whoever has the link."""

    notes = forms.BooleanField(label="Avec mes notes", required=False)
