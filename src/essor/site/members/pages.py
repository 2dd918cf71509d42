"""Mon espace, and « C’est mon organisation »: what a member does for herself."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.errors import InvalidRequestError
from essor.observatory.card import card
from essor.site.current import in_service
from essor.site.forms import ThemedForm
from essor.site.lists.watching import watched
from essor.site.members import permissions
from essor.site.members.account import delete_account, end_membership, exported, signed_in
from essor.site.members.claims import claim, withdraw
from essor.site.members.forms import ClaimForm, DeletionForm
from essor.site.members.models.claim import Claim, Membership
from essor.site.members.permissions import OrganisationRole
from essor.site.members.person import person_of


@login_required
@never_cache
def space(request: HttpRequest) -> HttpResponse:
    """Return what a member has here: her organisations, her claims, what she may do."""
    member = signed_in(request)
    person = person_of(member)
    content = {
        "member": member,
        "memberships": member.memberships.all(),
        "claims": member.claims.order_by("-created_at"),
        "appointments": member.appointments.all(),
        "watched": watched(member),
        "may_moderate": permissions.may_moderate(person),
        "may_read_journal": permissions.may_read_journal(person),
    }
    return render(request, "essor/members/space.html", content)


@login_required
@never_cache
def claim_organisation(request: HttpRequest, siren: str) -> HttpResponse:
    """Return the form « C’est mon organisation », and make the claim that it says."""
    with in_service().connection() as connection:
        found = card(connection, siren)
    form = ClaimForm(request.POST or None)
    if form.is_valid():
        role = OrganisationRole(form.cleaned_data["role"])
        try:
            claim(signed_in(request), found, role, form.cleaned_data["preuve"])
        except InvalidRequestError as fault:
            # What was typed stays there.
            form.add_error(None, str(fault))
        else:
            messages.success(request, "Votre demande est enregistrée : un modérateur va la lire.")
            return redirect("espace")
    return _asked_again(request, "essor/members/claim.html", form, card=found)


@login_required
@require_POST
def withdraw_claim(request: HttpRequest, number: int) -> HttpResponse:
    """Take a claim back; it stays to be read."""
    asked = get_object_or_404(Claim, pk=number)
    if not permissions.may_withdraw(person_of(signed_in(request)), asked.member_id):
        raise PermissionDenied
    if withdraw(asked):
        messages.success(request, "Votre demande est retirée.")
    else:
        messages.info(request, "Cette demande n’était plus en attente.")
    return redirect("espace")


@login_required
@never_cache
def organisation_members(request: HttpRequest, siren: str) -> HttpResponse:
    """Return who speaks for an organisation, to those who do and to moderators."""
    person = person_of(signed_in(request))
    if not permissions.may_see_members(person, siren):
        raise PermissionDenied
    held = Membership.objects.filter(siren=siren).select_related("member")
    content = {
        "siren": siren,
        "name": held[0].organisation if held else None,
        "held": [
            (each, permissions.may_remove(person, siren, each.member_id), each.member_id)
            for each in held
        ],
        "number": person.number,
    }
    return render(request, "essor/members/organisation_members.html", content)


@login_required
@require_POST
def remove_member(request: HttpRequest, siren: str, number: int) -> HttpResponse:
    """End a membership: one's own, or another's when one answers for the organisation."""
    person = person_of(signed_in(request))
    held = get_object_or_404(Membership, siren=siren, member_id=number)
    if not permissions.may_remove(person, siren, number):
        raise PermissionDenied
    end_membership(held, person.number)
    messages.success(request, "L’appartenance est terminée.")
    if number == person.number:
        return redirect("espace")
    return redirect("organisation-membres", siren)


@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Return all that the site keeps of a member, as JSON."""
    content = exported(signed_in(request))
    return JsonResponse(
        content,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="essor-mes-donnees.json"'},
    )


@login_required
@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Return the confirmation asked before an account goes, and let it go."""
    member = signed_in(request)
    form = DeletionForm(request.POST or None, email=member.email)
    if form.is_valid():
        delete_account(member)
        logout(request)
        messages.success(request, "Votre compte et ses données sont supprimés.")
        return redirect("accueil")
    return _asked_again(request, "essor/members/delete.html", form)


def _asked_again(
    request: HttpRequest, page: str, form: ThemedForm, **content: object
) -> HttpResponse:
    """Return the page of a form, to be filled in or to be corrected."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, page, {"form": form, **content}, status=status)
