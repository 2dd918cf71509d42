"""What stands of what was published: not withdrawn, not hidden, not over."""

from datetime import date
from typing import TypeVar

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from essor.site.needs.models import Posting
from essor.site.offers import stamp
from essor.site.offers.models import Correction, DeclaredActivity, Offer, Published, Remark
from essor.site.offers.words import CorrectionState

Item = TypeVar("Item", bound=Published)


def standing(model: type[Item]) -> QuerySet[Item]:
    """Return what everybody may read of a kind of publication."""
    return model._default_manager.filter(withdrawn_at=None, hidden_at=None)


def current_offers() -> QuerySet[Offer]:
    """Return the offers that stand and whose last day is not past, latest first."""
    return standing(Offer).filter(ends_on__gte=_today())


def accepted_corrections(siren: str) -> QuerySet[Correction]:
    """Return what an organisation says otherwise than the register, as moderators accepted it."""
    return Correction.objects.filter(siren=siren, state=CorrectionState.ACCEPTED.value)


def accepted_remarks(siren: str) -> QuerySet[Remark]:
    """Return the errors of a card that visitors found and moderators accepted, latest first."""
    found = Remark.objects.filter(siren=siren, state=CorrectionState.ACCEPTED.value)
    return found.order_by("-decided_at")


def declared_on_card(siren: str) -> dict[str, object]:
    """Return what the card of an organisation shows of what it says itself.

    A card outlives the people's database: when it does not answer, nothing is shown.
    """
    try:
        if stamp.mark() is None:
            return {}
        activities = list(standing(DeclaredActivity).filter(siren=siren))
        corrections = list(accepted_corrections(siren))
        corrected = {each.fact for each in corrections}
        return {
            "activities": [each for each in activities if not each.is_proposed],
            "proposed": [each for each in activities if each.is_proposed],
            "offers": list(current_offers().filter(siren=siren)),
            "needs": list(Posting.objects.listed().filter(siren=siren).defer("record")),
            "corrections": corrections,
            # What the organisation says of a fact takes the place of what others say of it.
            "remarks": [each for each in accepted_remarks(siren) if each.fact not in corrected],
        }
    except DatabaseError:
        return {}


def _today() -> date:
    return timezone.localdate()
