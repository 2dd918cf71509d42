"""What a member publishes in the name of an organisation: said, corrected, withdrawn, and read at once."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members.claims import UNNAMED
from essor.site.members.journal import note
from essor.site.members.models.claim import ORGANISATION_LENGTH
from essor.site.members.models.member import Member
from essor.site.offers import stamp
from essor.site.offers.models import DeclaredActivity, Offer, Published
from essor.site.offers.running import Item, standing

STANDING_AT_MOST = 50
"""Activities, and offers, that an organisation may have standing: beyond, nobody reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An activity as it is declared; the zones are selectors, the capacity as typed."""

    siret: str
    trades: tuple[str, ...]
    label: str
    presence: tuple[str, ...]
    reach: str
    radius_km: float | None
    zones: tuple[str, ...]
    capacity: str
    certificates: tuple[str, ...] | None
    available_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A means as it is offered, until a last day; `zone` is the selector of its place."""

    means: str
    title: str
    text: str
    place: str
    starts_on: date | None
    ends_on: date
    zone: str = ""


_DEEDS = {DeclaredActivity: "activity", Offer: "offer"}


def declare(member: Member, card: Card, said: Declared) -> DeclaredActivity:
    """Publish an activity of an organisation of the release.

    Raises:
        InvalidRequestError: the organisation has too many.
    """
    made = DeclaredActivity(**identity(card), **asdict(said), author=member, said_at=timezone.now())
    return _published(member, made)


def offer(member: Member, card: Card, said: Offered) -> Offer:
    """Publish an offer of an organisation of the release.

    Raises:
        InvalidRequestError: the organisation has too many.
    """
    made = Offer(**identity(card), **asdict(said), author=member, said_at=timezone.now())
    return _published(member, made)


def correct(member: Member, item: Published, said: Declared | Offered) -> bool:
    """Write a publication again; return whether it was still there to be corrected."""
    with transaction.atomic():
        now = timezone.now()
        changed = (
            type(item)
            ._default_manager.filter(pk=item.pk, withdrawn_at=None)
            .update(**asdict(said), **_confirming(item, now), author=member, said_at=now)
        )
        if changed:
            noted(member, item, "corrected")
    return changed == 1


def withdraw(member: Member, item: Published) -> bool:
    """Take a publication back; return whether it was still there."""
    with transaction.atomic():
        changed = (
            type(item)
            ._default_manager.filter(pk=item.pk, withdrawn_at=None)
            .update(withdrawn_at=timezone.now())
        )
        if changed:
            noted(member, item, "withdrawn")
    return changed == 1


def subject_of(item: Published) -> str:
    """Return how the journal names a publication."""
    return f"{_DEEDS[type(item)]}:{item.pk}"


def identity(card: Card) -> dict[str, object]:
    """Return the columns that say whose a publication is."""
    return {
        "siren": card.siren,
        "organisation": (card.name or UNNAMED)[:ORGANISATION_LENGTH],
        "is_fictional": card.is_fictional,
    }


def noted(member: Member, item: Published, deed: str) -> None:
    """Write a deed on a publication in the journal, and tell replicas to read again."""
    note(member.pk, f"{_DEEDS[type(item)]}.{deed}", subject_of(item), f"organisation:{item.siren}")
    stamp.change()


def _confirming(item: Published, now: datetime) -> dict[str, object]:
    """Return what makes the organisation’s own an activity that another told of it, once she writes it again."""
    is_proposed = isinstance(item, DeclaredActivity) and item.is_proposed
    return {"confirmed_at": now} if is_proposed else {}


def _published(member: Member, made: Item) -> Item:
    with transaction.atomic():
        held = standing(type(made)).filter(siren=made.siren)
        # What lists tell of an organisation does not stop it from speaking.
        if sum(not getattr(each, "is_proposed", False) for each in held) >= STANDING_AT_MOST:
            raise InvalidRequestError(
                f"Une organisation publie au plus {STANDING_AT_MOST} activités et autant d’offres : "
                "retirez-en une, ou corrigez-la."
            )
        made.save(force_insert=True)
        noted(member, made, "published")
    return made
