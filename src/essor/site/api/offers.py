"""Offers of means by the API: those that stand, searched as their page searches them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Query, Router

from essor.search.document import Kind
from essor.search.page import Merit
from essor.site.api.questions import MOST, PageAsked
from essor.site.api.sharing import told_pages
from essor.site.current import in_service
from essor.site.offers.models import Offer
from essor.site.offers.order import number_of
from essor.site.offers.running import current_offers
from essor.site.offers.words import Means
from essor.site.searching import Searched, searched, territory_said

router = Router(tags=["offres"])


class OffersAsked(PageAsked):
    """Words, a place, the means wanted, and a page."""

    q: str = Field("", max_length=2_000, description="Mots de l’offre.")
    place: str = Field("", max_length=200, description="Nom ou code d’un territoire.")
    radius_km: float | None = Field(
        None, ge=0, le=20_000, allow_inf_nan=False, description="En kilomètres."
    )
    means: list[Means] = Field([], max_length=20, description="Le moyen offert.")
    territory: list[str] = Field(
        [], max_length=20, description="Où est l’offre : « departement:57 »."
    )

    def searched(self) -> Searched:
        """Return the search that it says."""
        return Searched(
            kind=Kind.OFFER,
            text=self.q,
            place=self.place,
            radius_km=self.radius_km,
            forms=tuple(each.value for each in self.means),
            territories=tuple(territory_said(each) for each in self.territory),
            page=self.page,
            size=self.size,
        )


@dataclass(frozen=True, slots=True)
class PublishedOffer:
    """A means that is offered: what, by which organisation, where, until when; `reasons` of its rank."""

    number: int
    means: Means
    title: str
    text: str
    organisation: str
    siren: str
    place: str
    territory: str | None
    starts_on: date | None
    ends_on: date
    published_at: datetime
    address: str
    is_fictional: bool
    distance_km: float | None
    reasons: tuple[Merit, ...]


@router.get(
    "/offers",
    response=list[PublishedOffer],
    summary="Offres de moyens",
    description=(
        "Les offres en cours qui répondent, les meilleures d’abord ; sans mot ni lieu, les dernières "
        "d’abord. L’en-tête Link mène aux autres pages."
    ),
)
def offers(
    request: HttpRequest, response: HttpResponse, asked: Query[OffersAsked]
) -> list[PublishedOffer]:
    """Return the offers that stand and answer, best first, each with its reasons."""
    found = searched(in_service(), asked.searched()).page
    held = current_offers().in_bulk([number_of(hit.document.id) for hit in found.hits])
    told_pages(request, response, found.number, min(max(1, found.pages), MOST))
    return [
        _published(request, held[number], hit.distance_km, hit.reasons)
        for hit in found.hits
        if (number := number_of(hit.document.id)) in held
    ]


def _published(
    request: HttpRequest, row: Offer, distance_km: float | None, reasons: tuple[Merit, ...]
) -> PublishedOffer:
    return PublishedOffer(
        number=row.pk,
        means=Means(row.means),
        title=row.title,
        text=row.text,
        organisation=row.organisation,
        siren=row.siren,
        place=row.place,
        territory=row.zone or None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        published_at=row.said_at,
        address=request.build_absolute_uri(reverse("offre", args=[row.pk])),
        is_fictional=row.is_fictional,
        distance_km=distance_km,
        reasons=reasons,
    )
