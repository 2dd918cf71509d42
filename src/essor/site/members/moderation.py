"""The moderators' pages: claims to be decided, and the journal that administrators read."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.site.members import permissions, post
from essor.site.members.account import signed_in
from essor.site.members.adapters import KEPT
from essor.site.members.claims import Decision, decide, waiting
from essor.site.members.forms import DecisionForm
from essor.site.members.journal import deed_words, entries
from essor.site.members.models.claim import Claim
from essor.site.members.models.letter import Letter
from essor.site.members.permissions import ClaimState
from essor.site.members.person import person_of

_SHOWN = 50
_STATES = {"accepter": ClaimState.ACCEPTED, "refuser": ClaimState.REFUSED}


@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Return the claims to be decided, oldest first."""
    person = person_of(signed_in(request))
    if not permissions.may_moderate(person):
        raise PermissionDenied
    page = Paginator(waiting(), _SHOWN).get_page(request.GET.get("page"))
    return render(request, "essor/members/queue.html", {"page": page})


@login_required
@never_cache
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Return a claim and what proves it; accept it, or refuse it with a reason."""
    moderator = signed_in(request)
    person = person_of(moderator)
    if not permissions.may_moderate(person):
        raise PermissionDenied
    asked = get_object_or_404(Claim.objects.select_related("member", "decided_by"), pk=number)
    may_decide = permissions.may_decide(person, asked.member_id)
    form = DecisionForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_bound:
        if not may_decide:
            raise PermissionDenied
        if form.is_valid():
            said = Decision(_STATES[form.cleaned_data["decision"]], form.cleaned_data["motif"])
            letter = decide(asked, said, moderator)
            if letter is not None:
                return _decided(request, letter)
            asked.refresh_from_db()
            status = HTTPStatus.CONFLICT
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    content = {
        "claim": asked,
        "form": form,
        "may_decide": may_decide,
        "is_late": status is HTTPStatus.CONFLICT,
    }
    return render(request, "essor/members/decision.html", content, status=status)


@login_required
@never_cache
def journal(request: HttpRequest) -> HttpResponse:
    """Return who did what, latest first."""
    if not permissions.may_read_journal(person_of(signed_in(request))):
        raise PermissionDenied
    page = Paginator(entries(), _SHOWN).get_page(request.GET.get("page"))
    rows = [(entry, deed_words(entry.deed)) for entry in page.object_list]
    return render(request, "essor/members/journal.html", {"page": page, "rows": rows})


def _decided(request: HttpRequest, letter: Letter) -> HttpResponse:
    messages.success(request, "La décision est enregistrée, et un message part.")
    if post.deliver(letter) is post.Delivery.KEPT:
        messages.warning(request, KEPT)
    return redirect("moderation")
