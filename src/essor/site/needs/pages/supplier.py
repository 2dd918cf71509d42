"""The supplier's pages: the invitations and the needs that suit, the answer, what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import InvalidRequestError, UnknownOrganisationError
from essor.matching.match import Match
from essor.site.current import in_service
from essor.site.members.account import signed_in
from essor.site.members.models.claim import Membership
from essor.site.members.person import person_of
from essor.site.needs import permissions
from essor.site.needs.closing import tell_of
from essor.site.needs.exchanges import Reply, come, reply, see
from essor.site.needs.forms import OutcomeForm, ReplyForm
from essor.site.needs.models import Exchange, Posting
from essor.site.needs.pages.access import asked_again, conditions, seat
from essor.site.needs.publishing import is_open, standing_of
from essor.site.needs.suiting import Suited, judged, suited
from essor.site.needs.words import Side, Stance

_SUITED = 20


@login_required
@never_cache
def board(request: HttpRequest, siren: str) -> HttpResponse:
    """Return the invitations of an organisation, and the open needs that suit it, with reasons."""
    held = Membership.objects.filter(member=signed_in(request), siren=siren).first()
    if held is None:
        raise PermissionDenied
    exchanges = Exchange.objects.filter(siren=siren).select_related("posting")
    known = {each.posting_id for each in exchanges}
    found = [each for each in _suited(siren) if each.posting.pk not in known]
    content = {
        "held": held,
        "exchanges": exchanges.filter(posting__hidden_at=None).order_by("-begun_at"),
        "suited": found[:_SUITED],
        "suited_count": len(found),
    }
    return render(request, "essor/needs/supplier.html", content)


@login_required
@never_cache
def answer(request: HttpRequest, number: int, siren: str) -> HttpResponse:
    """Return a need to be answered for an organisation, invited or not, and keep the answer."""
    member = signed_in(request)
    posting = get_object_or_404(Posting, pk=number)
    if not permissions.may_speak(person_of(member), standing_of(posting), siren):
        raise PermissionDenied
    exchange = posting.exchanges.filter(siren=siren).first()
    if exchange is not None:
        see(exchange)
    held = get_object_or_404(Membership, member=member, siren=siren)
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        try:
            _answered(posting, exchange, held, form.said())
        except InvalidRequestError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "Votre réponse est enregistrée, et l’acheteur est prévenu.")
            return redirect("besoin-echange", number, siren)
    content = {
        **conditions(posting),
        "exchange": exchange,
        "held": held,
        "is_open": is_open(posting),
        "match": None if exchange else _judged(posting, siren),
    }
    return asked_again(request, "essor/needs/reply.html", form, **content)


@login_required
@never_cache
def outcome(request: HttpRequest, number: int, siren: str) -> HttpResponse:
    """Return the questions asked of an organisation once a need is over, and keep what it says."""
    where = seat(request, number, siren)
    is_asked = where.exchange.stance == Stance.INTERESTED.value
    if where.side is not Side.SUPPLIER or not is_asked:
        raise PermissionDenied
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        tell_of(where.exchange, form.told(), where.member)
        messages.success(request, "C’est enregistré. Merci de l’avoir dit.")
        return redirect("besoin-echange", number, siren)
    return asked_again(request, "essor/needs/outcome.html", form, exchange=where.exchange)


def _answered(posting: Posting, exchange: Exchange | None, held: Membership, said: Reply) -> None:
    """Keep an answer; an organisation that was not invited has nothing to refuse."""
    if exchange is not None:
        if not reply(exchange, said, held.member) and not is_open(posting):
            raise InvalidRequestError("Ce besoin n’est plus ouvert : on ne peut plus y répondre.")
    elif said.stance is Stance.INTERESTED:
        come(posting, held, said.text, _judged(posting, held.siren))
    else:
        raise InvalidRequestError("Vous n’avez pas été invitée : il n’y a rien à refuser.")


def _suited(siren: str) -> tuple[Suited, ...]:
    """Return nothing for an organisation that the release in service no longer holds."""
    try:
        return suited(in_service(), siren)
    except UnknownOrganisationError:
        return ()


def _judged(posting: Posting, siren: str) -> Match | None:
    try:
        return judged(in_service(), posting, siren)
    except UnknownOrganisationError:
        return None
