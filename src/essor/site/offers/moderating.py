"""Publications that somebody finds wrong: reported by members, hidden by moderators with a reason."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.members.moderators import tell_moderators
from essor.site.offers.correcting import told
from essor.site.offers.models import DeclaredActivity, Offer, Published, Report
from essor.site.offers.publishing import noted, subject_of

_COLUMNS = {DeclaredActivity: "activity", Offer: "offer"}


def report(member: Member, item: Published, reason: str) -> bool:
    """Report a publication to the moderators; return whether she had not done so already."""
    try:
        with transaction.atomic():
            Report.objects.create(member=member, reason=reason, **{_COLUMNS[type(item)]: item})
            note(member.pk, "publication.reported", subject_of(item))
            tell_moderators(member, "Une publication signalée attend")
    except IntegrityError:
        return False
    return True


def hide(item: Published, reason: str, moderator: Member) -> bool:
    """Hide a publication from everybody and tell its author why; return whether it was shown."""
    with transaction.atomic():
        changed = (
            type(item)
            ._default_manager.filter(pk=item.pk, hidden_at=None)
            .update(hidden_at=timezone.now(), hidden_reason=reason)
        )
        _settle(item)
        if changed:
            noted(moderator, item, "hidden")
            body = f"Un modérateur a masqué ce que vous aviez publié.\n\nMotif : {reason}"
            told(item.author, f"Essor : une publication de {item.organisation}", body)
    return changed == 1


def keep(item: Published, moderator: Member) -> bool:
    """Show a publication that was reported or hidden; return whether something changed."""
    with transaction.atomic():
        shown = (
            type(item)
            ._default_manager.filter(pk=item.pk, hidden_at__isnull=False)
            .update(hidden_at=None, hidden_reason="")
        )
        settled = _settle(item)
        if shown or settled:
            noted(moderator, item, "kept")
    return bool(shown or settled)


def reported() -> QuerySet[Report]:
    """Return the reports that wait, oldest first."""
    return Report.objects.filter(settled_at=None).select_related("activity", "offer", "member")


def _settle(item: Published) -> int:
    waiting = Report.objects.filter(settled_at=None, **{_COLUMNS[type(item)]: item})
    return waiting.update(settled_at=timezone.now())
