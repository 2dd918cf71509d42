"""What is kept no longer than it serves: sessions that are over, accounts nobody confirmed, old deeds."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.member import Member

UNCONFIRMED_FOR = timedelta(days=7)
JOURNAL_FOR = timedelta(days=365)
"""Source: délibération CNIL n° 2021-122 on logs, six months to a year; a decision itself stays where it was made."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many of each are gone."""

    sessions: int
    accounts: int
    deeds: int


def tidy() -> Tidied:
    """Delete sessions that are over, accounts whose address was never verified, deeds of more than a year."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    gone = Member.objects.filter(joined_at__lt=now - UNCONFIRMED_FOR).exclude(pk__in=confirmed)
    accounts = gone.count()
    gone.delete()
    # The manager of the journal deletes nothing: retention does, here alone.
    deeds, _ = JournalEntry._base_manager.filter(at__lt=now - JOURNAL_FOR).delete()
    return Tidied(sessions, accounts, deeds)
