"""The keys of a member, in her space."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.errors import InvalidRequestError
from essor.site.keys.forms import KeyForm
from essor.site.keys.keeping import LASTING, living, make, revoke
from essor.site.keys.models import Key
from essor.site.keys.permissions import may_revoke
from essor.site.members.account import signed_in
from essor.site.members.person import person_of


@login_required
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """Return her keys, and make the one that she names: its text is shown on this answer alone."""
    member, made = signed_in(request), None
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            said = form.cleaned_data
            made = make(member, said["nom"], said["duree"] or LASTING, said["portee"])
        except InvalidRequestError as fault:
            form.add_error("nom", str(fault))
        else:
            form = KeyForm()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    content = {"form": form, "made": made, "keys": living(member)}
    return render(request, "essor/keys/keys.html", content, status=status)


@login_required
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke a key of hers."""
    key = get_object_or_404(Key, pk=number)
    if not may_revoke(person_of(signed_in(request)), key.member_id):
        raise PermissionDenied
    if revoke(key):
        messages.success(request, f"La clé « {key.name} » n’ouvre plus rien.")
    else:
        messages.info(request, "Cette clé n’ouvrait déjà plus rien.")
    return redirect("mes-cles")
