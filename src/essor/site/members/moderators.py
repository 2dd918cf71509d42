"""Those who decide of claims, and the letter that tells them that some wait."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from essor.site.members import post
from essor.site.members.models.claim import Claim
from essor.site.members.models.member import Appointment, Member
from essor.site.members.permissions import ClaimState, PlatformRole

_EVERY = timedelta(days=1)
_ROLES = (PlatformRole.MODERATOR.value, PlatformRole.ADMINISTRATOR.value)


def tell_moderators(claimant: Member) -> None:
    """Write to whoever may decide of a new claim, in its transaction; to nobody twice in a day.

    Letters are left to the timer of mail: who claims does not wait for the mail server.
    """
    waiting = Claim.objects.filter(state=ClaimState.PENDING.value).count()
    for moderator in _to_be_told(claimant):
        post.write(moderator.email, *_told(moderator, waiting))


def _to_be_told(claimant: Member) -> Iterator[Member]:
    now = timezone.now()
    seen = set[int]()
    staff = Appointment.objects.filter(role__in=_ROLES, member__is_active=True)
    for each in staff.exclude(member=claimant).select_related("member").order_by("pk"):
        long_ago = Q(told_at=None) | Q(told_at__lte=now - _EVERY)
        is_due = Appointment.objects.filter(long_ago, pk=each.pk).update(told_at=now)
        if is_due and each.member_id not in seen:
            yield each.member
        seen.add(each.member_id)


def _told(moderator: Member, waiting: int) -> tuple[str, str]:
    """Return the subject and the text of the letter; it names no claimant."""
    demands = "Une demande attend" if waiting == 1 else f"{waiting} demandes attendent"
    body = (
        f"{demands} votre décision sur Essor : « C’est mon organisation ». Ouvrez « Modération » "
        "depuis votre espace.\n\nCe message part une fois par jour au plus, quand une demande arrive."
    )
    greeting = f"Bonjour {moderator.name}".strip()
    return f"Essor : {demands.lower()}", f"{greeting},\n\n{body}\n\nL’équipe d’Essor\n"
