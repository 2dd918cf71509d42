"""Needs that moderators hide from everybody, with a reason that the author reads; and show again."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.needs.models import Posting
from essor.site.needs.notices import running, tell
from essor.site.needs.words import NeedState, Visibility
from essor.site.offers import stamp


def hide(posting: Posting, reason: str, moderator: Member) -> bool:
    """Hide a public need; return whether it could be read."""
    with transaction.atomic():
        changed = (
            Posting.objects.filter(pk=posting.pk, hidden_at=None)
            .exclude(state=NeedState.DRAFT.value)
            .update(hidden_at=timezone.now(), hidden_reason=reason)
        )
        if changed:
            stamp.change()
            note(moderator.pk, "need.hidden", f"need:{posting.pk}")
            _tell(posting, "Un modérateur a masqué votre besoin")
    return changed == 1


def show(posting: Posting, moderator: Member) -> bool:
    """Show a hidden need again; return whether it was hidden."""
    with transaction.atomic():
        changed = Posting.objects.filter(pk=posting.pk, hidden_at__isnull=False).update(
            hidden_at=None, hidden_reason=""
        )
        if changed:
            stamp.change()
            note(moderator.pk, "need.shown", f"need:{posting.pk}")
            _tell(posting, "Un modérateur a rétabli votre besoin")
    return changed == 1


def moderated() -> QuerySet[Posting]:
    """Return the needs published for everybody, latest first, hidden ones included."""
    published = Posting.objects.filter(visibility=Visibility.PUBLIC.value)
    return published.exclude(state=NeedState.DRAFT.value).order_by("-opened_at", "-pk")


def _tell(posting: Posting, sentence: str) -> None:
    tell(running(posting), posting, sentence, reverse("besoin-suivi", args=[posting.pk]))
