"""The application as Django knows it."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs published, and what comes of them."""

    name = "essor.site.needs"
    label = "needs"
    verbose_name = "Besoins"
