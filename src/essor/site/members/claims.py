"""« C’est mon organisation »: a claim is made, withdrawn, accepted or refused, once, by whoever may."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members import post
from essor.site.members.journal import note
from essor.site.members.models.claim import ORGANISATION_LENGTH, Claim, Membership
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.members.moderators import tell_moderators
from essor.site.members.permissions import ClaimState, OrganisationRole

PENDING_AT_MOST = 5
"""Claims that a member may have waiting: more would drown the moderators."""
A_DAY_AT_MOST = 20
"""Claims that she may make in a day, withdrawn or not."""

UNNAMED = "Organisation au nom non diffusé"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator said of a claim."""

    state: ClaimState
    reason: str = ""


def claim(member: Member, card: Card, role: OrganisationRole, proof: str) -> Claim:
    """Return the claim of a member on an organisation of the release; asked twice, it is made once.

    Raises:
        InvalidRequestError: she speaks for it already, or has too many claims waiting.
    """
    if Membership.objects.filter(member=member, siren=card.siren).exists():
        raise InvalidRequestError("Vous parlez déjà pour cette organisation : voir votre espace.")
    made = Claim(
        member=member,
        siren=card.siren,
        organisation=(card.name or UNNAMED)[:ORGANISATION_LENGTH],
        is_fictional=card.is_fictional,
        role=role.value,
        proof=proof,
        email_domain=member.email.rpartition("@")[2].lower(),
    )
    try:
        with transaction.atomic():
            _refuse_too_many(member, card.siren)
            made.save(force_insert=True)
            note(member.pk, "claim.made", f"claim:{made.pk}", f"organisation:{card.siren}")
            tell_moderators(member, _demands())
    except IntegrityError:
        return Claim.objects.get(member=member, siren=card.siren, state=ClaimState.PENDING.value)
    return made


def _demands() -> str:
    """Return how many claims wait, as the beginning of a sentence."""
    waiting = Claim.objects.filter(state=ClaimState.PENDING.value).count()
    return "Une demande attend" if waiting == 1 else f"{waiting} demandes attendent"


def withdraw(asked: Claim) -> bool:
    """Take a pending claim back; return whether it was still pending."""
    with transaction.atomic():
        is_ours = _settle(asked, Decision(ClaimState.WITHDRAWN), None)
        if is_ours:
            note(asked.member_id, "claim.withdrawn", f"claim:{asked.pk}")
    return is_ours


def decide(asked: Claim, decision: Decision, moderator: Member) -> Letter | None:
    """Settle a pending claim and write to the claimant; None when somebody settled it before.

    The claim, the membership, the letter and the journal are written together or not at all.
    """
    with transaction.atomic():
        if not _settle(asked, decision, moderator):
            return None
        if decision.state is ClaimState.ACCEPTED:
            Membership.objects.update_or_create(
                member_id=asked.member_id,
                siren=asked.siren,
                defaults={
                    "role": asked.role,
                    "organisation": asked.organisation,
                    "is_fictional": asked.is_fictional,
                },
            )
        note(moderator.pk, f"claim.{decision.state.value}", f"claim:{asked.pk}")
        return post.write(asked.member.email, *_told(asked, decision))


def waiting() -> QuerySet[Claim]:
    """Return the claims to be decided, oldest first, each with its claimant."""
    pending = Claim.objects.filter(state=ClaimState.PENDING.value)
    return pending.select_related("member")


def _refuse_too_many(member: Member, siren: str) -> None:
    pending = member.claims.filter(state=ClaimState.PENDING.value).exclude(siren=siren)
    if pending.count() >= PENDING_AT_MOST:
        message = (
            f"Vous avez déjà {PENDING_AT_MOST} demandes en attente : retirez-en une, ou attendez "
            "la réponse des modérateurs."
        )
        raise InvalidRequestError(message)
    today = member.claims.filter(created_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= A_DAY_AT_MOST:
        message = f"Vous avez fait {A_DAY_AT_MOST} demandes en un jour : revenez demain."
        raise InvalidRequestError(message)


def _settle(asked: Claim, decision: Decision, moderator: Member | None) -> bool:
    """Change the state of a claim that is still pending: one writer alone sees it so."""
    changed = Claim.objects.filter(pk=asked.pk, state=ClaimState.PENDING.value).update(
        state=decision.state.value,
        reason=decision.reason,
        decided_at=timezone.now(),
        decided_by=moderator,
    )
    return changed == 1


def _told(asked: Claim, decision: Decision) -> tuple[str, str]:
    """Return the subject and the text of the letter to the claimant."""
    if decision.state is ClaimState.ACCEPTED:
        subject = f"Essor : vous parlez pour {asked.organisation}"
        body = (
            f"Votre demande sur {asked.organisation} (SIREN {asked.siren}) est acceptée : vous en "
            f"êtes désormais {OrganisationRole(asked.role).label} sur Essor."
        )
    else:
        subject = f"Essor : votre demande sur {asked.organisation}"
        body = (
            f"Votre demande sur {asked.organisation} (SIREN {asked.siren}) est refusée.\n\n"
            f"Motif : {decision.reason}\n\nVous pouvez en faire une autre, avec d’autres preuves."
        )
    greeting = f"Bonjour {asked.member.name}".strip()
    return subject, f"{greeting},\n\n{body}\n\nL’équipe d’Essor\n"
