"""Needs by the API: who can answer one, those that are published, and publishing one with a key."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Status
from ninja.decorators import decorate_view

from essor.matching.answer import Answer
from essor.site.api.authority import KeyBearer, WriteThrottle, member_of
from essor.site.api.board import PublishedNeed, mark, needs_csv, needs_geojson, page_of, told
from essor.site.api.formats import CSV, GEOJSON, accepted, also_in
from essor.site.api.questions import MOST, AnswersAsked, NeedAsked, NeedsAsked
from essor.site.api.sharing import kept_while, told_pages
from essor.site.asking import answered
from essor.site.current import in_service
from essor.site.needs.models import Posting
from essor.site.needs.publishing import Said, listed, post, publish
from essor.site.needs.recorded import asked_of
from essor.site.needs.words import Visibility

router = Router(tags=["besoins"])
# Published, corrected or closed, a need is so for everybody at once: what is kept is asked again each time.
kept = decorate_view(kept_while(mark, kept_s=0))

_MATCHED = (
    "Qui peut répondre à un besoin dit en français, les mieux placés d’abord, avec les raisons, les "
    "refus et ce qu’on ne sait pas ; rien n’est enregistré."
)


class NeedSaid(NeedAsked):
    """A need to be published, for oneself or for an organisation one speaks for."""

    siren: str = Field(
        "", pattern="^([0-9]{9})?$", description="Organisation qui a ce besoin ; vide : vous-même."
    )
    visibility: Visibility = Field(
        Visibility.PUBLIC, description="public : tous le lisent ; invited : les seules invitées."
    )
    token: UUID | None = Field(
        None, description="Tiré par vous : envoyé deux fois, le besoin n’est publié qu’une."
    )


@router.get(
    "/match",
    response=Answer,
    summary="Répondre à un besoin",
    description=_MATCHED,
)
def match(request: HttpRequest, asked: Query[NeedAsked]) -> Answer:
    """Return who can answer a need said in French, best first, with reasons; nothing is kept."""
    return _matched(asked)


@router.post(
    "/match",
    response=Answer,
    summary="Répondre à un long besoin",
    description=f"{_MATCHED} Pour un besoin trop long pour une adresse.",
)
def match_long(request: HttpRequest, asked: NeedAsked) -> Answer:
    """Return the same for a need too long for an address; nothing is kept."""
    return _matched(asked)


@router.get(
    "/needs",
    response=list[PublishedNeed],
    summary="Besoins publiés",
    description=(
        "Les besoins que tous peuvent lire : ceux qui répondent le mieux si des mots sont dits, les "
        "derniers publiés d’abord sinon. Clos ou arrivés à leur terme, ils n’y sont plus. L’en-tête "
        "Link mène aux autres pages ; l’en-tête Accept demande text/csv ou application/geo+json."
    ),
    openapi_extra=also_in("needs"),
)
@kept
def needs(
    request: HttpRequest, response: HttpResponse, asked: Query[NeedsAsked]
) -> list[PublishedNeed] | HttpResponse:
    """Return the needs that everybody may read, those that are asked for."""
    found, pages = _asked_for(request, asked)
    kind = accepted(request)
    if kind is None or kind not in _WRITTEN:
        told_pages(request, response, asked.page, min(pages, MOST))
        return found
    return _written(request, kind, found, asked.page, pages)


@router.get(
    "/needs.csv",
    summary="Besoins publiés, en CSV",
    description="Les mêmes besoins, un par ligne ; aucune cellule n’est exécutée par un tableur.",
)
@kept
def needs_as_csv(request: HttpRequest, asked: Query[NeedsAsked]) -> HttpResponse:
    """Return the same needs as CSV."""
    found, pages = _asked_for(request, asked)
    return _written(request, CSV, found, asked.page, pages)


@router.get(
    "/needs.geojson",
    summary="Besoins publiés, en GeoJSON",
    description="Les mêmes besoins en points, ceux dont le lieu est connu.",
)
@kept
def needs_as_geojson(request: HttpRequest, asked: Query[NeedsAsked]) -> HttpResponse:
    """Return the same needs as points."""
    found, pages = _asked_for(request, asked)
    return _written(request, GEOJSON, found, asked.page, pages)


@router.get(
    "/needs/{int:number}",
    response=PublishedNeed,
    summary="Un besoin publié",
    description="Un besoin que tous peuvent lire ; clos, il n’est plus ici.",
)
def need(request: HttpRequest, number: int) -> PublishedNeed:
    """Return a need that everybody may read."""
    return told(request, _listed(number))


@router.get(
    "/needs/{int:number}/answers",
    response=Answer,
    summary="Répondre à un besoin publié",
    description=(
        "Qui peut répondre aujourd’hui à un besoin que tous peuvent lire, comme « /match » le dirait ; "
        "rien n’est enregistré, personne n’est prévenu."
    ),
)
def answers(request: HttpRequest, number: int, asked: Query[AnswersAsked]) -> Answer:
    """Return who can answer a need that everybody may read, best first; nothing is kept."""
    found = answered(in_service(), asked_of(_listed(number))).answer
    return replace(found, matches=found.matches[: asked.limit])


@router.post(
    "/needs",
    response={HTTPStatus.CREATED: PublishedNeed},
    auth=KeyBearer(),
    throttle=[WriteThrottle()],
    summary="Publier un besoin",
    description=(
        "Publie un besoin au nom du membre à qui est la clé. Renvoyé avec le même « token », il "
        "n’est publié qu’une fois."
    ),
)
def publish_need(
    request: HttpRequest, response: HttpResponse, said: NeedSaid
) -> Status[PublishedNeed]:
    """Publish a need in the name of the member whose key it is."""
    service, author = in_service(), member_of(request)
    what = Said(said.asked(), said.visibility, said.siren)
    posting = post(service, author, what, said.token or uuid4())
    publish(service, posting, author)
    posting.refresh_from_db()
    made = told(request, posting)
    response["Location"] = made.address
    return Status(HTTPStatus.CREATED, made)


# The largest number that a row may have.
_LARGEST = 2**63 - 1


def _matched(asked: NeedAsked) -> Answer:
    found = answered(in_service(), asked.asked()).answer
    return replace(found, matches=found.matches[: asked.limit])


def _listed(number: int) -> Posting:
    found = listed().filter(pk=min(number, _LARGEST)).first()
    if found is None:
        raise Http404(f"Aucun besoin publié ne porte le numéro {number} : il est peut-être clos.")
    return found


def _asked_for(request: HttpRequest, asked: NeedsAsked) -> tuple[list[PublishedNeed], int]:
    postings, pages = page_of(asked)
    return [told(request, each) for each in postings], pages


_WRITTEN: dict[str, Callable[[Iterable[PublishedNeed]], str]] = {
    CSV: needs_csv,
    GEOJSON: needs_geojson,
}


def _written(
    request: HttpRequest, kind: str, found: Iterable[PublishedNeed], page: int, pages: int
) -> HttpResponse:
    answer = HttpResponse(_WRITTEN[kind](found), content_type=f"{kind}; charset=utf-8")
    told_pages(request, answer, page, min(pages, MOST))
    return answer
