"""Étude: its brakes, levers, cases and forms of cooperation, linked both ways, each with its page."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import UnknownTerritoryError
from essor.observatory.study_figures import study_figures
from essor.site.current import in_service
from essor.site.maps.points import map_of_points
from essor.site.maps.policy import with_map
from essor.study import links
from essor.study.contents import study
from essor.study.items import CasePlace, Recommendation
from essor.territory.level import Level
from essor.territory.territories import Territory, territory_at

_Item = TypeVar("_Item")


@with_map
def overview(request: HttpRequest) -> HttpResponse:
    """Return the study at a glance."""
    whole, cells = study(), links.heat_map()
    rows = [
        (
            lever,
            [
                (brake, cells[lever.id, brake.id], links.heat(lever, brake))
                for brake in whole.brakes.values()
            ],
        )
        for lever in whole.levers.values()
    ]
    cases = [(case, _located(case.places)) for case in whole.cases.values()]
    figures = study_figures().values()
    actors = [(actor, links.of_actor(actor)) for actor in whole.actors.values()]
    built = [(lever, links.built_for(lever)) for lever in whole.levers.values()]
    return _page(
        request,
        "study",
        rows=rows,
        cases=cases,
        points=map_of_points(
            found.lon if found else None for _, places in cases for _, found in places
        ),
        figures=figures,
        actors=actors,
        built=built,
    )


def brake(request: HttpRequest, code: str) -> HttpResponse:
    """Return a brake, and what answers each of its problems."""
    found = _found(study().brakes, code)
    problems = [
        (each, links.answering(each.id), links.attached_to(each.id)) for each in found.problems
    ]
    return _page(
        request,
        "study_brake",
        brake=found,
        problems=problems,
        cases=links.cases_of_brake(found),
        tools=links.tools_of_brake(found),
    )


def lever(request: HttpRequest, code: str) -> HttpResponse:
    """Return a lever: its recommendations, their actors, their cases and their tools."""
    found = _found(study().levers, code)
    recommendations = [_told(each) for each in links.of_lever(found)]
    return _page(
        request,
        "study_lever",
        lever=found,
        recommendations=recommendations,
        built=links.built_for(found),
        tools=_tools(links.of_lever(found)),
        not_built=links.NOT_BUILT,
        cases=links.cases_told_under(found),
    )


def case(request: HttpRequest, code: str) -> HttpResponse:
    """Return a case: its facts, where it is, what it illustrates."""
    found = _found(study().cases, code)
    whole = study()
    return _page(
        request,
        "study_case",
        case=found,
        places=_located(found.places),
        lever=whole.levers.get(found.box.partition(".")[0]),
        recommendations=[(each, each.id == found.box) for each in links.tagged(found)],
        forms=[whole.forms[each] for each in found.forms],
        brakes=links.brakes_of(found),
        tools=_tools(links.tagged(found)),
    )


def form(request: HttpRequest, code: str) -> HttpResponse:
    """Return a form of cooperation, its cases and its recommendations."""
    found = _found(study().forms, code)
    known = study().recommendations
    return _page(
        request,
        "study_form",
        form=found,
        cases=links.cases_of_form(found),
        recommendations=[known[each] for each in found.recommendations],
    )


def _page(request: HttpRequest, name: str, **content: object) -> HttpResponse:
    return render(request, f"essor/{name}.html", {"study": study(), **content})


def _found(items: Mapping[str, _Item], code: str) -> _Item:
    if code not in items:
        raise Http404
    return items[code]


def _told(recommendation: Recommendation) -> dict[str, object]:
    """Return a recommendation with all that it leads to."""
    whole = study()
    return {
        "item": recommendation,
        "actors": [
            (whole.actors[each], each in recommendation.inferred) for each in recommendation.actors
        ],
        "problems": [
            (whole.problems[each], each[:2], weight)
            for each, weight in recommendation.answers.items()
        ],
        "attached": [(whole.problems[each], each[:2]) for each in recommendation.attached],
        "cases": links.cases_of(recommendation),
        "forms": links.forms_of(recommendation),
        "tools": links.tools_of(recommendation),
        "changes": links.changes_of(recommendation),
    }


def _tools(recommendations: Iterable[Recommendation]) -> list[object]:
    """Return what the house already does for recommendations, each tool once."""
    found = (tool for each in recommendations for tool in links.tools_of(each))
    return list({tool.id: tool for tool in found}.values())


def _located(places: tuple[CasePlace, ...]) -> list[tuple[CasePlace, Territory | None]]:
    """Return the places with their territory when the release holds it, else without."""
    if not places:
        return []
    with in_service().connection() as connection:
        located: list[tuple[CasePlace, Territory | None]] = []
        for place in places:
            try:
                found = territory_at(connection, Level(place.level), place.code)
            except UnknownTerritoryError:
                located.append((place, None))
            else:
                located.append((place, found))
    return located
