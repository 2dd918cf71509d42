"""The application as Django knows it."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """What whoever runs the site needs to know of it."""

    name = "essor.site.operation"
    label = "operation"
    verbose_name = "Exploitation"
