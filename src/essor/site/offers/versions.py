"""What stands of all that is published, and the version of each: three questions, a few milliseconds for thousands."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import CharField
from django.db.models.functions import Cast

from essor.site.needs.models import Posting
from essor.site.offers.models import DeclaredActivity
from essor.site.offers.order import identifier
from essor.site.offers.running import current_offers, standing

Versions = dict[str, Hashable]
"""By identifier, what changes whenever its document does."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The number, the version and, of what organisations say, whose each is (SIREN, then SIRET) of what stands."""

    activities: list[tuple[int, str, str, str]]
    offers: list[tuple[int, str, str]]
    needs: list[tuple[int, int, str]]

    def of_organisations(self) -> Versions:
        """Return the version of what is said of each organisation, by SIREN."""
        declared = ((siren, ("activity", number, at)) for number, at, siren, _ in self.activities)
        offered = ((siren, ("offer", number, at)) for number, at, siren in self.offers)
        return _joined(chain(declared, offered))

    def of_establishments(self) -> Versions:
        """Return the version of what is said of each establishment, by SIRET."""
        return _joined((siret, (number, at)) for number, at, _, siret in self.activities)

    def of_offers(self) -> Versions:
        """Return the version of each offer, by its identifier in a search."""
        return {identifier(number): at for number, at, _ in self.offers}

    def of_needs(self) -> Versions:
        """Return the version of each need, by its identifier in a search."""
        return {identifier(number): (version, at) for number, version, at in self.needs}


def standing_activities() -> list[tuple[int, str, str, str]]:
    """Return the activities that stand, as `Standing` holds them."""
    rows = standing(DeclaredActivity).order_by("pk").annotate(at=_WRITTEN)
    return list(rows.values_list("pk", "at", "siren", "siret"))


def standing_now() -> Standing:
    """Return what stands at this moment.

    Raises:
        DatabaseError: the people's database does not answer.
    """
    offers = current_offers().order_by("pk").annotate(at=_WRITTEN)
    needs = Posting.objects.listed().order_by("pk").annotate(at=Cast("opened_at", CharField()))
    return Standing(
        standing_activities(),
        list(offers.values_list("pk", "at", "siren")),
        list(needs.values_list("pk", "version", "at")),
    )


# As a text, which is compared and never read as a date: half of what reading the rows takes.
_WRITTEN = Cast("said_at", CharField())


def _joined(said: Iterable[tuple[str, Hashable]]) -> Versions:
    found: dict[str, tuple[Hashable, ...]] = {}
    for key, version in said:
        found[key] = (*found.get(key, ()), version)
    return dict(found)
