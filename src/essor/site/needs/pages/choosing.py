"""The buyer's choices: whom she invites, and whom she retained when she closes the need."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import InvalidRequestError
from essor.site.current import in_service
from essor.site.needs.closing import close
from essor.site.needs.exchanges import INVITED_AT_MOST, Invited, invite, rankable, spoken_for
from essor.site.needs.forms import ClosingForm
from essor.site.needs.models import Posting
from essor.site.needs.pages.access import asked_again, posting_run
from essor.site.needs.publishing import is_open
from essor.site.needs.words import Stance

_SHOWN = 30


@login_required
@never_cache
def invitations(request: HttpRequest, number: int) -> HttpResponse:
    """Return the ranking to choose from, and invite those chosen."""
    member, posting = posting_run(request, number)
    if not is_open(posting):
        messages.info(request, "Ce besoin n’est pas ouvert : on ne peut pas y inviter.")
        return redirect("besoin-suivi", number)
    fault = None
    if request.method == "POST":
        chosen = request.POST.getlist("siret")
        try:
            invited = invite(in_service(), posting, chosen, member)
        except InvalidRequestError as error:
            fault = str(error)
        else:
            _say(request, invited)
            return redirect("besoin-suivi" if chosen else "besoin-inviter", number)
    content = _ranking(posting, set(request.POST.getlist("siret"))) | {"fault": fault}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "essor/needs/invite.html", content, status=status)


@login_required
@never_cache
def closing(request: HttpRequest, number: int) -> HttpResponse:
    """Return the questions asked of whoever closes a need, and close it."""
    member, posting = posting_run(request, number)
    candidates = list(posting.exchanges.exclude(stance=Stance.REFUSED.value))
    form = ClosingForm(request.POST or None, exchanges=candidates)
    if form.is_valid():
        if close(posting, form.told(), form.cleaned_data["retenues"], member):
            messages.success(request, "Le besoin est clos. Merci de l’avoir dit.")
        else:
            messages.info(request, "Ce besoin n’était plus à clore : rien n’a été changé.")
        return redirect("besoin-suivi", number)
    content = {"posting": posting, "candidates": candidates}
    return asked_again(request, "essor/needs/close.html", form, **content)


def _ranking(posting: Posting, chosen: set[str]) -> dict[str, object]:
    matches = rankable(in_service(), posting)[:_SHOWN]
    begun = set(posting.exchanges.values_list("siren", flat=True))
    spoken = spoken_for({each.supplier.siren for each in matches})
    sent = posting.exchanges.filter(is_invited=True).exclude(stance=Stance.REFUSED.value).count()
    return {
        "posting": posting,
        "rows": [
            (
                each,
                each.supplier.siren in begun,
                each.supplier.siren in spoken,
                each.supplier.siret in chosen,
            )
            for each in matches
        ],
        "left": max(0, INVITED_AT_MOST - sent),
        "invited_at_most": INVITED_AT_MOST,
    }


def _say(request: HttpRequest, invited: Invited) -> None:
    count = len(invited.begun)
    if not count:
        messages.info(request, "Cochez au moins une organisation qui n’est pas encore invitée.")
        return
    messages.success(request, f"Invitations faites : {count}.")
    if invited.unreached:
        names = ", ".join(invited.unreached)
        messages.warning(
            request,
            f"Personne ne parle encore sur Essor pour : {names}. Aucun message ne leur est envoyé ; "
            "l’invitation attend qui revendiquera leur fiche. Si vous les connaissez, prévenez-les.",
        )
