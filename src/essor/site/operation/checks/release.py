"""The release in service: there, fresh, whole; and room for the next one."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from essor.errors import EssorError
from essor.home import Home
from essor.release.opened import Release, open_release, verify
from essor.search.index import open_index
from essor.site.operation.checks.finding import Finding, failure, fine, warning
from essor.site.operation.disk import free_bytes
from essor.warehouse.disk import readable_size

_FRESH, _OLD = timedelta(days=15), timedelta(days=60)
_LAST_ROOM_BYTES = 500 * 10**6
_BUILDS_ROOM = 3
"""A build needs room for a release and its files of work, while the present one stays."""


def release(home: Home, *, reads_all: bool) -> Iterator[Finding]:
    """Yield how the release is; its contents are read byte for byte only if asked."""
    try:
        held = open_release(home)
    except EssorError as error:
        yield failure("version", str(error))
        yield _room(home, 0)
        return
    yield _age(held)
    yield _whole(held, reads_all=reads_all)
    yield _room(home, held.manifest.bytes)


def _age(held: Release) -> Finding:
    number, age = held.manifest.number, timezone.now() - held.manifest.built_at
    if held.manifest.is_fictional:
        return warning(
            "version",
            f"La version {number} est la démonstration, aux données fictives : lancez « essor sync » "
            "puis « essor build » dans un autre dossier.",
        )
    told = f"La version {number} a {age.days} jours"
    advice = "regardez le journal de la minuterie qui lance « essor sync » et « essor build »."
    if age > _OLD:
        return failure("version", f"{told}, trop pour renseigner les gens : {advice}")
    if age > _FRESH:
        return warning("version", f"{told}, plus que les deux semaines prévues : {advice}")
    return fine("version", f"{told}.")


def _whole(held: Release, *, reads_all: bool) -> Finding:
    try:
        if reads_all:
            verify(held)
        open_index(held.folder)
    except EssorError as error:
        return failure("fichiers de la version", str(error))
    read = "lus octet par octet" if reads_all else "présents, aux bonnes tailles"
    return fine("fichiers de la version", f"Tables et index {read}.")


def _room(home: Home, release_bytes: int) -> Finding:
    free = free_bytes(home)
    told = f"Il reste {readable_size(free)} sur le disque de « {home.root} »"
    if free < _LAST_ROOM_BYTES:
        return failure(
            "disque",
            f"{told}, trop peu pour les messages et la base : libérez-en, ou agrandissez-le.",
        )
    if free < _BUILDS_ROOM * release_bytes:
        return warning(
            "disque",
            f"{told}, trop peu pour construire la prochaine version : lancez « essor releases prune ».",
        )
    return fine("disque", f"{told}.")
