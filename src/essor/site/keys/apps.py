"""The application as Django knows it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Keys of the API."""

    name = "essor.site.keys"
    label = "keys"
    verbose_name = "Clés de l’API"
