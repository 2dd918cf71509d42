"""Nested secrecy: the régions and départements whose staff no answer gives, for their sums nest.

Drawn once per release and perimeter, beside the prepared tables, from the members and the whole of
industry by région and département. The guarantee and its limits: docs/decisions/0007.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from essor.observatory.counts import Counts, Fabric, Group, of_band
from essor.observatory.headcount import HEADCOUNT_SQL, Headcount, together
from essor.observatory.perspective import Perimeter
from essor.observatory.question import Place, Question
from essor.observatory.secrecy import Hidden, masked_tree
from essor.territory.level import Level

TREE_LEVELS = frozenset({Level.FRANCE, Level.REGION, Level.DEPARTEMENT})
"""The levels whose territories make a tree; the others cross one another."""

_MEMBERS, _REST = "members", "rest"

_Place = tuple[str, str]
"""The codes of a région and of a département; empty where unknown."""

_PLACES = "coalesce(region, ''), coalesce(departement, '')"

# Both perimeters in one reading: an organisation may be of each.
_MEMBERS_SQL = f"""
SELECT is_p1, is_p2, {_PLACES}, staff_band, {HEADCOUNT_SQL}
FROM observatory.members WHERE is_p1 OR is_p2 GROUP BY ALL
"""

_INDUSTRY_SQL = f"""
SELECT {_PLACES}, staff_band, sum(units)::BIGINT FROM observatory.industry GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Masks:
    """What one perimeter masks of the tree: the staff of its members, that of the rest of industry.

    The second is never shown, but the share of staff (K06) would tell it.
    """

    members: Hidden
    rest: Hidden

    def hides(self, place: Place) -> bool:
        """Return whether the staff of the members there is masked in every answer."""
        return _holds(self.members, place.level, place.code)

    def hides_rest(self, place: Place) -> bool:
        """Return whether the staff of the rest of industry there must not be told."""
        return _holds(self.rest, place.level, place.code)

    def among(self, question: Question, codes: frozenset[str]) -> frozenset[str] | None:
        """Return which parts of a question are masked; nothing where the tree does not tell.

        It tells of parts narrower than the place, both of the levels of the tree.
        """
        place, part = question.place.level, question.parts
        if not {place, part} <= TREE_LEVELS or part.breadth <= place.breadth:
            return None
        return frozenset(code for code in codes if _holds(self.members, part, code))


def masks_sql(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the SQL that creates the table of the masks, from the prepared tables."""
    rows = ", ".join(_rows(connection)) or "(NULL, NULL, NULL, NULL)"
    return (
        "CREATE TABLE IF NOT EXISTS observatory.masks AS SELECT * FROM "
        f"(VALUES {rows}) AS m(perimeter, what, level, code) WHERE perimeter IS NOT NULL"
    )


def read_masks(connection: duckdb.DuckDBPyConnection, perimeter: Perimeter) -> Masks:
    """Return what a perimeter masks, from tables that `prepare` drew."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for what, level, code in connection.execute(
        f"SELECT what, level, code FROM observatory.masks WHERE perimeter = '{perimeter.value}'"
    ).fetchall():
        found[what, level].add(code)
    members, rest = (
        Hidden(
            frozenset(found[what, Level.REGION.value]),
            frozenset(found[what, Level.DEPARTEMENT.value]),
        )
        for what in (_MEMBERS, _REST)
    )
    return Masks(members, rest)


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield one row of SQL per masked place."""
    industry, groups = _industry(connection), _groups(connection)
    for perimeter, own in groups.items():
        members = {place: together(g.headcount for g in held) for place, held in own.items()}
        yield from _sql_rows(perimeter, _MEMBERS, masked_tree(_tree(members)))
    # K06 alone tells the rest of industry, and P2 has none.
    own = groups[Perimeter.P1]
    rest = {
        place: Counts(tuple(own.get(place, ())), tuple(fabrics), perhaps=0).other_industry()
        for place, fabrics in industry.items()
    }
    yield from _sql_rows(Perimeter.P1, _REST, masked_tree(_tree(rest)))


def _groups(connection: duckdb.DuckDBPyConnection) -> dict[Perimeter, dict[_Place, list[Group]]]:
    groups: dict[Perimeter, dict[_Place, list[Group]]] = {
        perimeter: defaultdict(list) for perimeter in Perimeter
    }
    found = connection.execute(_MEMBERS_SQL).fetchall()
    for is_p1, is_p2, region, departement, band, *numbers in found:
        group = Group(None, band, Headcount(*numbers))
        for perimeter, is_inside in ((Perimeter.P1, is_p1), (Perimeter.P2, is_p2)):
            if is_inside:
                groups[perimeter][region, departement].append(group)
    return groups


def _industry(connection: duckdb.DuckDBPyConnection) -> dict[_Place, list[Fabric]]:
    found: dict[_Place, list[Fabric]] = defaultdict(list)
    for region, departement, band, units in connection.execute(_INDUSTRY_SQL).fetchall():
        fabric = Fabric(band, is_natural_person=False, headcount=of_band(band, units))
        found[region, departement].append(fabric)
    return found


def _tree(cells: Mapping[_Place, Headcount]) -> dict[str, dict[str, Headcount]]:
    tree: dict[str, dict[str, Headcount]] = defaultdict(dict)
    for (region, departement), cell in cells.items():
        tree[region][departement] = cell
    return tree


def _sql_rows(perimeter: Perimeter, what: str, hidden: Hidden) -> Iterator[str]:
    for level, codes in (
        (Level.REGION, hidden.regions),
        (Level.DEPARTEMENT, hidden.departements),
    ):
        for code in sorted(codes):
            literal = code.replace("'", "''")
            yield f"('{perimeter.value}', '{what}', '{level.value}', '{literal}')"


def _holds(hidden: Hidden, level: Level, code: str) -> bool:
    codes = {Level.REGION: hidden.regions, Level.DEPARTEMENT: hidden.departements}
    return code in codes.get(level, frozenset())
