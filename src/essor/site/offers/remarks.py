"""Errors that visitors find on cards: queued without an account, decided once, read beside the source if accepted."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members import post
from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.members.moderators import tell_moderators
from essor.site.offers import stamp
from essor.site.offers.models import Remark
from essor.site.offers.publishing import identity
from essor.site.offers.running import accepted_remarks
from essor.site.offers.words import CorrectionState, Doubted

WAITING_AT_MOST = 20
"""Remarks that may wait on a card: beyond, moderators would be drowned in what one alone says."""
WAITING_FOR = timedelta(days=180)
"""One that nobody decided of goes: what it says is stale, and its address has waited long enough."""
SETTLED_FOR = timedelta(days=90)
"""The time to look at a refusal again; one that is accepted stays as long as it is read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor says: the fact, what is true, where it can be read, where to answer (or nowhere)."""

    fact: Doubted
    value: str
    source: str
    email: str = ""


def remark(card: Card, said: Said) -> bool:
    """Queue an error found on the card of an organisation; return whether nobody had said the same.

    Raises:
        InvalidRequestError: too many wait on that card already.
    """
    made = Remark(
        **identity(card),
        fact=said.fact.value,
        value=said.value,
        source=said.source,
        email=said.email,
    )
    try:
        with transaction.atomic():
            if waiting().filter(siren=card.siren).count() >= WAITING_AT_MOST:
                raise InvalidRequestError(
                    f"{WAITING_AT_MOST} signalements attendent déjà sur cette fiche : les modérateurs "
                    "vont les lire, revenez ensuite."
                )
            made.save(force_insert=True)
            tell_moderators(None, "Une erreur signalée sur une fiche attend")
    except IntegrityError:
        return False
    return True


def decide(asked: Remark, state: CorrectionState, reason: str, moderator: Member) -> bool:
    """Settle a remark that waits, answer who made it and forget her address; return whether it waited.

    One that is accepted takes the place of the one accepted before, of the same fact.
    """
    with transaction.atomic():
        # Its address is read again: it may have been settled, and forgotten, since the page was drawn.
        held = waiting().select_for_update().filter(pk=asked.pk).first()
        if held is None:
            return False
        if state is CorrectionState.ACCEPTED:
            accepted_remarks(held.siren).filter(fact=held.fact).update(
                state=CorrectionState.WITHDRAWN.value, decided_at=timezone.now()
            )
        changed = (
            waiting()
            .filter(pk=held.pk)
            .update(
                state=state.value,
                reason=reason,
                email="",
                decided_at=timezone.now(),
                decided_by=moderator,
            )
        )
        if not changed:
            return False
        stamp.change()
        note(moderator.pk, f"remark.{state.value}", f"remark:{held.pk}", _whose(held))
        if held.email:
            post.write(
                held.email, f"Essor : la fiche de {held.organisation}", _told(held, state, reason)
            )
    return True


def withdraw(asked: Remark, moderator: Member) -> bool:
    """Show no longer a remark that was accepted; return whether it was shown."""
    with transaction.atomic():
        changed = (
            accepted_remarks(asked.siren)
            .filter(pk=asked.pk)
            .update(
                state=CorrectionState.WITHDRAWN.value,
                decided_at=timezone.now(),
                decided_by=moderator,
            )
        )
        if changed:
            stamp.change()
            note(moderator.pk, "remark.withdrawn", f"remark:{asked.pk}", _whose(asked))
    return changed == 1


def waiting() -> QuerySet[Remark]:
    """Return the remarks to be decided, oldest first."""
    return Remark.objects.filter(state=CorrectionState.PENDING.value)


def tidy() -> int:
    """Erase the remarks that waited too long, and those settled long ago that nobody reads; return how many."""
    now = timezone.now()
    settled = (CorrectionState.REFUSED.value, CorrectionState.WITHDRAWN.value)
    old = Remark.objects.filter(state__in=settled, decided_at__lt=now - SETTLED_FOR)
    stale = waiting().filter(made_at__lt=now - WAITING_FOR)
    return old.delete()[0] + stale.delete()[0]


def _told(asked: Remark, state: CorrectionState, reason: str) -> str:
    """Return the text of the letter; it repeats nothing that was typed: the address may be another's."""
    what = f"Vous aviez signalé une erreur sur la fiche de {asked.organisation}"
    fact = asked.get_fact_display().lower()
    if state is CorrectionState.ACCEPTED:
        verdict = (
            "un modérateur l’a retenue, et la fiche la montre à côté de ce que dit le registre."
        )
    else:
        verdict = f"un modérateur ne l’a pas retenue.\n\nMotif : {reason}"
    return (
        f"Bonjour,\n\n{what} ({fact}) : {verdict}\n\nVotre adresse est maintenant effacée.\n\n"
        "L’équipe d’Essor\n"
    )


def _whose(asked: Remark) -> str:
    return f"organisation:{asked.siren}"
