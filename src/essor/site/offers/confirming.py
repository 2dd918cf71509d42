"""The page by which an organisation makes its own what lists tell of it, or takes it off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from essor.site.offers import proposing
from essor.site.offers.access import publisher

_LARGEST = 2**63 - 1
_MOST = 200
_DECISIONS = {"confirmer": proposing.confirm, "ecarter": proposing.decline}
_SAID = {
    "confirmer": "C’est confirmé : ces activités sont déclarées en votre nom.",
    "ecarter": "C’est écarté : la fiche ne les montre plus.",
}


@login_required
@require_POST
def settle(request: HttpRequest, siren: str) -> HttpResponse:
    """Confirm or decline, all at once, the activities that are ticked."""
    member = publisher(request, siren)
    typed = request.POST.getlist("activite")[:_MOST]
    numbers = [int(each) for each in typed if each.isascii() and each.isdigit()]
    numbers = [each for each in numbers if each <= _LARGEST]
    decision = request.POST.get("decision")
    if decision not in _DECISIONS:
        raise BadRequest
    if _DECISIONS[decision](member, siren, numbers):
        messages.success(request, _SAID[decision])
    else:
        messages.info(request, "Rien n’était coché, ou c’était déjà décidé.")
    return redirect("publications", siren)
