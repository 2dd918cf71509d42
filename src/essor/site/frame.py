"""What every page shows around its content: where one can go, and whether the data are invented."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from essor.errors import EssorError
from essor.release.manifest import Manifest
from essor.site.current import in_service


@dataclass(frozen=True, slots=True)
class Way:
    """A page that every page leads to."""

    label: str
    address: str
    is_current: bool


_WAYS = (
    ("besoins", "Besoins"),
    ("offres", "Offres"),
    ("annuaire", "Annuaire"),
    ("observatoire", "Observatoire"),
    ("territoires", "Territoires"),
    ("etude", "Étude"),
    ("sources", "Sources et méthode"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what the frame of a page reads."""
    manifest = _manifest()
    return {
        "ways": [_way(request, name, label) for name, label in _WAYS],
        "manifest": manifest,
        "is_fictional": manifest is not None and manifest.is_fictional,
        "operator": settings.ESSOR_OPERATOR,
        "contact": settings.ESSOR_CONTACT,
    }


def _way(request: HttpRequest, name: str, label: str) -> Way:
    address = reverse(name)
    return Way(label, address, request.path.startswith(address))


def _manifest() -> Manifest | None:
    """Return what is in service; a page that says that nothing is has a frame too."""
    try:
        return in_service().manifest
    except EssorError:
        return None
