"""A need is closed with what came of it; each side tells it, and neither speaks for the other."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Outcome, Posting
from essor.site.needs.notices import tell_buyer, tell_supplier
from essor.site.needs.words import Amount, Hindrance, NeedState, Result, Stance
from essor.site.offers import stamp

_CLOSABLE = (NeedState.OPEN.value, NeedState.EXPIRED.value)


@dataclass(frozen=True, slots=True)
class Told:
    """What a side tells: the result, how much, else what hindered; how Essor served, from 1 to 5."""

    result: Result
    amount: Amount | None = None
    hindrance: Hindrance | None = None
    satisfaction: int | None = None
    comment: str = ""


def close(posting: Posting, told: Told, retained: Collection[str], editor: Member) -> bool:
    """Close a need, the organisations retained being told by SIREN; return whether it was not yet.

    Raises:
        InvalidRequestError: who was retained does not fit with what came of it.
    """
    if (told.result is Result.CONCLUDED) != bool(retained):
        raise InvalidRequestError(
            "Dites qui est retenu si l’affaire est conclue ici, et personne sinon."
        )
    with transaction.atomic():
        changed = Posting.objects.filter(pk=posting.pk, state__in=_CLOSABLE).update(
            state=NeedState.CLOSED.value, ended_at=timezone.now()
        )
        if changed:
            stamp.change()
            _say(posting, None, told, editor)
            note(editor.pk, "need.closed", f"need:{posting.pk}", told.result.value)
            for exchange in posting.exchanges.exclude(stance=Stance.REFUSED.value):
                exchange.is_retained = exchange.siren in retained
                exchange.save(update_fields=["is_retained"])
                tell_supplier(exchange, _verdict(exchange), editor)
    return changed == 1


def tell_of(exchange: Exchange, told: Told, member: Member) -> Outcome:
    """Return what an organisation that was interested tells; said again, it takes the place of the first."""
    with transaction.atomic():
        said = _say(exchange.posting, exchange, told, member)
        note(member.pk, "need.told", f"need:{exchange.posting_id}", told.result.value)
        tell_buyer(exchange, f"{exchange.organisation} dit ce qu’il en est advenu", member)
    return said


def _say(posting: Posting, exchange: Exchange | None, told: Told, member: Member) -> Outcome:
    said, _ = Outcome.objects.update_or_create(
        posting=posting,
        exchange=exchange,
        defaults={
            "result": told.result.value,
            "amount": told.amount.value if told.amount else "",
            "hindrance": told.hindrance.value if told.hindrance else "",
            "satisfaction": told.satisfaction,
            "comment": told.comment,
            "said_by": member,
        },
    )
    return said


def _verdict(exchange: Exchange) -> str:
    if exchange.is_retained:
        return "L’acheteur dit vous avoir retenue, et a clos le besoin ; dites ce qu’il en est"
    return "L’acheteur a clos le besoin sans vous retenir ; dites ce qu’il en est"
