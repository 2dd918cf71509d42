"""What is recalled to people, each thing once or twice: an invitation unanswered, a need to be closed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from essor.site.needs.models import Exchange, Posting
from essor.site.needs.notices import running, tell, tell_supplier
from essor.site.needs.words import NeedState, Stance

_UNANSWERED_FOR = timedelta(days=4)
_CLOSED_FOR = timedelta(days=3)
_AGAIN_AFTER = timedelta(days=7)
_TO_BUYER_AT_MOST = 2


def remind() -> int:
    """Write down every reminder that is due; return how many. Run again, it writes none twice."""
    now = timezone.now()
    return _of_invitations(now) + _of_needs(now) + _of_outcomes(now)


def expire() -> int:
    """End the needs whose last day is passed; return how many."""
    return Posting.objects.filter(
        state=NeedState.OPEN.value, expires_on__lt=timezone.localdate()
    ).update(state=NeedState.EXPIRED.value, ended_at=timezone.now())


def _of_invitations(now: datetime) -> int:
    """Remind organisations of invitations that they did not answer, once."""
    due = Exchange.objects.filter(
        stance=Stance.WAITING.value,
        reminded_at=None,
        begun_at__lte=now - _UNANSWERED_FOR,
        posting__state=NeedState.OPEN.value,
        posting__hidden_at=None,
        posting__expires_on__gte=timezone.localdate(),
    ).select_related("posting")
    return sum(
        _once(each, "reminded_at", "Une invitation attend votre réponse", now) for each in due
    )


def _of_outcomes(now: datetime) -> int:
    """Ask organisations that were interested in a need closed since what came of it, once."""
    due = Exchange.objects.filter(
        stance=Stance.INTERESTED.value,
        asked_at=None,
        outcome=None,
        posting__state=NeedState.CLOSED.value,
        posting__ended_at__lte=now - _CLOSED_FOR,
    ).select_related("posting")
    return sum(_once(each, "asked_at", "Dites ce qu’il est advenu du besoin", now) for each in due)


def _once(exchange: Exchange, column: str, sentence: str, now: datetime) -> int:
    with transaction.atomic():
        mine = Exchange.objects.filter(pk=exchange.pk, **{column: None}).update(**{column: now})
        if mine:
            tell_supplier(exchange, sentence)
    return mine


def _of_needs(now: datetime) -> int:
    """Remind buyers of needs whose deadline is passed or whose term came, twice at most."""
    is_late = Q(state=NeedState.EXPIRED.value) | Q(
        state=NeedState.OPEN.value, deadline__lt=timezone.localdate()
    )
    is_due = Q(reminded_at=None) | Q(reminded_at__lte=now - _AGAIN_AFTER)
    due = Posting.objects.filter(is_late, is_due, reminders__lt=_TO_BUYER_AT_MOST)
    return sum(_to_buyer(each, now) for each in due)


def _to_buyer(posting: Posting, now: datetime) -> int:
    with transaction.atomic():
        mine = Posting.objects.filter(pk=posting.pk, reminders=posting.reminders).update(
            reminders=F("reminders") + 1, reminded_at=now
        )
        if mine:
            page = reverse("besoin-cloturer", args=[posting.pk])
            tell(running(posting), posting, "Dites ce qu’il est advenu du besoin", page)
    return mine
