"""What stands of what was published: not withdrawn, not hidden, not over."""

from datetime import date
from typing import TypeVar

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from essor.site.offers import stamp
from essor.site.offers.models import Correction, DeclaredActivity, Offer, Published
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


def declared_on_card(siren: str) -> dict[str, object]:
    """Return what the card of an organisation shows of what it says itself.

    A card outlives the people's database: when it does not answer, nothing is shown.
    """
    try:
        if stamp.mark() is None:
            return {}
        return {
            "activities": list(standing(DeclaredActivity).filter(siren=siren)),
            "offers": list(current_offers().filter(siren=siren)),
            "corrections": list(accepted_corrections(siren)),
        }
    except DatabaseError:
        return {}


def _today() -> date:
    return timezone.localdate()
