"""Observatoire: the figures of France and of any territory, drawn, told apart, and to be taken away."""

from collections.abc import Callable
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from essor.errors import UnknownTerritoryError
from essor.observatory.export import figures_csv, figures_json
from essor.observatory.figures import Figures
from essor.observatory.perspective import Perimeter
from essor.observatory.report.contents import read_report
from essor.observatory.report.render import render as typeset
from essor.site.current import in_service
from essor.territory.level import Level
from essor.territory.lookup import look_up, search
from essor.territory.territories import Territory, territory_at

_FRANCE = "FR"
_FORMS: dict[str, tuple[str, Callable[[Figures], str]]] = {
    "csv": ("text/csv; charset=utf-8", figures_csv),
    "json": ("application/json", figures_json),
}


def france(request: HttpRequest) -> HttpResponse:
    """Return the figures of France, or lead to the territory that was typed."""
    if typed := request.GET.get("lieu", "").strip():
        return _led_to(request, typed)
    return place(request, Level.FRANCE, _FRANCE)


def place(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the figures of a territory."""
    perimeter = _perimeter(request)
    view = in_service().place(level, code, perimeter)
    plates = [(Path(plate.file).stem, plate) for plate in view.plates]
    content = {"view": view, "perimeter": perimeter, "plates": plates}
    return render(request, "essor/observatory.html", content)


def drawing(request: HttpRequest, level: Level, code: str, name: str) -> HttpResponse:
    """Return one drawing of the page of a territory, as SVG."""
    drawn = in_service().place(level, code, _perimeter(request)).drawings.get(name)
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
