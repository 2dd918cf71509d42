"""The pages of the errors that visitors find on cards: told by anybody, decided by moderators."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members.forms import DecisionForm
from essor.site.members.person import person_of
from essor.site.offers import remarks
from essor.site.offers.access import card_of, judge, moderator
from essor.site.offers.forms import RemarkForm
from essor.site.offers.models import Remark
from essor.site.offers.permissions import may_decide
from essor.site.offers.words import CorrectionState

ACTION = "remark"
"""Under which name the rate of remarks of an address of the network is set (`settings`)."""

_TOO_MANY = "Trop de signalements sont partis de votre adresse de réseau : revenez dans une heure."
_STATES = {"accepter": CorrectionState.ACCEPTED, "refuser": CorrectionState.REFUSED}


@never_cache
def remark(request: HttpRequest, siren: str) -> HttpResponse:
    """Let anybody tell an error of the card of an organisation; the answer is the same whatever is kept."""
    found = card_of(siren)
    form, status = RemarkForm(request.POST or None), HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_trapped():
            return _thanked(request, siren)
        if form.is_valid():
            if not ratelimit.consume(request, action=ACTION):
                form.add_error(None, _TOO_MANY)
                status = HTTPStatus.TOO_MANY_REQUESTS
            elif _is_kept(found, form):
                return _thanked(request, siren)
    content = {"form": form, "card": found, "waiting_days": remarks.WAITING_FOR.days}
    return render(request, "essor/offers/remark.html", content, status=status)


@login_required
@never_cache
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Return a remark beside what the register says; accept it, refuse it with a reason, take it off."""
    member = moderator(request)
    asked = get_object_or_404(Remark, pk=number)
    form, status = DecisionForm(request.POST or None), HTTPStatus.OK
    if form.is_bound:
        judge(request, None, asked.siren)
        if "retirer" in request.POST:
            if remarks.withdraw(asked, member):
                messages.success(request, "La fiche ne le montre plus.")
            return redirect("moderation-publications")
        if form.is_valid():
            state = _STATES[form.cleaned_data["decision"]]
            if remarks.decide(asked, state, form.cleaned_data["motif"], member):
                messages.success(request, "La décision est enregistrée.")
            else:
                messages.info(request, "Un autre modérateur en a décidé avant vous.")
            return redirect("moderation-publications")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    content = {
        "remark": asked,
        "card": card_of(asked.siren),
        "form": form,
        "may_decide": may_decide(person_of(member), None, asked.siren),
    }
    return render(request, "essor/offers/remark_decision.html", content, status=status)


def _is_kept(found: Card, form: RemarkForm) -> bool:
    """Return whether what a valid form says is queued, now or already; the form says why it is not."""
    try:
        remarks.remark(found, form.said())
    except InvalidRequestError as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _thanked(request: HttpRequest, siren: str) -> HttpResponse:
    messages.success(request, "Merci : un modérateur va le lire.")
    return redirect("organisation", siren)
