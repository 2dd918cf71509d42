"""The pages by which organisations come into a list: from a card, from a territory."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from essor.errors import InvalidRequestError
from essor.observatory.card import card
from essor.observatory.dashboard import Dashboard
from essor.observatory.report.members import NamedMember
from essor.observatory.typography import counted
from essor.site.current import in_service
from essor.site.lists import keeping
from essor.site.lists.forms import FollowForm, KeepForm
from essor.site.lists.models import LIST_NAME_LENGTH, OrganisationList
from essor.site.members.account import signed_in
from essor.site.members.models.member import Member
from essor.territory.level import Level


@login_required
@never_cache
def keep(request: HttpRequest, siren: str) -> HttpResponse:
    """Return the form that asks in which list an organisation is kept, and keep it there."""
    member = signed_in(request)
    with in_service().connection() as connection:
        found = card(connection, siren)
    form = KeepForm(request.POST or None, lists=member.lists.all())
    if form.is_valid():
        try:
            held = _asked_list(member, form.cleaned_data)
            keeping.keep(held, [keeping.keepable(found)], form.cleaned_data["note"])
        except InvalidRequestError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"{found.name or 'L’organisation'} est dans cette liste.")
            return redirect("liste", held.pk)
    holding = member.lists.filter(kept__siren=siren)
    content = {"form": form, "card": found, "holding": holding}
    return render(request, "essor/lists/keep.html", content, status=_status(form))


@login_required
@never_cache
def follow(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the employers of a territory to be chosen, and keep those chosen in a list of their own."""
    found = in_service().dashboard(level, code)
    employers = _employers(found)
    name = f"À suivre, {found.territory.name}"[:LIST_NAME_LENGTH]
    form = FollowForm(
        request.POST or None,
        employers=[(each.siren, each.name) for each in employers],
        initial={"nom": name, "siren": [each.siren for each in employers]},
    )
    if form.is_valid():
        chosen = [each for each in employers if each.siren in form.cleaned_data["siren"]]
        try:
            held = keeping.open_list(
                signed_in(request), form.cleaned_data["nom"], found.territory.selector
            )
            added = keeping.keep(held, map(keeping.keepable, chosen))
        except InvalidRequestError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"Dans la liste : {counted(added, 'organisation')} de plus.")
            return redirect("liste", held.pk)
    content = {"form": form, "here": found.territory}
    return render(request, "essor/lists/follow.html", content, status=_status(form))


def _asked_list(member: Member, said: dict[str, str]) -> OrganisationList:
    """Return the new list when one is named, else the one chosen among hers."""
    if said["nom"]:
        return keeping.open_list(member, said["nom"])
    return member.lists.get(pk=said["liste"])


def _employers(found: Dashboard) -> list[NamedMember]:
    """Return the employers of both perimeters, each once."""
    both = (*found.employers.listed, *found.declared_employers.listed)
    return list({each.siren: each for each in both}.values())


def _status(form: KeepForm | FollowForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
