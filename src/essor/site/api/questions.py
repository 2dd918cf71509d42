"""What may be asked of the API: every parameter with its bounds, as OpenAPI describes them."""

from datetime import date

from ninja import Field, Schema

from essor.matching.reservation import Reserved
from essor.observatory.perspective import By, Perimeter
from essor.perimeter.families import Family
from essor.search.document import Kind
from essor.site.asking import Asked
from essor.site.searching import Searched, band_said, territory_said
from essor.territory.level import Level

MOST = 100
"""Answers of one page, and pages that can be asked for."""

_WIDEST_KM = 20_000
_PLACE = Field("", max_length=200, description="Nom ou code d’un territoire.")
_PAGE = Field(1, ge=1, le=MOST, description="Numéro de la page, depuis 1.")
_SIZE = Field(20, ge=1, le=MOST, description="Réponses d’une page.")
_LIMIT = Field(20, ge=1, le=MOST, description="Réponses au plus.")
_RADIUS = Field(None, ge=0, le=_WIDEST_KM, allow_inf_nan=False, description="En kilomètres.")


class PageAsked(Schema):
    """A page, and how much it holds."""

    page: int = _PAGE
    size: int = _SIZE


class TerritoriesAsked(Schema):
    """The beginning of a name, and how many answers."""

    q: str = Field(..., min_length=1, max_length=200, description="Début d’un nom, ou code.")
    limit: int = Field(10, ge=1, le=MOST, description="Réponses au plus.")


class FiguresAsked(Schema):
    """Of which territory, in which perimeter, broken down by what."""

    place: str = _PLACE
    perimeter: Perimeter = Field(
        Perimeter.P1, description="p1 : activité principale ; p2 : activité déclarée."
    )
    by: By | None = Field(None, description="Le long de quoi ventiler.")
    level: Level | None = Field(
        None, description="Niveau des parties, quand on ventile par territoire."
    )


class SearchAsked(Schema):
    """A text, a place, conditions, and a page."""

    q: str = Field("", max_length=2_000, description="Nom, métier, SIREN, SIRET ou code NAF.")
    place: str = _PLACE
    radius_km: float | None = _RADIUS
    status: list[str] = Field([], max_length=20, description="Statut : « esat », « ea », « scop »…")
    family: list[Family] = Field([], max_length=20, description="Famille de l’ESS.")
    naf: list[str] = Field([], max_length=20, description="« C », « 25 », « 25.62B ».")
    territory: list[str] = Field(
        [], max_length=20, description="Territoires du siège : « departement:57 »."
    )
    staff_band: str = Field(
        "", max_length=2, description="Code de la tranche d’effectif de l’Insee."
    )
    everybody: bool = Field(
        default=False, description="Aussi hors de l’économie sociale et solidaire."
    )
    page: int = _PAGE
    size: int = _SIZE

    def searched(self) -> Searched:
        """Return the search that it says."""
        return Searched(
            text=self.q,
            place=self.place,
            radius_km=self.radius_km,
            statuses=tuple(each.lower() for each in self.status),
            families=tuple(self.family),
            naf=tuple(each.upper() for each in self.naf),
            territories=tuple(territory_said(each) for each in self.territory),
            staff_band=band_said(self.staff_band),
            everybody=self.everybody,
            page=self.page,
            size=self.size,
        )


class NeedsAsked(Schema):
    """Which needs published: of what, where, reserved to whom, for when; and a page."""

    q: str = Field("", max_length=2_000, description="Mots du besoin, métier, acheteur.")
    place: str = _PLACE
    radius_km: float | None = _RADIUS
    territory: list[str] = Field(
        [], max_length=20, description="Territoires du besoin, à six niveaux : « epci:200039865 »."
    )
    naf: list[str] = Field([], max_length=20, description="« C », « 25 », « 25.62B ».")
    reserved: list[Reserved] = Field(
        [], max_length=len(Reserved), description="À qui le marché est réservé."
    )
    deadline_from: date | None = Field(None, description="Pour ce jour au plus tôt.")
    deadline_to: date | None = Field(None, description="Pour ce jour au plus tard.")
    page: int = _PAGE
    size: int = _SIZE

    @property
    def is_searched(self) -> bool:
        """Return whether something is asked that only the search answers."""
        return bool(
            self.q.strip() or self.place.strip() or self.territory or self.naf or self.reserved
        )

    def searched(self, page: int, size: int) -> Searched:
        """Return the search that it says, at another page."""
        return Searched(
            kind=Kind.NEED,
            text=self.q,
            place=self.place,
            radius_km=self.radius_km,
            forms=tuple(each.value for each in self.reserved),
            naf=tuple(each.upper() for each in self.naf),
            territories=tuple(territory_said(each) for each in self.territory),
            page=page,
            size=size,
        )


class AnswersAsked(Schema):
    """How many answers to a need."""

    limit: int = _LIMIT


class NeedAsked(Schema):
    """A need in French, and its conditions."""

    need: str = Field(
        ...,
        min_length=1,
        max_length=5_000,
        description="Ce qu’il faut, en français.",
        examples=["Découpe laser de tôles d’acier, 200 pièces par mois"],
    )
    place: str = _PLACE
    radius_km: float | None = _RADIUS
    quantity: str = Field("", max_length=100, description="Par exemple « 600 t/an ».")
    deadline: date | None = Field(None, description="Jour au plus tard : « 2027-03-31 ».")
    reserved: Reserved | None = Field(None, description="À qui le marché est réservé.")
    limit: int = _LIMIT

    def asked(self) -> Asked:
        """Return the need that it says."""
        return Asked(
            text=self.need,
            place=self.place,
            radius_km=self.radius_km,
            quantity=self.quantity,
            deadline=self.deadline,
            reserved=self.reserved,
        )
