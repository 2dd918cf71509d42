"""The application as Django knows it."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members, and all that is theirs."""

    name = "essor.site.members"
    label = "members"
    verbose_name = "Membres"
