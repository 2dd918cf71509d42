"""Whoever asks, and what she asks about: found, or refused."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from essor.observatory.card import Card, card
from essor.site.current import in_service
from essor.site.members.account import signed_in
from essor.site.members.models.member import Member
from essor.site.members.permissions import may_moderate
from essor.site.members.person import person_of
from essor.site.offers.models import DeclaredActivity, Offer, Published
from essor.site.offers.permissions import may_decide, may_publish

ACTIVITIES, OFFERS = "activites", "offres"
"""Kinds of publications, as addresses say them."""


def publisher(request: HttpRequest, siren: str) -> Member:
    """Return the member who asks, when she speaks for the organisation.

    Raises:
        PermissionDenied: she does not.
    """
    member = signed_in(request)
    if not may_publish(person_of(member), siren):
        raise PermissionDenied
    return member


def moderator(request: HttpRequest) -> Member:
    """Return the member who asks, when she moderates.

    Raises:
        PermissionDenied: she does not.
    """
    member = signed_in(request)
    if not may_moderate(person_of(member)):
        raise PermissionDenied
    return member


def judge(request: HttpRequest, author: int | None, siren: str) -> Member:
    """Return the moderator who asks, when the publication is neither hers nor her organisation's.

    Raises:
        PermissionDenied: she may not decide of it.
    """
    member = signed_in(request)
    if not may_decide(person_of(member), author, siren):
        raise PermissionDenied
    return member


def published(kind: str, number: int) -> DeclaredActivity | Offer:
    """Return the publication of that kind and number.

    Raises:
        Http404: there is none.
    """
    if kind == ACTIVITIES:
        return get_object_or_404(DeclaredActivity, pk=number)
    if kind == OFFERS:
        return get_object_or_404(Offer, pk=number)
    raise Http404


def is_shown(item: Published) -> bool:
    """Return whether everybody may read a publication."""
    return item.withdrawn_at is None and item.hidden_at is None


def card_of(siren: str) -> Card:
    """Return the card of an organisation of the release in service.

    Raises:
        UnknownOrganisationError: the release does not hold it.
    """
    with in_service().connection() as connection:
        return card(connection, siren)
