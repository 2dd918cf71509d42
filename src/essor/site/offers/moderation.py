"""The moderators' page of publications: corrections to be decided, and what was reported."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.site.members.forms import DecisionForm
from essor.site.members.person import person_of
from essor.site.offers import correcting, moderating, remarks
from essor.site.offers.access import card_of, judge, moderator, published
from essor.site.offers.forms import HidingForm
from essor.site.offers.models import Correction
from essor.site.offers.permissions import may_decide
from essor.site.offers.words import CorrectionState

_SHOWN = 50
_STATES = {"accepter": CorrectionState.ACCEPTED, "refuser": CorrectionState.REFUSED}


@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Return the corrections and the remarks to be decided and the reports, oldest first."""
    moderator(request)
    page = Paginator(correcting.waiting(), _SHOWN).get_page(request.GET.get("page"))
    content = {
        "page": page,
        "remarks": remarks.waiting()[:_SHOWN],
        "reports": moderating.reported()[:_SHOWN],
    }
    return render(request, "essor/offers/queue.html", content)


@login_required
@never_cache
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """Return a correction beside what the register says; accept it, or refuse it with a reason."""
    member = moderator(request)
    asked = get_object_or_404(Correction, pk=number)
    form, status = DecisionForm(request.POST or None), HTTPStatus.OK
    if form.is_bound:
        judge(request, asked.author_id, asked.siren)
        if form.is_valid():
            state = _STATES[form.cleaned_data["decision"]]
            if correcting.decide(asked, state, form.cleaned_data["motif"], member):
                messages.success(request, "La décision est enregistrée, et un message part.")
            else:
                messages.info(request, "Un autre modérateur en a décidé avant vous.")
            return redirect("moderation-publications")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    content = {
        "correction": asked,
        "card": card_of(asked.siren),
        "form": form,
        "may_decide": may_decide(person_of(member), asked.author_id, asked.siren),
    }
    return render(request, "essor/offers/decision.html", content, status=status)


@login_required
@never_cache
def publication(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Return a publication; hide it with a reason, or keep it."""
    member, item = moderator(request), published(kind, number)
    form, status = HidingForm(request.POST or None), HTTPStatus.OK
    if form.is_bound:
        judge(request, item.author_id, item.siren)
        if form.is_valid():
            if form.cleaned_data["decision"] == "masquer":
                moderating.hide(item, form.cleaned_data["motif"], member)
            else:
                moderating.keep(item, member)
            messages.success(request, "La décision est enregistrée.")
            return redirect("moderation-publications")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    content = {
        "item": item,
        "form": form,
        "reports": item.reports.order_by("made_at"),
        "may_decide": may_decide(person_of(member), item.author_id, item.siren),
    }
    return render(request, "essor/offers/hiding.html", content, status=status)
