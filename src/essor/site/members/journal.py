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
    "need.posted": "a posé un besoin",
    "need.corrected": "a corrigé un besoin",
    "need.published": "a publié un besoin",
    "need.withdrawn": "a retiré un besoin",
    "need.invited": "a invité une organisation à répondre à un besoin",
    "need.interested": "a répondu qu’un besoin intéresse son organisation",
    "need.refused": "a répondu qu’un besoin ne convient pas à son organisation",
    "need.closed": "a clos un besoin",
    "need.told": "a dit ce qu’il est advenu d’un besoin",
    "need.hidden": "a masqué un besoin",
    "need.shown": "a rétabli un besoin",
    "message.reported": "a signalé un message",
    "message.hidden": "a masqué un message",
    "message.kept": "a gardé un message signalé",
    "activity.published": "a déclaré une activité",
    "activity.corrected": "a corrigé une activité",
    "activity.withdrawn": "a retiré une activité",
    "activity.hidden": "a masqué une activité",
    "activity.kept": "a gardé ou rétabli une activité",
    "offer.published": "a publié une offre",
    "offer.corrected": "a corrigé une offre",
    "offer.withdrawn": "a retiré une offre",
    "offer.hidden": "a masqué une offre",
    "offer.kept": "a gardé ou rétabli une offre",
    "correction.proposed": "a proposé une correction du registre",
    "correction.withdrawn": "a retiré une correction du registre",
    "correction.accepted": "a accepté une correction du registre",
    "correction.refused": "a refusé une correction du registre",
    "publication.reported": "a signalé une publication",
    "remark.accepted": "a accepté une erreur signalée sur une fiche",
    "remark.refused": "a refusé une erreur signalée sur une fiche",
    "remark.withdrawn": "a retiré d’une fiche une erreur signalée",
    "activity.confirmed": "a confirmé des activités proposées",
    "activity.declined": "a écarté des activités proposées",
    "activities.imported": "a importé une liste d’activités",
    "list.shared": "a partagé une liste par un lien",
    "list.unshared": "a repris le lien d’une liste",
    "key.made": "a fait une clé de l’API",
    "key.revoked": "a révoqué une clé de l’API",
    "data.exported": "a exporté ses données",
    "data.restored": "a remis une sauvegarde en place",
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
