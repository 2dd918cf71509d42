"""Our register for the programs that already read le Marché de l’inclusion, and the way back."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view

from essor.site.api.sharing import kept_with_the_release
from essor.site.current import in_service
from essor.site.marche.register import Asked, Reconciled, reconciled, structures
from essor.site.marche.structure import Kind, Structure

router = Router(tags=["marché de l’inclusion"])

_MOST_AT_ONCE = 100
_MOST_RECEIVED = 2_000
_DEEPEST = 1_000_000


class StructuresAsked(Schema):
    """Which structures, and which page: as le Marché de l’inclusion is asked."""

    kind: list[Kind] = Field([], max_length=len(Kind), description="Type de structure.")
    department: str = Field("", max_length=3, description="Code du département : « 57 ».")
    is_active: bool | None = Field(None, description="true : les seuls établissements ouverts.")
    limit: int = Field(
        _MOST_AT_ONCE, ge=1, le=_MOST_AT_ONCE, description="Structures à donner au plus."
    )
    offset: int = Field(0, ge=0, le=_DEEPEST, description="Structures à passer avant.")


class Received(Schema):
    """A page of their API, or several: what it says under « results »."""

    results: list[dict[str, object]] = Field(
        ..., max_length=_MOST_RECEIVED, description="Structures, au schéma du Marché."
    )


@dataclass(frozen=True, slots=True)
class Structures:
    """A page of structures, and the addresses of its neighbours."""

    count: int
    next: str | None
    previous: str | None
    results: tuple[Structure, ...]


@router.get(
    "/marche/siaes",
    response=Structures,
    summary="Structures, au schéma du Marché",
    description=(
        "Les structures conventionnées du registre, au schéma public du Marché de l’inclusion. Ce "
        "que le registre ne sait pas (secteurs, modes d’intervention) vaut null."
    ),
)
@decorate_view(kept_with_the_release)
def siaes(request: HttpRequest, asked: Query[StructuresAsked]) -> Structures:
    """Return the structures of the register that hold a status of theirs."""
    wanted = Asked(
        tuple(asked.kind), asked.department or None, asked.is_active, asked.limit, asked.offset
    )
    with in_service().connection() as connection:
        count, found = structures(connection, wanted)
    after, before = asked.offset + asked.limit, max(0, asked.offset - asked.limit)
    return Structures(
        count=count,
        next=_at(request, after) if after < count else None,
        previous=_at(request, before) if asked.offset else None,
        results=found,
    )


@router.post(
    "/marche/rapprocher",
    response=Reconciled,
    summary="Rapprocher une liste du Marché",
    description=(
        "Rapproche du registre, par le SIRET, une réponse de l’API du Marché ; rien n’est "
        "enregistré. Chaque structure est comptée une fois : attestée, d’un type que le registre "
        "n’atteste pas, absente du registre, ou illisible avec la raison."
    ),
)
def reconcile(request: HttpRequest, received: Received) -> Reconciled:
    """Return what an answer of their API says beside the register; nothing is kept."""
    with in_service().connection() as connection:
        return reconciled(connection, received.results)


def _at(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
