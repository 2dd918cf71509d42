"""Corrections of the register: proposed by an organisation, decided once by a moderator, shown beside the source."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members import post
from essor.site.members.journal import note
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.members.moderators import tell_moderators
from essor.site.offers import stamp
from essor.site.offers.models import Correction
from essor.site.offers.publishing import identity
from essor.site.offers.words import CorrectionState


def propose(member: Member, card: Card, fact: str, value: str, explanation: str) -> Correction:
    """Return the correction that an organisation proposes of a fact of its card.

    Raises:
        InvalidRequestError: one of the same fact waits already.
    """
    made = Correction(
        **identity(card),
        author=member,
        said_at=timezone.now(),
        fact=fact,
        value=value,
        explanation=explanation,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            note(member.pk, "correction.proposed", f"correction:{made.pk}", _whose(made))
            tell_moderators(member, "Une correction du registre attend")
    except IntegrityError as error:
        raise InvalidRequestError(
            "Une correction de ce fait attend déjà la décision d’un modérateur : retirez-la d’abord."
        ) from error
    return made


def withdraw(member: Member, asked: Correction) -> bool:
    """Take a correction back, decided or not; return whether it could still be."""
    with transaction.atomic():
        alive = (CorrectionState.PENDING.value, CorrectionState.ACCEPTED.value)
        changed = Correction.objects.filter(pk=asked.pk, state__in=alive).update(
            state=CorrectionState.WITHDRAWN.value
        )
        if changed:
            note(member.pk, "correction.withdrawn", f"correction:{asked.pk}", _whose(asked))
    return changed == 1


def decide(asked: Correction, state: CorrectionState, reason: str, moderator: Member) -> bool:
    """Settle a pending correction and write to its author; return whether it was still pending.

    One that is accepted takes the place of the one accepted before, of the same fact.
    """
    with transaction.atomic():
        changed = Correction.objects.filter(
            pk=asked.pk, state=CorrectionState.PENDING.value
        ).update(state=state.value, reason=reason, decided_at=timezone.now(), decided_by=moderator)
        if not changed:
            return False
        stamp.change()
        if state is CorrectionState.ACCEPTED:
            Correction.objects.filter(
                siren=asked.siren, fact=asked.fact, state=CorrectionState.ACCEPTED.value
            ).exclude(pk=asked.pk).update(state=CorrectionState.WITHDRAWN.value)
        note(moderator.pk, f"correction.{state.value}", f"correction:{asked.pk}", _whose(asked))
        told(
            asked.author,
            f"Essor : votre correction sur {asked.organisation}",
            _sentence(asked, state, reason),
        )
    return True


def waiting() -> QuerySet[Correction]:
    """Return the corrections to be decided, oldest first."""
    return Correction.objects.filter(state=CorrectionState.PENDING.value)


def told(author: Member | None, subject: str, body: str) -> Letter | None:
    """Keep a letter to the author of a publication; None when the account is gone.

    It is left to the timer of mail: who decides does not wait for the mail server.
    """
    if author is None:
        return None
    greeting = f"Bonjour {author.name}".strip()
    return post.write(author.email, subject, f"{greeting},\n\n{body}\n\nL’équipe d’Essor\n")


def _sentence(asked: Correction, state: CorrectionState, reason: str) -> str:
    what = f"{asked.get_fact_display()} : « {asked.value} »"
    if state is CorrectionState.ACCEPTED:
        return (
            f"Votre correction est acceptée ({what}) : la fiche de {asked.organisation} la montre à "
            "côté de ce que dit le registre."
        )
    return f"Votre correction est refusée ({what}).\n\nMotif : {reason}"


def _whose(asked: Correction) -> str:
    return f"organisation:{asked.siren}"
