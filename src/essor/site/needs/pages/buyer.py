"""The buyer's pages: a need posted, corrected, published, withdrawn, followed."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.errors import EssorError, InvalidRequestError
from essor.site.asking import Told, answered
from essor.site.current import in_service
from essor.site.members.account import signed_in
from essor.site.members.models.member import Member
from essor.site.needs import publishing
from essor.site.needs.digest import set_rhythm
from essor.site.needs.exchanges import INVITED_AT_MOST
from essor.site.needs.forms import PostingForm, as_posted
from essor.site.needs.models import Outcome, Posting
from essor.site.needs.pages.access import asked_again, posting_run
from essor.site.needs.question import NeedForm
from essor.site.needs.recorded import asked_of, record_of, replayed
from essor.site.needs.suiting import closed
from essor.site.needs.words import NeedState

_FORM = "essor/needs/post.html"


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Return the form that keeps the need just asked, and post it."""
    member = signed_in(request)
    if request.method == "POST":
        return _posted(request, member)
    question = NeedForm(request.GET)
    if not question.is_valid():
        return redirect("besoins")
    form = PostingForm(initial=question.cleaned_data, organisations=_organisations(member))
    return asked_again(request, _FORM, form, told=answered(in_service(), question.asked()))


@login_required
@never_cache
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Return a need to be corrected, and correct it; whoever comes second is told."""
    member, posting = posting_run(request, number)
    organisations = {posting.siren: posting.organisation} if posting.siren else {}
    if request.method != "POST":
        form = PostingForm(initial=as_posted(posting), organisations=organisations)
        told = _told(posting)
        return asked_again(request, _FORM, form, posting=posting, told=told)
    form = PostingForm(request.POST, organisations=organisations)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        posting.version = form.cleaned_data["version"] or 0
        try:
            if publishing.correct(in_service(), posting, form.said(), member):
                messages.success(request, "Le besoin est corrigé.")
                return redirect("besoin-suivi", number)
            status = HTTPStatus.CONFLICT
        except EssorError as fault:
            form.reproach(fault)
    posting.refresh_from_db()
    content = {"form": form, "posting": posting, "is_late": status is HTTPStatus.CONFLICT}
    return render(request, _FORM, content, status=status)


@login_required
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Open a draft."""
    member, posting = posting_run(request, number)
    return _published(request, member, posting)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a need back."""
    member, posting = posting_run(request, number)
    if publishing.withdraw(posting, member):
        messages.success(request, "Le besoin est retiré.")
    else:
        messages.info(request, "Ce besoin n’était plus en cours : rien n’a été changé.")
    return redirect("mes-besoins")


@login_required
@never_cache
def board(request: HttpRequest, number: int) -> HttpResponse:
    """Return how a need goes: who was invited, has seen it, answers, refuses and why."""
    member, posting = posting_run(request, number)
    exchanges = list(posting.exchanges.all())
    content = {
        "posting": posting,
        "is_open": publishing.is_open(posting),
        "record": record_of(posting),
        "exchanges": exchanges,
        "closed": closed(in_service(), (each.siren for each in exchanges)),
        "outcome": Outcome.objects.filter(posting=posting, exchange=None).first(),
        "invited_at_most": INVITED_AT_MOST,
        "is_author": posting.author_id == member.pk,
    }
    return render(request, "essor/needs/board.html", content)


@login_required
@never_cache
def replay(request: HttpRequest, number: int) -> HttpResponse:
    """Return the answer that the need had, given again beside the first."""
    _, posting = posting_run(request, number)
    again = replayed(in_service(), posting)
    return render(request, "essor/needs/replay.html", {"posting": posting, "again": again})


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Return the needs that a member runs, and how she is written to."""
    member = signed_in(request)
    sirens = member.memberships.values("siren")
    theirs = Posting.objects.filter(siren__in=sirens) | Posting.objects.filter(
        siren="", author=member
    )
    rhythm = getattr(member, "rhythm", None)
    content = {
        "postings": theirs.order_by("-changed_at"),
        "memberships": member.memberships.all(),
        "is_immediate": rhythm is not None and rhythm.is_immediate,
    }
    return render(request, "essor/needs/mine.html", content)


@login_required
@require_POST
def notifications(request: HttpRequest) -> HttpResponse:
    """Keep how a member wants to be written to."""
    set_rhythm(signed_in(request), is_immediate=request.POST.get("rythme") == "immediat")
    messages.success(request, "C’est noté.")
    return redirect("mes-besoins")


def _posted(request: HttpRequest, member: Member) -> HttpResponse:
    form = PostingForm(request.POST, organisations=_organisations(member))
    if form.is_valid():
        try:
            made = publishing.post(in_service(), member, form.said(), form.cleaned_data["jeton"])
        except EssorError as fault:
            form.reproach(fault)
        else:
            if "publier" in request.POST:
                return _published(request, member, made)
            messages.success(request, "Le brouillon est gardé : vous seul le lisez.")
            return redirect("besoin-suivi", made.pk)
    return asked_again(request, _FORM, form)


def _published(request: HttpRequest, member: Member, posting: Posting) -> HttpResponse:
    try:
        is_new = publishing.publish(in_service(), posting, member)
    except InvalidRequestError as fault:
        messages.error(request, str(fault), extra_tags="danger")
        return redirect("besoin-corriger", posting.pk)
    if is_new:
        messages.success(request, "Le besoin est publié. Invitez maintenant qui peut y répondre.")
    return redirect("besoin-inviter", posting.pk)


def _organisations(member: Member) -> dict[str, str]:
    return dict(member.memberships.values_list("siren", "organisation"))


def _told(posting: Posting) -> Told | None:
    """Return what was read in a need; None when it can no longer be answered as it is."""
    if posting.state not in (NeedState.DRAFT.value, NeedState.OPEN.value):
        return None
    try:
        return answered(in_service(), asked_of(posting))
    except InvalidRequestError:
        return None
