"""Contours as compact GeoJSON: those of the territories that a place is made of, as fine as a screen shows."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from essor.observatory.map_view import Box, Contour, box_of, drawn, read_contours, view_of
from essor.observatory.maps import FOLDERS
from essor.observatory.perspective import Perimeter
from essor.site.current import CONTOURS, in_service
from essor.territory.level import Level

_FRANCE = "FR"
_FOREVER_S = 31_536_000
_SCREEN = (1_200, 1_200)
"""The finest map that the contours are drawn for, in pixels."""

_DECIMALS = 4
"""Ten metres."""

_OCEAN_DEGREES = 20
"""How far to the east or west a contour is too far to be on the same screen."""

_KEPT = 32


def contours(
    request: HttpRequest, number: int, parts: Level, level: Level, code: str
) -> HttpResponseBase:
    """Return the contours of the parts of a place; those of a release never change."""
    service = in_service()
    if parts not in FOLDERS or not has_contours(parts):
        raise Http404
    if number != service.manifest.number:
        return redirect(address_of(parts, level, code))
    answer = HttpResponse(
        _written(service.folder, parts, level, code), content_type="application/geo+json"
    )
    patch_cache_control(answer, public=True, max_age=_FOREVER_S, immutable=True)
    return answer


def has_contours(parts: Level) -> bool:
    """Return whether the release in service holds the contours of a level."""
    name = FOLDERS.get(parts)
    return name is not None and (in_service().folder / CONTOURS / f"{name}.geojson").is_file()


def address_of(parts: Level, level: Level, code: str) -> str:
    """Return where the contours of the parts of a place are, in the release in service."""
    return reverse("contours", args=[in_service().manifest.number, parts, level, code])


def around(parts: Level) -> str:
    """Return where the contours that a map is set among are; nothing when the release has none."""
    return address_of(parts, Level.FRANCE, _FRANCE) if has_contours(parts) else ""


@lru_cache(_KEPT)
def _written(folder: Path, parts: Level, level: Level, code: str) -> str:
    """Return the contours; `folder` is that of a release."""
    atlas = in_service().atlas(level, code, Perimeter.P1, parts)
    held = read_contours(folder / CONTOURS, FOLDERS[parts])
    shown = [held[each.territory.code] for each in atlas.parts if each.territory.code in held]
    features = list(_features(shown)) if shown else []
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _features(shown: list[Contour]) -> Iterable[dict[str, object]]:
    view = view_of(_near(shown), _SCREEN, margin=1)
    for contour in shown:
        geometry = drawn(contour, view)
        yield {
            "type": "Feature",
            "properties": {"code": contour.code, "nom": contour.name},
            "geometry": {**geometry, "coordinates": _rounded(geometry["coordinates"])},
        }


def _near(shown: list[Contour]) -> Box:
    """Return the box of the contours; of those that lie around the middle one, where oceans part them."""
    middle = sorted(shown, key=lambda contour: contour.box.west)[len(shown) // 2].box
    near = [c.box for c in shown if abs(c.box.west - middle.west) < _OCEAN_DEGREES] or [middle]
    corners = [corner for box in near for corner in ((box.west, box.south), (box.east, box.north))]
    return box_of(corners) or middle


def _rounded(polygons: list[list[list[list[float]]]]) -> list[list[list[list[float]]]]:
    return [
        [[[round(value, _DECIMALS) for value in point[:2]] for point in ring] for ring in rings]
        for rings in polygons
    ]
