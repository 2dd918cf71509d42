"""The releases by the API: the one that answers, those that this server keeps, their sources."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from essor.home import home
from essor.release.manifest import Manifest
from essor.release.store import numbers, releases
from essor.site.api.sharing import kept_while, kept_with_the_release
from essor.site.current import in_service
from essor.warehouse.provenance import SourceRecord

router = Router(tags=["version"])


@dataclass(frozen=True, slots=True)
class Built:
    """A release: its number, when it was built, from what, whether a row of it is invented, whether it answers."""

    number: int
    built_at: datetime
    is_fictional: bool
    is_in_service: bool
    versions: dict[str, str]
    rows: dict[str, int]
    sources: tuple[SourceRecord, ...]


def _kept() -> str:
    """Return what changes with the releases of the disk and with the one in service."""
    return f"{in_service().manifest.number}-of-{'-'.join(map(str, numbers(home())))}"


kept_with_the_disk = decorate_view(kept_while(_kept))


@router.get(
    "/release",
    response=Built,
    summary="Version en service",
    description=(
        "La version des données qui répond : son numéro, son jour, ses tables, ses sources ; si une "
        "ligne en est fictive, elle le dit."
    ),
)
@decorate_view(kept_with_the_release)
def release(request: HttpRequest) -> Built:
    """Return the release in service."""
    held = in_service().manifest
    return _built(held, held.number)


@router.get(
    "/releases",
    response=list[Built],
    summary="Versions gardées",
    description=(
        "Les versions que ce serveur garde, la plus récente d’abord ; celle qui répond le dit. "
        "Une version ne change jamais."
    ),
)
@kept_with_the_disk
def kept_releases(request: HttpRequest) -> list[Built]:
    """Return the releases kept here, newest first."""
    serving = in_service().manifest.number
    return [_built(each, serving) for each in reversed(releases(home()))]


@router.get(
    "/releases/{int:number}",
    response=Built,
    summary="Une version gardée",
    description="Une version par son numéro, tant que ce serveur la garde.",
)
@kept_with_the_disk
def kept_release(request: HttpRequest, number: int) -> Built:
    """Return a release kept here."""
    for each in releases(home()):
        if each.number == number:
            return _built(each, in_service().manifest.number)
    raise Http404(f"La version {number} n’est pas gardée ici : voyez la liste des versions.")


@router.get(
    "/sources",
    response=list[SourceRecord],
    summary="Sources",
    description="Les sources de la version en service, y compris celles qui lui manquent.",
)
@decorate_view(kept_with_the_release)
def sources(request: HttpRequest) -> list[SourceRecord]:
    """Return the sources of the release in service, those it lacks included."""
    return list(in_service().manifest.sources)


def _built(held: Manifest, serving: int) -> Built:
    return Built(
        number=held.number,
        built_at=held.built_at,
        is_fictional=held.is_fictional,
        is_in_service=held.number == serving,
        versions=held.versions,
        rows={table.name: table.rows for table in held.tables},
        sources=held.sources,
    )
