"""The pages of what organisations publish: hers to run, everybody's to read."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.errors import InvalidRequestError
from essor.search.document import Kind
from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.members.account import signed_in
from essor.site.offers import correcting, moderating, publishing
from essor.site.offers.access import card_of, is_shown, published, publisher
from essor.site.offers.finding import found
from essor.site.offers.forms import CorrectionForm, OfferForm, ReportForm, filled_offer
from essor.site.offers.models import Correction, DeclaredActivity, Offer
from essor.site.offers.running import current_offers


@login_required
@never_cache
def publications(request: HttpRequest, siren: str) -> HttpResponse:
    """Return all that an organisation publishes, for those who speak for it."""
    publisher(request, siren)
    activities = DeclaredActivity.objects.filter(siren=siren, withdrawn_at=None)
    content = {
        "card": card_of(siren),
        "activities": [each for each in activities if not each.is_proposed],
        "proposed": [each for each in activities if each.is_proposed and not each.hidden_at],
        "offers": Offer.objects.filter(siren=siren, withdrawn_at=None),
        "corrections": Correction.objects.filter(siren=siren),
        "today": timezone.localdate(),
    }
    return render(request, "essor/offers/publications.html", content)


@login_required
@never_cache
def offer(request: HttpRequest, siren: str) -> HttpResponse:
    """Publish an offer of means."""
    member, found = publisher(request, siren), card_of(siren)
    with in_service().connection() as connection:
        form = OfferForm(request.POST or None, connection=connection)
        if form.is_valid():
            try:
                made = publishing.offer(member, found, form.said())
            except InvalidRequestError as fault:
                form.add_error(None, str(fault))
            else:
                messages.success(request, "L’offre est publiée : on la trouve déjà.")
                return redirect("offre", made.pk)
        return _asked_again(request, "essor/offers/offer_form.html", form, card=found)


@login_required
@never_cache
def correct_offer(request: HttpRequest, number: int) -> HttpResponse:
    """Write an offer again."""
    row = get_object_or_404(Offer, pk=number, withdrawn_at=None)
    member = publisher(request, row.siren)
    found = card_of(row.siren)
    with in_service().connection() as connection:
        form = OfferForm(request.POST or None, initial=filled_offer(row), connection=connection)
        if form.is_valid():
            if publishing.correct(member, row, form.said()):
                messages.success(request, "L’offre est corrigée.")
            return redirect("publications", row.siren)
        return _asked_again(request, "essor/offers/offer_form.html", form, card=found, row=row)


@login_required
@require_POST
def withdraw(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Take a publication back."""
    item = published(kind, number)
    if publishing.withdraw(publisher(request, item.siren), item):
        messages.success(request, "C’est retiré.")
    return redirect("publications", item.siren)


@never_cache
def offers(request: HttpRequest) -> HttpResponse:
    """Return the offers of means that stand, those that are searched for."""
    standing = current_offers()
    rows = standing.in_bulk
    return found(request, Kind.OFFER, "essor/offers/offers.html", rows, standing.count())


@never_cache
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Return an offer that stands; one whose last day is past says so."""
    row = get_object_or_404(Offer, pk=number)
    if not is_shown(row):
        raise Http404
    content = {"offer": row, "is_over": row.ends_on < timezone.localdate()}
    return render(request, "essor/offers/offer.html", content)


@login_required
@never_cache
def propose(request: HttpRequest, siren: str) -> HttpResponse:
    """Propose a correction of what the register says of an organisation."""
    member, found = publisher(request, siren), card_of(siren)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            correcting.propose(member, found, said["fait"], said["valeur"], said["explication"])
        except InvalidRequestError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "La correction est proposée : un modérateur va la lire.")
            return redirect("publications", siren)
    return _asked_again(request, "essor/offers/correction.html", form, card=found)


@login_required
@require_POST
def withdraw_correction(request: HttpRequest, number: int) -> HttpResponse:
    """Take a correction back."""
    asked = get_object_or_404(Correction, pk=number)
    if correcting.withdraw(publisher(request, asked.siren), asked):
        messages.success(request, "La correction est retirée.")
    return redirect("publications", asked.siren)


@login_required
@never_cache
def report(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Report a publication to the moderators."""
    member, item = signed_in(request), published(kind, number)
    if not is_shown(item):
        raise Http404
    form = ReportForm(request.POST or None)
    if form.is_valid():
        moderating.report(member, item, form.cleaned_data["motif"])
        messages.success(request, "Merci : un modérateur va le lire.")
        return redirect("organisation", item.siren)
    return _asked_again(request, "essor/offers/report.html", form, item=item)


def _asked_again(
    request: HttpRequest, page: str, form: ThemedForm, **content: object
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, page, {"form": form, **content}, status=status)
