"""The journal: who did what, to what, when. The database itself refuses that an entry be changed."""

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """One row a deed. It names nobody: it holds the number of a member, who may be gone since."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    """None: a command of whoever runs the site."""
    deed = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    """« claim:12 », « member:3 », « organisation:999000017 »."""
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
