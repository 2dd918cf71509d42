"""The application as Django knows it."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """What organisations publish of themselves."""

    name = "essor.site.offers"
    label = "offers"
    verbose_name = "Publications"
