"""The pages where needs are read: those published, and one of them."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from essor.search.document import Kind
from essor.site.members.models.claim import Membership
from essor.site.members.permissions import may_moderate
from essor.site.needs import permissions
from essor.site.needs.models import Posting
from essor.site.needs.pages.access import conditions, person_asking
from essor.site.needs.publishing import is_open, listed, standing_of
from essor.site.offers.finding import found


@never_cache
def published(request: HttpRequest) -> HttpResponse:
    """Return the needs that everybody may read, those that are searched for."""
    rows = listed().defer("record")
    return found(request, Kind.NEED, "essor/needs/published.html", rows.in_bulk, rows.count())


@never_cache
def need(request: HttpRequest, number: int) -> HttpResponse:
    """Return one need, and what whoever reads it may do with it."""
    posting = get_object_or_404(Posting, pk=number)
    person, standing = person_asking(request), standing_of(posting)
    if not permissions.may_read(person, standing):
        if person is None:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
    speaking: list[Membership] = []
    if person is not None:
        held = Membership.objects.filter(member=person.number)
        speaking = [each for each in held if permissions.may_speak(person, standing, each.siren)]
    content = {
        **conditions(posting),
        "is_open": is_open(posting),
        "speaking": [(each, each.siren in standing.sirens) for each in speaking],
        "may_run": permissions.may_run(person, standing),
        "may_moderate": person is not None and may_moderate(person) and standing.is_public,
        "is_signed_in": person is not None,
    }
    return render(request, "essor/needs/need.html", content)
