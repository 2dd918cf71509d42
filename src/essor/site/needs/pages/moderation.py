"""The moderators' pages: messages reported, and needs published for everybody."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.site.members.account import signed_in
from essor.site.members.models.member import Member
from essor.site.members.permissions import may_moderate
from essor.site.members.person import person_of
from essor.site.needs.forms import ReasonForm
from essor.site.needs.messages import judge, reported
from essor.site.needs.models import Message
from essor.site.needs.moderating import hide, moderated, show
from essor.site.needs.pages.access import conditions
from essor.site.needs.words import Report

_SHOWN = 50
_VERDICTS = {"masquer": Report.HIDDEN, "garder": Report.KEPT}


@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Return the messages reported, and the needs published, latest first."""
    _moderator(request)
    page = Paginator(moderated(), _SHOWN).get_page(request.GET.get("page"))
    content = {"page": page, "reported": reported()}
    return render(request, "essor/needs/moderation.html", content)


@login_required
@never_cache
def posting(request: HttpRequest, number: int) -> HttpResponse:
    """Return a need published for everybody; hide it with a reason, or show it again."""
    moderator = _moderator(request)
    found = get_object_or_404(moderated(), pk=number)
    form = ReasonForm(request.POST if "masquer" in request.POST else None)
    if "retablir" in request.POST:
        is_done = show(found, moderator)
        return _settled(request, is_done=is_done)
    if form.is_valid():
        return _settled(request, is_done=hide(found, form.cleaned_data["motif"], moderator))
    content = {**conditions(found), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "essor/needs/moderation_need.html", content, status=status)


@login_required
@require_POST
def message(request: HttpRequest, number: int) -> HttpResponse:
    """Hide a message that was reported, or keep it."""
    moderator = _moderator(request)
    found = get_object_or_404(Message, pk=number)
    verdict = _VERDICTS.get(request.POST.get("decision", ""))
    return _settled(request, is_done=verdict is not None and judge(found, verdict, moderator))


def _moderator(request: HttpRequest) -> Member:
    member = signed_in(request)
    if not may_moderate(person_of(member)):
        raise PermissionDenied
    return member


def _settled(request: HttpRequest, *, is_done: bool) -> HttpResponse:
    if is_done:
        messages.success(request, "C’est fait.")
    else:
        messages.info(request, "Un autre modérateur en a décidé avant vous : rien n’a été changé.")
    return redirect("moderation-besoins")
