"""The digest: one letter a day at most, of all that waits to be told to a member."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from essor.site.members import post
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.needs.models import Notice, Rhythm
from essor.site.needs.notices import letter

_EVERY = timedelta(hours=23)
"""Less than a day: a timer that is late one day is not late for ever."""
_LISTED = 30
"""Things told in a letter; the others are on the site, and the letter says how many."""


def set_rhythm(member: Member, *, is_immediate: bool) -> None:
    """Keep how a member wants to be written to."""
    Rhythm.objects.update_or_create(member=member, defaults={"is_immediate": is_immediate})


def write_digests() -> Iterator[Letter]:
    """Write the digest of each member who has not had one for a day; yield each letter.

    Run again, or by two timers at once, it writes nothing twice: a digest takes the turn of its
    member by one conditional change.
    """
    for member in Member.objects.filter(notices__told_at=None, is_active=True).distinct():
        with transaction.atomic():
            written = _digest(member)
        if written is not None:
            yield written


def _digest(member: Member) -> Letter | None:
    now = timezone.now()
    Rhythm.objects.get_or_create(member=member)
    is_due = Q(digest_at=None) | Q(digest_at__lte=now - _EVERY)
    if not Rhythm.objects.filter(is_due, member=member).update(digest_at=now):
        return None
    waiting = list(member.notices.filter(told_at=None))
    if not waiting:
        return None
    Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(told_at=now)
    return post.write(member.email, _subject(len(waiting)), _text(member, waiting))


def _subject(count: int) -> str:
    return "Essor : une nouvelle de vos besoins" if count == 1 else f"Essor : {count} nouvelles"


def _text(member: Member, waiting: list[Notice]) -> str:
    told = letter(member, waiting[:_LISTED])
    if (rest := len(waiting) - _LISTED) > 0:
        told += f"\nEt {rest} autres, dans votre espace.\n"
    return told
