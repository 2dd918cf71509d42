"""What is kept of needs no longer than it serves."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from essor.site.needs.models import Notice, Posting
from essor.site.needs.reminding import expire
from essor.site.needs.words import NeedState

ENDED_FOR = timedelta(days=365)
"""A need that is over is kept a year, with its exchanges: the time of a market, and of its renewal."""
DRAFTED_FOR = timedelta(days=90)
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many needs came to their term, and how many are erased."""

    expired: int
    erased: int


def tidy() -> Tidied:
    """End the needs whose term came; erase old ones and forgotten drafts, and notices told long ago."""
    now = timezone.now()
    expired = expire()
    old = Posting.objects.filter(ended_at__lt=now - ENDED_FOR)
    forgotten = Posting.objects.filter(
        state=NeedState.DRAFT.value, changed_at__lt=now - DRAFTED_FOR
    )
    erased = old.count() + forgotten.count()
    old.delete()
    forgotten.delete()
    Notice.objects.filter(told_at__lt=now - TOLD_FOR).delete()
    return Tidied(expired, erased)
