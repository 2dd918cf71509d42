"""Who asks, and for what: found and allowed, or refused."""

from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.members.account import signed_in
from essor.site.members.models.member import Member
from essor.site.members.permissions import Person
from essor.site.members.person import person_of
from essor.site.needs import permissions
from essor.site.needs.models import Exchange, Posting
from essor.site.needs.publishing import standing_of
from essor.site.needs.recorded import record_of, trades_of
from essor.site.needs.words import Side


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a member sits in an exchange."""

    member: Member
    exchange: Exchange
    side: Side


def person_asking(request: HttpRequest) -> Person | None:
    """Return who asks, None when nobody is signed in."""
    return person_of(request.user) if isinstance(request.user, Member) else None


def posting_run(request: HttpRequest, number: int) -> tuple[Member, Posting]:
    """Return the member who asks and the need, which she runs.

    Raises:
        Http404: there is no such need.
        PermissionDenied: she does not run it.
    """
    member = signed_in(request)
    posting = get_object_or_404(Posting, pk=number)
    if not permissions.may_run(person_of(member), standing_of(posting)):
        raise PermissionDenied
    return member, posting


def seat(request: HttpRequest, number: int, siren: str) -> Seat:
    """Return where the member who asks sits in an exchange; the buyer's side comes first.

    Raises:
        Http404: there is no such exchange.
        PermissionDenied: she is of neither side.
    """
    member = signed_in(request)
    found = Exchange.objects.select_related("posting__author")
    exchange = get_object_or_404(found, posting=number, siren=siren)
    person, need = person_of(member), standing_of(exchange.posting)
    if permissions.may_run(person, need):
        return Seat(member, exchange, Side.BUYER)
    if permissions.may_read_exchange(person, need, siren):
        return Seat(member, exchange, Side.SUPPLIER)
    raise PermissionDenied


def conditions(posting: Posting) -> dict[str, object]:
    """Return what a page reads of what a need asks."""
    need = record_of(posting).need
    return {"posting": posting, "need": need, "trades": trades_of(in_service(), need)}


def asked_again(
    request: HttpRequest, page: str, form: ThemedForm, **content: object
) -> HttpResponse:
    """Return the page of a form, to be filled in or to be corrected."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, page, {"form": form, **content}, status=status)
