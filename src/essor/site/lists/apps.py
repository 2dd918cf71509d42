"""The application as Django knows it."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Organisations kept in named lists."""

    name = "essor.site.lists"
    label = "lists"
    verbose_name = "Listes"
