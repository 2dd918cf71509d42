"""The letters that wait for the mail server: how many, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone

from essor.site.members.models.letter import Letter


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many letters wait, and for how long the oldest has."""

    letters: int
    oldest: timedelta


def backlog() -> Backlog:
    """Return what waits, in one query."""
    found = Letter.objects.aggregate(letters=Count("pk"), since=Min("written_at"))
    since = found["since"]
    return Backlog(found["letters"], timezone.now() - since if since else timedelta())
