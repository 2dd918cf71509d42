"""The territories that a member watches over, as her space shows them."""

from essor.errors import NoReleaseError, UnknownTerritoryError
from essor.site.current import in_service
from essor.site.members.models.member import Member
from essor.site.searching import territory_said
from essor.territory.territories import Territory, territory_at


def watched(member: Member) -> list[Territory]:
    """Return the territories entrusted to a member that the release in service holds."""
    said = [each.territory for each in member.appointments.exclude(territory="")]
    if not said:
        return []
    found = []
    try:
        with in_service().connection() as connection:
            for selector in said:
                try:
                    found.append(territory_at(connection, *territory_said(selector)))
                except UnknownTerritoryError:
                    # Gone with a reform of the map: her role stays, and says its code.
                    continue
    except NoReleaseError:
        return []
    return found
