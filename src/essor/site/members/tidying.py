"""What is kept no longer than it serves: sessions that are over, accounts that nobody ever confirmed."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from essor.site.members.models.member import Member

UNCONFIRMED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many of each are gone."""

    sessions: int
    accounts: int


def tidy() -> Tidied:
    """Delete the sessions that are over and the accounts whose address was never verified in a week."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    gone = Member.objects.filter(joined_at__lt=now - UNCONFIRMED_FOR).exclude(pk__in=confirmed)
    accounts = gone.count()
    gone.delete()
    return Tidied(sessions, accounts)
