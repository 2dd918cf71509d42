"""The page of an exchange: the need, what each side said, the messages, and the report of one."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import InvalidRequestError
from essor.site.needs.exchanges import see, spoken_for
from essor.site.needs.forms import MessageForm, ReasonForm
from essor.site.needs.messages import report, write
from essor.site.needs.models import Message, Outcome
from essor.site.needs.pages.access import Seat, asked_again, conditions, seat
from essor.site.needs.publishing import is_open
from essor.site.needs.words import Report, Side


@login_required
@never_cache
def exchange(request: HttpRequest, number: int, siren: str) -> HttpResponse:
    """Return an exchange to either side, and write the message that the form says."""
    where = seat(request, number, siren)
    if where.side is Side.SUPPLIER:
        see(where.exchange)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            write(where.exchange, where.side, where.member, said["texte"], said["jeton"])
        except InvalidRequestError as fault:
            form.add_error("texte", str(fault))
        else:
            messages.success(request, "Votre message est transmis, sans votre adresse.")
            return redirect("besoin-echange", number, siren)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "essor/needs/exchange.html", _content(where, form), status=status)


@login_required
@never_cache
def report_message(request: HttpRequest, number: int) -> HttpResponse:
    """Return the form by which a message of the other side is reported, and report it."""
    found = Message.objects.select_related("exchange__posting")
    message = get_object_or_404(found, pk=number)
    where = seat(request, message.exchange.posting_id, message.exchange.siren)
    if message.side == where.side.value:
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        if report(message, where.member, form.cleaned_data["motif"]):
            messages.success(request, "Le message est signalé : un modérateur va le lire.")
        else:
            messages.info(request, "Ce message a déjà été signalé.")
        return redirect("besoin-echange", message.exchange.posting_id, message.exchange.siren)
    return asked_again(request, "essor/needs/report.html", form, message=message)


def _content(where: Seat, form: MessageForm) -> dict[str, object]:
    found = where.exchange
    posting = found.posting
    return {
        "form": form,
        "exchange": found,
        **conditions(posting),
        "is_open": is_open(posting),
        "is_buyer": where.side is Side.BUYER,
        "side": where.side.value,
        "letters": found.messages.select_related("author"),
        "hidden": Report.HIDDEN.value,
        "unreported": Report.NONE.value,
        "is_reached": found.siren in spoken_for({found.siren}),
        "told_by_buyer": Outcome.objects.filter(posting=posting, exchange=None).first(),
        "told_by_supplier": Outcome.objects.filter(exchange=found).first(),
    }
