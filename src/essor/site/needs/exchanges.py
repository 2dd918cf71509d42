"""Organisations are invited to a need, see it, say whether they are interested, or come by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.matching.match import Match
from essor.site.asking import answered
from essor.site.current import Current
from essor.site.members.journal import note
from essor.site.members.models.claim import ORGANISATION_LENGTH, Membership
from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Message, Posting
from essor.site.needs.notices import tell_buyer, tell_supplier
from essor.site.needs.publishing import is_open
from essor.site.needs.recorded import asked_of
from essor.site.needs.words import NeedState, Refusing, Side, Stance

INVITED_AT_MOST = 15
"""Invitations of one need. Each asks somebody to read and to answer, and a buyer to read the answers:
sent to everybody, they would be read by nobody. Who refuses makes room for another."""


@dataclass(frozen=True, slots=True)
class Invited:
    """The exchanges begun, and the names of the organisations that nobody speaks for yet."""

    begun: tuple[Exchange, ...]
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What an organisation says of a need: a message when it is interested, a reason when it is not."""

    stance: Stance
    text: str = ""
    refusing: Refusing | None = None


def invite(service: Current, posting: Posting, sirets: Sequence[str], inviter: Member) -> Invited:
    """Invite establishments of the ranking of the need; an organisation is invited once.

    Raises:
        InvalidRequestError: the need is over, one is not in its ranking, or they are too many.
    """
    ranking = {each.supplier.siret: each for each in rankable(service, posting)}
    if strangers := [siret for siret in sirets if siret not in ranking]:
        raise InvalidRequestError(
            f"« {strangers[0]} » n’est plus parmi les réponses à ce besoin : rechargez la page, et "
            "choisissez de nouveau."
        )
    with transaction.atomic():
        # Two people who invite together count one after the other.
        _refuse_over(Posting.objects.select_for_update().get(pk=posting.pk))
        begun = _begun(posting, [ranking[siret] for siret in dict.fromkeys(sirets)])
        waiting = posting.exchanges.filter(is_invited=True).exclude(stance=Stance.REFUSED.value)
        if waiting.count() > INVITED_AT_MOST:
            raise InvalidRequestError(
                f"Un besoin a {INVITED_AT_MOST} invitations au plus, sans compter les refus : "
                "au-delà, elles ne seraient plus lues. Choisissez-en moins."
            )
        for exchange in begun:
            note(inviter.pk, "need.invited", f"need:{posting.pk}", f"organisation:{exchange.siren}")
            tell_supplier(exchange, f"{posting.buyer} vous invite à répondre à un besoin", inviter)
    reached = spoken_for({each.siren for each in begun})
    unreached = tuple(each.organisation for each in begun if each.siren not in reached)
    return Invited(tuple(begun), unreached)


def rankable(service: Current, posting: Posting) -> tuple[Match, ...]:
    """Return who may answer the need today, best first, the buyer herself left out."""
    found = answered(service, asked_of(posting)).answer.matches
    return tuple(each for each in found if each.supplier.siren != posting.siren)


def spoken_for(sirens: set[str]) -> set[str]:
    """Return the organisations, of these, that a member speaks for."""
    held = Membership.objects.filter(siren__in=sirens, member__is_active=True)
    return set(held.values_list("siren", flat=True))


def see(exchange: Exchange) -> None:
    """Note that the organisation has opened the need, the first time."""
    Exchange.objects.filter(pk=exchange.pk, seen_at=None).update(seen_at=timezone.now())


def reply(exchange: Exchange, said: Reply, member: Member) -> bool:
    """Say what an organisation thinks of the need; return False when it says so already, or it is over."""
    now = timezone.now()
    with transaction.atomic():
        changed = (
            Exchange.objects.filter(pk=exchange.pk)
            .filter(Exists(_still_open(OuterRef("posting"))))
            .exclude(stance=said.stance.value)
            .update(
                stance=said.stance.value,
                refusing=said.refusing.value if said.refusing else "",
                refusing_text=said.text if said.stance is Stance.REFUSED else "",
                answered_at=now,
                answered_by=member,
            )
        )
        if changed:
            _told(exchange, said, member)
    return changed == 1


def come(posting: Posting, held: Membership, text: str, why: Match | None) -> Exchange:
    """Return the exchange of an organisation that was not invited and says that the need suits it.

    Raises:
        InvalidRequestError: the need is over.
    """
    with transaction.atomic():
        _refuse_over(posting)
        exchange, is_new = Exchange.objects.get_or_create(
            posting=posting,
            siren=held.siren,
            defaults={
                "organisation": held.organisation,
                "is_invited": False,
                "why": why_of(why) if why else {},
                "siret": why.supplier.siret if why else "",
                "seen_at": timezone.now(),
            },
        )
        if is_new:
            reply(exchange, Reply(Stance.INTERESTED, text), held.member)
    return exchange


def why_of(found: Match) -> dict[str, object]:
    """Return the reasons of a match, as an exchange keeps them."""
    reasons = [
        {
            "criterion": each.criterion,
            "points": each.points,
            "out_of": each.out_of,
            "because": each.because,
        }
        for each in found.reasons
    ]
    unknowns = [
        {"criterion": each.criterion, "because": f"{each.what} {each.how}"}
        for each in found.unknowns
    ]
    return {
        "score": found.score,
        "out_of": found.out_of,
        "reasons": reasons,
        "unknowns": unknowns,
    }


def _begun(posting: Posting, chosen: Sequence[Match]) -> list[Exchange]:
    begun = []
    for each in chosen:
        exchange, is_new = Exchange.objects.get_or_create(
            posting=posting,
            siren=each.supplier.siren,
            defaults={
                "siret": each.supplier.siret,
                "organisation": each.supplier.name[:ORGANISATION_LENGTH],
                "is_invited": True,
                "why": why_of(each),
            },
        )
        if is_new:
            begun.append(exchange)
    return begun


def _told(exchange: Exchange, said: Reply, member: Member) -> None:
    note(member.pk, f"need.{said.stance.value}", f"need:{exchange.posting_id}")
    if said.stance is Stance.INTERESTED:
        if said.text:
            Message.objects.create(
                exchange=exchange, side=Side.SUPPLIER.value, author=member, text=said.text
            )
        tell_buyer(exchange, f"{exchange.organisation} est intéressée", member)
    else:
        tell_buyer(exchange, f"{exchange.organisation} ne répondra pas", member)


def _still_open(number: OuterRef) -> QuerySet[Posting]:
    return Posting.objects.filter(
        pk=number,
        state=NeedState.OPEN.value,
        hidden_at=None,
        expires_on__gte=timezone.localdate(),
    )


def _refuse_over(posting: Posting) -> None:
    if not is_open(posting):
        raise InvalidRequestError(
            "Ce besoin n’est pas ouvert : on ne peut plus y inviter, ni y répondre."
        )
