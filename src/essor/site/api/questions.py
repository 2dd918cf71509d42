"""What may be asked of the API: every parameter with its bounds, as OpenAPI describes them."""

from datetime import date

from ninja import Field, Schema

from essor.matching.reservation import Reserved
from essor.observatory.perspective import By, Perimeter
from essor.perimeter.families import Family
from essor.site.asking import Asked
from essor.site.searching import Searched, band_said, territory_said

MOST = 100
"""Answers of one page, and pages that can be asked for."""

_WIDEST_KM = 20_000
_PLACE = Field("", max_length=200, description="Nom ou code d’un territoire.")
_RADIUS = Field(None, ge=0, le=_WIDEST_KM, allow_inf_nan=False, description="En kilomètres.")


class TerritoriesAsked(Schema):
    """The beginning of a name, and how many answers."""

    q: str = Field(..., min_length=1, max_length=200)
    limit: int = Field(10, ge=1, le=MOST)


class FiguresAsked(Schema):
    """Of which territory, in which perimeter, broken down by what."""

    place: str = _PLACE
    perimeter: Perimeter = Perimeter.P1
    by: By | None = None


class SearchAsked(Schema):
    """A text, a place, conditions, and a page."""

    q: str = Field("", max_length=2_000, description="Nom, métier, SIREN, SIRET ou code NAF.")
    place: str = _PLACE
    radius_km: float | None = _RADIUS
    status: list[str] = Field([], max_length=20)
    family: list[Family] = Field([], max_length=20)
    naf: list[str] = Field([], max_length=20)
    territory: list[str] = Field(
        [], max_length=20, description="Territoires du siège : « departement:57 »."
    )
    staff_band: str = Field(
        "", max_length=2, description="Code de la tranche d’effectif de l’Insee."
    )
    everybody: bool = Field(
        default=False, description="Aussi hors de l’économie sociale et solidaire."
    )
    page: int = Field(1, ge=1, le=MOST)
    size: int = Field(20, ge=1, le=MOST)

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


class NeedAsked(Schema):
    """A need in French, and its conditions."""

    need: str = Field(..., min_length=1, max_length=5_000)
    place: str = _PLACE
    radius_km: float | None = _RADIUS
    quantity: str = Field("", max_length=100, description="Par exemple « 600 t/an ».")
    deadline: date | None = None
    reserved: Reserved | None = None
    limit: int = Field(20, ge=1, le=MOST)

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
