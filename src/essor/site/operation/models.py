"""What the timers did last."""

from django.db import models

NAME_LENGTH = 32


class Round(models.Model):
    """One row a task of a timer, when it last went to its end."""

    name = models.CharField(max_length=NAME_LENGTH, primary_key=True)
    ended_at = models.DateTimeField()
