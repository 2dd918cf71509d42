"""What a lookup found: the territory meant, what else the text may designate, and how to say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from essor.errors import AmbiguousTerritoryError
from essor.territory.level import Level
from essor.territory.names import fold
from essor.territory.territories import Territory

# What people most often mean by a name comes first.
PREFERENCE = (
    Level.COMMUNE,
    Level.EPCI,
    Level.REGION,
    Level.DEPARTEMENT,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
    Level.FRANCE,
)
LISTED = 20
_VOWELS = frozenset("aeiouy")
# « Commune de Le Havre » is said « commune du Havre ».
_CONTRACTED = (("Le ", "du "), ("Les ", "des "))


@dataclass(frozen=True, slots=True)
class Found:
    """The territory that a text designates.

    `others` are those it may designate too; `is_understood` tells that its name is not the one
    typed: a misspelling, a part of the name, or a former commune.
    """

    territory: Territory
    others: tuple[Territory, ...] = ()
    is_understood: bool = False

    @property
    def note(self) -> str:
        """Return what a person must be told of the choice made; empty when there was none."""
        if not self.others and not self.is_understood:
            return ""
        named = _in_words(self.territory)
        said = f"Compris : {named}." if self.is_understood else f"{named[0].upper()}{named[1:]}."
        if not self.others:
            return said
        link = "Pourrait désigner aussi" if self.is_understood else "Le même nom désigne aussi"
        also = tuple(self._also(each) for each in self.others[:LISTED])
        return f"{said} {link} : {_listed(also, len(self.others))}."

    def _also(self, other: Territory) -> str:
        """Return how another territory is listed: its name is said when it is not the one typed."""
        name = f" {other.name.strip()}" if self.is_understood else ""
        return f"{other.level.label}{name} `{other.selector}`"


def choose(
    connection: duckdb.DuckDBPyConnection, candidates: Sequence[Territory], text: str
) -> Found:
    """Return the candidate that people most often mean by `text`, and the others.

    The levels come in the order of `PREFERENCE`; a commune that lies outside the région or the
    département of its name bears that name by chance, and gives way: « Bretagne » is no village.

    Raises:
        AmbiguousTerritoryError: several candidates are of the level that comes first.
    """
    ordered = sorted(candidates, key=lambda each: PREFERENCE.index(each.level))
    likely = _without_chance_namesakes(connection, ordered)
    rivals = [each for each in likely if each.level is likely[0].level]
    if len(rivals) > 1:
        raise ambiguous(connection, ordered, text)
    return Found(rivals[0], tuple(each for each in ordered if each != rivals[0]))


def understood(found: Found) -> Found:
    """Return `found`, said to bear another name than the one typed."""
    return replace(found, is_understood=True)


def ambiguous(
    connection: duckdb.DuckDBPyConnection, candidates: Sequence[Territory], text: str
) -> AmbiguousTerritoryError:
    """Return the error that lists what `text` may designate."""
    listed = tuple(described(connection, each) for each in candidates[:LISTED])
    return AmbiguousTerritoryError(
        f"« {text} » désigne plusieurs territoires : {_listed(listed, len(candidates))}. "
        f"Précisez lequel, par exemple « {candidates[0].selector} »."
    )


def described(connection: duckdb.DuckDBPyConnection, territory: Territory) -> str:
    """Return « commune:93066 (Saint-Denis, commune, département 93) »."""
    where = ""
    if territory.level is Level.COMMUNE:
        row = connection.execute(
            "SELECT departement FROM communes WHERE code = ?", [territory.code]
        ).fetchone()
        where = f", département {row[0]}" if row else ""
    return f"{territory.selector} ({territory.name}, {territory.level.label}{where})"


def _without_chance_namesakes(
    connection: duckdb.DuckDBPyConnection, candidates: Sequence[Territory]
) -> Sequence[Territory]:
    communes, regions, departements = (
        [each.code for each in candidates if each.level is level]
        for level in (Level.COMMUNE, Level.REGION, Level.DEPARTEMENT)
    )
    if not communes or not (regions or departements):
        return candidates
    rows = connection.execute(
        "SELECT code FROM communes "
        "WHERE code IN (SELECT unnest($communes)) AND (region IN (SELECT unnest($regions)) "
        "OR departement IN (SELECT unnest($departements)))",
        {"communes": communes, "regions": regions, "departements": departements},
    ).fetchall()
    return [each for each in candidates if each.level is not Level.COMMUNE or (each.code,) in rows]


def _in_words(territory: Territory) -> str:
    """Return « commune de Metz (57463) », « intercommunalité CA Le Grand Chalon (247100589) »."""
    name = territory.name.strip()
    of = _commune_name(name) if territory.level is Level.COMMUNE else name
    return f"{territory.level.label} {of} ({territory.code})"


def _commune_name(name: str) -> str:
    for article, contracted in _CONTRACTED:
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if fold(name)[:1] in _VOWELS else f"de {name}"


def _listed(shown: tuple[str, ...], total: int) -> str:
    more = f" et {total - len(shown)} autres" if total > len(shown) else ""
    return f"{', '.join(shown)}{more}"
