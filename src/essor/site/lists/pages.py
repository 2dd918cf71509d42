"""The pages of lists: hers to keep and to share, and the one that a link opens."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.errors import InvalidRequestError
from essor.observatory.typography import counted
from essor.site.lists import keeping
from essor.site.lists.export import FORMS
from essor.site.lists.forms import NameForm, NoteForm, SharingForm
from essor.site.lists.models import OrganisationList
from essor.site.lists.permissions import may_run_list
from essor.site.lists.rows import rows_of
from essor.site.members.account import signed_in
from essor.site.members.person import person_of


@login_required
@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    """Return her lists, and open the one that she names."""
    member = signed_in(request)
    form = NameForm(request.POST or None)
    if form.is_valid():
        try:
            held = keeping.open_list(member, form.cleaned_data["nom"])
        except InvalidRequestError as fault:
            form.add_error("nom", str(fault))
        else:
            return redirect("liste", held.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    content = {"form": form, "lists": member.lists.annotate(size=Count("kept"))}
    return render(request, "essor/lists/lists.html", content, status=status)


@login_required
@never_cache
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Return a list of hers, and give it the name that she says."""
    held = _hers(request, number)
    form = NameForm(request.POST or None, initial={"nom": held.name})
    if form.is_valid():
        try:
            keeping.rename(held, form.cleaned_data["nom"])
        except InvalidRequestError as fault:
            form.add_error("nom", str(fault))
        else:
            messages.success(request, "La liste a changé de nom.")
            return redirect("liste", number)
    rows = [
        (row, NoteForm(initial={"note": row.note}, auto_id=f"{row.kept.siren}-%s"))
        for row in rows_of(held)
    ]
    content = {
        "list": held,
        "form": form,
        "rows": rows,
        "sharing": SharingForm(),
        "address": _shared_address(request, held),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "essor/lists/list.html", content, status=status)


@login_required
@require_POST
def annotate(request: HttpRequest, number: int, siren: str) -> HttpResponse:
    """Write a note on an organisation of a list."""
    held, form = _hers(request, number), NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"La note n’est pas gardée : {form.errors['note'][0]}")
    elif keeping.annotate(held, siren, form.cleaned_data["note"]):
        messages.success(request, "La note est gardée.")
    else:
        messages.info(request, "Cette organisation n’était plus dans la liste.")
    return redirect("liste", number)


@login_required
@require_POST
def take_off(request: HttpRequest, number: int, siren: str) -> HttpResponse:
    """Take an organisation off a list."""
    if keeping.take_off(_hers(request, number), siren):
        messages.success(request, "L’organisation n’est plus dans la liste.")
    return redirect("liste", number)


@login_required
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Give a list a link that can be sent."""
    held, form = _hers(request, number), SharingForm(request.POST)
    keeping.share(held, shares_notes=form.is_valid() and form.cleaned_data["notes"])
    messages.success(request, "La liste a un lien : qui le reçoit la lit, sans compte.")
    return redirect("liste", number)


@login_required
@require_POST
def unshare(request: HttpRequest, number: int) -> HttpResponse:
    """Take the link of a list back."""
    keeping.unshare(_hers(request, number))
    messages.success(request, "Le lien ne mène plus nulle part.")
    return redirect("liste", number)


@login_required
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a list and its notes."""
    held = _hers(request, number)
    held.delete()
    messages.success(request, f"La liste « {held.name} » est supprimée.")
    return redirect("mes-listes")


@login_required
@never_cache
def export(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Return a list of hers as a file, with her notes."""
    held = _hers(request, number)
    if form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="essor-liste-{held.pk}.{form}"'}
    return HttpResponse(write(rows_of(held)), content_type=kind, headers=headers)


@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Return the list that a link opens, for whoever has it; its owner is not named."""
    held = get_object_or_404(OrganisationList, token=token)
    rows = rows_of(held, with_notes=held.shares_notes)
    content = {"list": held, "rows": rows, "size": counted(len(rows), "organisation")}
    answer = render(request, "essor/lists/shared.html", content)
    # A link that is sent is not one that is published.
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _hers(request: HttpRequest, number: int) -> OrganisationList:
    held = get_object_or_404(OrganisationList, pk=number)
    if not may_run_list(person_of(signed_in(request)), held.member_id):
        raise PermissionDenied
    return held


def _shared_address(request: HttpRequest, held: OrganisationList) -> str:
    if held.token is None:
        return ""
    return request.build_absolute_uri(reverse("liste-partagee", args=[held.token]))
