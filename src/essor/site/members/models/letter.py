"""A message to be sent: it waits here until the mail server has taken it."""

from typing import ClassVar

from django.db import models

from essor.site.members.models.member import EMAIL_LENGTH

SUBJECT_LENGTH = 250
FAULT_LENGTH = 300


class Letter(models.Model):
    """One row a message not yet taken by the mail server; taken, it is deleted."""

    recipient = models.EmailField(max_length=EMAIL_LENGTH)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField()
    """Before it, whoever tried last may still be sending."""
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=FAULT_LENGTH, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at", "id"]
