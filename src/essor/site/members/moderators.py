"""Those who decide of what members ask, and the letter that tells them that something waits."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from essor.site.members import post
from essor.site.members.models.member import Appointment, Member
from essor.site.members.permissions import PlatformRole

_EVERY = timedelta(days=1)
_ROLES = (PlatformRole.MODERATOR.value, PlatformRole.ADMINISTRATOR.value)


def tell_moderators(author: Member | None, what: str) -> None:
    """Write that something of a member, or of a visitor, waits (« Une demande attend »), in its transaction.

    To whoever may decide of it, to nobody twice in a day. Letters are left to the timer of mail: who
    asks does not wait for the mail server.
    """
    for moderator in _to_be_told(author):
        post.write(moderator.email, *_told(moderator, what))


def _to_be_told(author: Member | None) -> Iterator[Member]:
    now = timezone.now()
    seen = set[int]()
    staff = Appointment.objects.filter(role__in=_ROLES, member__is_active=True)
    if author is not None:
        staff = staff.exclude(member=author)
    for each in staff.select_related("member").order_by("pk"):
        long_ago = Q(told_at=None) | Q(told_at__lte=now - _EVERY)
        is_due = Appointment.objects.filter(long_ago, pk=each.pk).update(told_at=now)
        if is_due and each.member_id not in seen:
            yield each.member
        seen.add(each.member_id)


def _told(moderator: Member, what: str) -> tuple[str, str]:
    """Return the subject and the text of the letter; it names no author."""
    body = (
        f"{what} votre décision sur Essor. Ouvrez « Modération » depuis votre espace : d’autres y "
        "sont peut-être.\n\nCe message part une fois par jour au plus, quand une demande arrive."
    )
    greeting = f"Bonjour {moderator.name}".strip()
    return f"Essor : {what[0].lower()}{what[1:]}", f"{greeting},\n\n{body}\n\nL’équipe d’Essor\n"
