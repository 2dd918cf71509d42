"""Needs by the API: who can answer one, those that are published, and publishing one with a key."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Query, Router, Status

from essor.errors import InvalidRequestError
from essor.matching.answer import Answer
from essor.matching.reservation import Reserved
from essor.site.api.authority import KeyBearer, WriteThrottle, member_of
from essor.site.api.questions import NeedAsked, PageAsked
from essor.site.api.sharing import told_pages
from essor.site.asking import answered
from essor.site.current import in_service
from essor.site.needs.models import Posting
from essor.site.needs.publishing import Said, listed, post, publish
from essor.site.needs.words import Visibility

router = Router(tags=["besoins"])

_MATCHED = (
    "Qui peut répondre à un besoin dit en français, les mieux placés d’abord, avec les raisons, les "
    "refus et ce qu’on ne sait pas ; rien n’est enregistré."
)


class NeedSaid(NeedAsked):
    """A need to be published, for oneself or for an organisation one speaks for."""

    siren: str = Field(
        "", pattern="^([0-9]{9})?$", description="Organisation qui a ce besoin ; vide : vous-même."
    )
    visibility: Visibility = Field(
        Visibility.PUBLIC, description="public : tous le lisent ; invited : les seules invitées."
    )
    token: UUID | None = Field(
        None, description="Tiré par vous : envoyé deux fois, le besoin n’est publié qu’une."
    )


@dataclass(frozen=True, slots=True)
class PublishedNeed:
    """A need that is published: what is asked, by which organisation, until when, where it is read."""

    number: int
    need: str
    buyer: str
    siren: str | None
    place: str | None
    radius_km: float | None
    quantity: str | None
    deadline: date | None
    reserved: Reserved | None
    published_at: datetime
    expires_on: date
    address: str
    is_fictional: bool


@router.get(
    "/match",
    response=Answer,
    summary="Répondre à un besoin",
    description=_MATCHED,
)
def match(request: HttpRequest, asked: Query[NeedAsked]) -> Answer:
    """Return who can answer a need said in French, best first, with reasons; nothing is kept."""
    return _matched(asked)


@router.post(
    "/match",
    response=Answer,
    summary="Répondre à un long besoin",
    description=f"{_MATCHED} Pour un besoin trop long pour une adresse.",
)
def match_long(request: HttpRequest, asked: NeedAsked) -> Answer:
    """Return the same for a need too long for an address; nothing is kept."""
    return _matched(asked)


@router.get(
    "/needs",
    response=list[PublishedNeed],
    summary="Besoins publiés",
    description="Les besoins que tous peuvent lire, les derniers d’abord.",
)
def needs(
    request: HttpRequest, response: HttpResponse, asked: Query[PageAsked]
) -> list[PublishedNeed]:
    """Return the needs that everybody may read, latest first."""
    found, start = listed(), (asked.page - 1) * asked.size
    told_pages(request, response, asked.page, max(1, -(-found.count() // asked.size)))
    return [_published(request, each) for each in found[start : start + asked.size]]


@router.get(
    "/needs/{int:number}",
    response=PublishedNeed,
    summary="Un besoin publié",
    description="Un besoin que tous peuvent lire ; clos, il n’est plus ici.",
)
def need(request: HttpRequest, number: int) -> PublishedNeed:
    """Return a need that everybody may read."""
    found = listed().filter(pk=min(number, _LARGEST)).first()
    if found is None:
        raise Http404(f"Aucun besoin publié ne porte le numéro {number} : il est peut-être clos.")
    return _published(request, found)


@router.post(
    "/needs",
    response={HTTPStatus.CREATED: PublishedNeed},
    auth=KeyBearer(),
    throttle=[WriteThrottle()],
    summary="Publier un besoin",
    description=(
        "Publie un besoin au nom du membre à qui est la clé. Renvoyé avec le même « token », il "
        "n’est publié qu’une fois."
    ),
)
def publish_need(
    request: HttpRequest, response: HttpResponse, said: NeedSaid
) -> Status[PublishedNeed]:
    """Publish a need in the name of the member whose key it is."""
    service, author = in_service(), member_of(request)
    told = Said(said.asked(), said.visibility, said.siren)
    posting = post(service, author, told, said.token or uuid4())
    publish(service, posting, author)
    posting.refresh_from_db()
    made = _published(request, posting)
    response["Location"] = made.address
    return Status(HTTPStatus.CREATED, made)


# The largest number that a row may have.
_LARGEST = 2**63 - 1


def _matched(asked: NeedAsked) -> Answer:
    found = answered(in_service(), asked.asked()).answer
    return replace(found, matches=found.matches[: asked.limit])


def _published(request: HttpRequest, posting: Posting) -> PublishedNeed:
    if posting.opened_at is None or posting.expires_on is None:
        raise InvalidRequestError("Ce besoin n’est plus un brouillon ni un besoin ouvert.")
    return PublishedNeed(
        number=posting.pk,
        need=posting.text,
        buyer=posting.buyer,
        siren=posting.siren or None,
        place=posting.place or None,
        radius_km=posting.radius_km,
        quantity=posting.quantity or None,
        deadline=posting.deadline,
        reserved=Reserved(posting.reserved) if posting.reserved else None,
        published_at=posting.opened_at,
        expires_on=posting.expires_on,
        address=request.build_absolute_uri(reverse("besoin", args=[posting.pk])),
        is_fictional=posting.is_fictional,
    )
