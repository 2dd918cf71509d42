"""Observatoire: the figures of France and of any territory, drawn, told apart, and to be taken away."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from essor.errors import UnknownTerritoryError
from essor.observatory.atlas import Atlas, Measure, levels_of
from essor.observatory.export import figures_csv, figures_json
from essor.observatory.figures import Figures
from essor.observatory.perspective import Perimeter
from essor.observatory.report.contents import read_report
from essor.observatory.report.render import render as typeset
from essor.observatory.workbook import write_figures
from essor.site.current import in_service
from essor.site.maps.choropleth import NAMED, SAID, Line, choropleth
from essor.site.maps.contours import address_of, around, has_contours
from essor.site.maps.policy import with_map
from essor.territory.level import Level
from essor.territory.lookup import look_up, search
from essor.territory.territories import Territory, territory_at

_FRANCE = "FR"
_WHOLE = "toutes"
_BROAD = (Level.FRANCE, Level.REGION)
"""The levels that are set among régions, the others among départements."""


@with_map
def france(request: HttpRequest) -> HttpResponse:
    """Return the figures of France, or lead to the territory that was typed."""
    if typed := request.GET.get("lieu", "").strip():
        return _led_to(request, typed)
    return _shown(request, Level.FRANCE, _FRANCE)


@with_map
def place(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the figures of a territory, and those of its parts side by side, on a map and in a table."""
    return _shown(request, level, code)


def drawing(request: HttpRequest, level: Level, code: str, name: str) -> HttpResponse:
    """Return one drawing of the page of a territory, as SVG."""
    drawn = in_service().drawings(level, code, _perimeter(request)).get(name)
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


def export(request: HttpRequest, level: Level, code: str, form: str) -> HttpResponse:
    """Return the figures of a territory as a file."""
    if form not in _FORMS:
        raise Http404
    found = in_service().place(level, code, _perimeter(request)).figures
    kind, write = _FORMS[form]
    return _attached(write(found), kind, f"essor-{level.value}-{code}.{form}")


def report(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the report of a territory, typeset."""
    service = in_service()
    with service.connection() as connection:
        territory = territory_at(connection, level, code)
        contents = read_report(connection, territory, service.edition, _perimeter(request))
    return _attached(
        typeset(contents).content, "application/pdf", f"essor-{level.value}-{code}.pdf"
    )


def _shown(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    perimeter = _perimeter(request)
    view = in_service().place(level, code, perimeter)
    plates = [(Path(plate.file).stem, plate) for plate in view.plates]
    content = {"view": view, "perimeter": perimeter, "plates": plates}
    return render(request, "essor/observatory.html", content | _compared(request, level, code))


def _compared(request: HttpRequest, level: Level, code: str) -> dict[str, object]:
    """Return the parts of a territory as the address asks to see them; whatever it misspells is ours."""
    service, asked = in_service(), request.GET
    with service.connection() as connection:
        levels = levels_of(connection, level)
    parts = next((each for each in levels if each.value == asked.get("par")), levels[0])
    atlas = service.atlas(level, code, _perimeter(request), parts)
    measure = _measure(atlas, asked.get("mesure", ""))
    sorts = {NAMED, *(each.value for each in atlas.measures)}
    sort = asked["tri"] if asked.get("tri") in sorts else measure.value
    is_rising = asked.get("sens", "croissant" if sort == NAMED else "") == "croissant"
    told = choropleth(atlas, measure, sort, is_rising=is_rising)
    shown = told.shown(is_whole=asked.get("lignes") == _WHOLE)
    return {
        "told": told,
        "shown": shown,
        "folded": [_folded(line, request) for line in told.lines[len(shown) :]],
        "levels": levels,
        "measures": [(each, SAID[each]) for each in atlas.measures],
        "sort": sort,
        "is_rising": is_rising,
        "contours": address_of(parts, level, code) if has_contours(parts) else "",
        "ground": around(Level.REGION if level in _BROAD else Level.DEPARTEMENT),
    }


def _folded(line: Line, request: HttpRequest) -> dict[str, object]:
    """Return what the map reads of a line that the table does not show, as its row would say it."""
    here = line.part.territory
    return {
        "code": here.code,
        "classe": line.shade,
        "dit": line.said,
        "nom": here.name,
        "adresse": f"{_address(here)}?perimetre={_perimeter(request).value}",
        "lon": here.lon,
        "lat": here.lat,
    }


def _measure(atlas: Atlas, asked: str) -> Measure:
    """Return the measure asked; else a rate, or a count where communes are too small for rates."""
    if asked in {each.value for each in atlas.measures}:
        return Measure(asked)
    return Measure.ORGANISATIONS if atlas.level is Level.COMMUNE else atlas.measures[0]


def _workbook(found: Figures) -> bytes:
    """Return the figures as an XLSX file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chiffres.xlsx"
        write_figures(found, path)
        return path.read_bytes()


def _led_to(request: HttpRequest, typed: str) -> HttpResponse:
    """Lead to the territory that the words name, or offer those they may name."""
    with in_service().connection() as connection:
        try:
            found = look_up(connection, typed)
        except UnknownTerritoryError as unknown:
            near, why = search(connection, typed), str(unknown)
            content = {"typed": typed, "near": near, "why": why}
            return render(request, "essor/places.html", content, status=404)
    return HttpResponseRedirect(_address(found.territory))


def _address(territory: Territory) -> str:
    if territory.level is Level.FRANCE:
        return reverse("observatoire")
    return reverse("territoire", args=[territory.level, territory.code])


def _perimeter(request: HttpRequest) -> Perimeter:
    asked = request.GET.get("perimetre", Perimeter.P1.value)
    return Perimeter(asked) if asked in set(Perimeter) else Perimeter.P1


def _attached(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


_FORMS: dict[str, tuple[str, Callable[[Figures], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", figures_csv),
    "json": ("application/json", figures_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
}
