"""The rows of a list: what its owner keeps, beside what the release in service says."""

from dataclasses import dataclass

from essor.errors import NoReleaseError
from essor.observatory.listing import Listed, read_listed
from essor.site.current import in_service
from essor.site.lists.models import KeptOrganisation, OrganisationList


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation kept; `found` is None when the release in service does not hold it.

    `note` is empty for whoever may not read it.
    """

    kept: KeptOrganisation
    found: Listed | None
    note: str

    @property
    def name(self) -> str:
        """Return its name of today, else that of the day it was kept."""
        return (self.found.name if self.found else None) or self.kept.organisation


def rows_of(held: OrganisationList, *, with_notes: bool = True) -> list[Row]:
    """Return the organisations of a list, each with what the release says of it."""
    kept = list(held.kept.all())
    try:
        with in_service().connection() as connection:
            found = read_listed(connection, [each.siren for each in kept])
    except NoReleaseError:
        found = {}
    return [Row(each, found.get(each.siren), each.note if with_notes else "") for each in kept]
