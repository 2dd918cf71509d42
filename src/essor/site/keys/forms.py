"""What a member says of a key."""

from django import forms

from essor.site.forms import ThemedForm
from essor.site.keys.models import KEY_NAME_LENGTH


class KeyForm(ThemedForm):
    """The program that will bear the key."""

    nom = forms.CharField(
        label="Nom du programme qui s’en servira",
        max_length=KEY_NAME_LENGTH,
        help_text="Par exemple « Extranet des achats ».",
    )
