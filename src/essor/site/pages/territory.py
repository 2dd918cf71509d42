"""Territoire: what an officer reads of her intercommunalité on a Monday morning, at any level."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from essor.errors import UnknownTerritoryError
from essor.observatory.dashboard import Dashboard
from essor.observatory.figure import Figure, Unit
from essor.observatory.first_steps import first_steps
from essor.site.current import in_service
from essor.study.links import built_for
from essor.territory.level import Level
from essor.territory.lookup import look_up, search
from essor.territory.territories import Territory

_FIRST = ("K03", "K04", "K05")
_COMPARED = ("K03", "K04", "K05", "K06", "K07")
_SHOWN = 6
"""Specialities and clusters that the page names; the report has them all."""

EXAMPLES = (
    (Level.EPCI, "200039865", "Metz Métropole"),
    (Level.EPCI, "243500139", "Rennes Métropole"),
    (Level.DEPARTEMENT, "57", "Moselle"),
    (Level.REGION, "76", "Occitanie"),
)


def entrance(request: HttpRequest) -> HttpResponse:
    """Return where a territory is named, or lead to the one that was typed."""
    typed = request.GET.get("lieu", "").strip()
    if not typed:
        return render(request, "essor/territory/entrance.html", {"examples": EXAMPLES})
    with in_service().connection() as connection:
        try:
            found = look_up(connection, typed)
        except UnknownTerritoryError as unknown:
            content = {"typed": typed, "near": search(connection, typed), "why": str(unknown)}
            return render(request, "essor/territory/entrance.html", content, status=404)
    return HttpResponseRedirect(dashboard_address(found.territory))


def dashboard(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the dashboard of a territory."""
    found = in_service().dashboard(level, code)
    plan = first_steps(found)
    content = {
        "found": found,
        "here": found.territory,
        "keys": [each for each in found.here.figures if each.id in _FIRST],
        "compared": _compared(found),
        "steps": [(step, _directory(found.territory, step.asked)) for step in plan.steps],
        "silent": [(lever, built_for(lever)) for lever in plan.silent],
        "directory": _directory(found.territory, ()),
        "exported": _directory(found.territory, (), reverse("annuaire-export", args=["csv"])),
        "strengths": [each for each in found.strengths if each.is_cluster][:_SHOWN],
        "clusters": found.clusters.clusters[:_SHOWN],
        "more_clusters": max(0, len(found.clusters.clusters) - _SHOWN),
    }
    return render(request, "essor/territory/dashboard.html", content)


def dashboard_address(territory: Territory) -> str:
    """Return the address of the dashboard of a territory."""
    return reverse("tableau-de-bord", args=[territory.level, territory.code])


def _compared(found: Dashboard) -> list[tuple[str, list[Figure | None]]]:
    """Return a line a figure, with its value here and in each territory around, nearest first."""
    places = [{each.id: each for each in held.figures} for held in found.compared]
    return [
        (places[0][key].label, [held.get(key) for held in places])
        for key in _COMPARED
        if key in places[0] and places[0][key].unit is not Unit.TEXT
    ]


def _directory(territory: Territory, asked: Sequence[tuple[str, str]], page: str = "") -> str:
    """Return the address of the directory of a territory, with what is asked of it."""
    query = QueryDict(mutable=True)
    for name, value in asked:
        query.appendlist(name, value)
    if territory.level is not Level.FRANCE:
        query["territoire"] = territory.selector
    return f"{page or reverse('annuaire')}?{query.urlencode()}"
