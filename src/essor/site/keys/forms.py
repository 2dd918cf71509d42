"""What a member says of a key."""

from django import forms

from essor.site.forms import ThemedForm
from essor.site.keys.keeping import LASTING, LASTINGS
from essor.site.keys.models import KEY_NAME_LENGTH, Scope


class KeyForm(ThemedForm):
    """The program that will bear the key."""

    nom = forms.CharField(
        label="Nom du programme qui s’en servira",
        max_length=KEY_NAME_LENGTH,
        help_text="Par exemple « Extranet des achats ».",
    )
    portee = forms.TypedChoiceField(
        label="Ce qu’il fera",
        coerce=Scope,
        choices=[
            (Scope.READ.value, "Lire, plus souvent que sans clé"),
            (Scope.WRITE.value, "Lire, et publier des besoins en votre nom"),
        ],
        help_text="Le moins qui suffise : une clé perdue ne fait que ce qu’elle ouvre.",
    )
    duree = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[(days, f"{days} jours") for days in LASTINGS],
        initial=LASTING,
        required=False,
        help_text="Passé ce temps, elle n’ouvre plus rien : faites-en une autre avant.",
    )
