"""The rounds of the timers: each task says that it went to its end, and is expected again."""

from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from essor.site.operation.models import Round


class Task(Enum):
    """A task that a timer runs: its name, the longest it may be silent, what runs it."""

    MAIL = ("mail", timedelta(minutes=30), "essor members mail")
    DIGEST = ("digest", timedelta(days=2), "essor members digest")
    TIDY = ("tidy", timedelta(days=2), "essor members tidy")
    BACKUP = ("backup", timedelta(days=2), "essor backup")

    @property
    def label(self) -> str:
        """Return its name in the database."""
        return self.value[0]

    @property
    def silence(self) -> timedelta:
        """Return how long it may go without ending."""
        return self.value[1]

    @property
    def command(self) -> str:
        """Return the command that its timer runs."""
        return self.value[2]


def ended(task: Task) -> None:
    """Note that a task went to its end just now."""
    Round.objects.update_or_create(name=task.label, defaults={"ended_at": timezone.now()})


def last_ends() -> dict[Task, datetime]:
    """Return when each task last ended; one that never did is not there."""
    held = dict(Round.objects.values_list("name", "ended_at"))
    return {task: held[task.label] for task in Task if task.label in held}
