"""The journal: who did what, to what, when. An entry is never changed, nor deleted one by one.

The database itself refuses a change (a trigger). A deletion is refused here: no trigger does, for
retention and the restoration of a backup delete entries, and say so where they do.
"""

from typing import ClassVar, NoReturn

from django.db import models

_KEPT = "an entry of the journal is neither changed nor deleted"


class JournalEntries(models.QuerySet["JournalEntry"]):
    """Entries to be read or added to, and nothing else."""

    def update(self, **_: object) -> NoReturn:
        """Refuse."""
        raise TypeError(_KEPT)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError(_KEPT)

    def bulk_update(self, *arguments: object, **options: object) -> NoReturn:
        """Refuse."""
        raise TypeError(_KEPT)


class JournalEntry(models.Model):
    """One row a deed. It names nobody: it holds the number of a member, who may be gone since."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    """None: a command of whoever runs the site."""
    deed = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    """« claim:12 », « member:3 », « organisation:999000017 »."""
    detail = models.CharField(max_length=200, blank=True)

    objects = JournalEntries.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def save(self, **options: object) -> None:
        """Write a new entry.

        Raises:
            TypeError: it is written already.
        """
        if not self._state.adding:
            raise TypeError(_KEPT)
        super().save(**options | {"force_insert": True})  # type: ignore[arg-type]  # as Django's

    def delete(self, *arguments: object, **options: object) -> NoReturn:
        """Refuse."""
        raise TypeError(_KEPT)
