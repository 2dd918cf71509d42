"""What is written in the journal, and what an administrator reads there."""

from django.db.models import QuerySet

from essor.site.members.models.journal import JournalEntry

_DEED_WORDS = {
    "claim.made": "a revendiqué une organisation",
    "claim.accepted": "a accepté une demande",
    "claim.refused": "a refusé une demande",
    "claim.withdrawn": "a retiré sa demande",
    "membership.ended": "a mis fin à une appartenance",
    "role.given": "a confié un rôle",
    "role.taken": "a retiré un rôle",
    "data.exported": "a exporté ses données",
    "account.deleted": "a supprimé son compte",
}
"""Every deed that the site notes, in words."""


def note(actor: int | None, deed: str, subject: str, detail: str = "") -> None:
    """Add a deed to the journal, in the transaction of the deed itself; `actor` is None for a command."""
    JournalEntry.objects.create(actor_id=actor, deed=deed, subject=subject, detail=detail)


def deed_words(deed: str) -> str:
    """Return a deed in words; a deed of a later version stays as it is written."""
    return _DEED_WORDS.get(deed, deed)


def entries() -> QuerySet[JournalEntry]:
    """Return every entry, latest first, read as they are asked for."""
    return JournalEntry.objects.all()
