"""Geocoding: from the town and the postcode of an address to a point."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from essor.territory.distance import Point
from essor.territory.gazetteer import Gazetteer, Place
from essor.territory.names import bare, fold

# Likeness, 0 to 100, from which a name is taken for another one: less is asked among the few
# communes of a postcode than in a whole département, and more in the whole of France.
LIKENESS_IN_POSTCODE = 70
LIKENESS_IN_DEPARTEMENT = 82
LIKENESS_IN_FRANCE = 90
# From how many inhabitants a town is believed against a postcode of another département: fewer, and
# the name is more likely that of a place inside a commune of the postcode.
GREAT_TOWN = 10_000
# A first word stands for the whole name (« Roissy CDG ») when it is at least this long.
TELLING_WORD = 5
# The first digits of a postcode that its neighbours share: the département, then the office.
SHARED_DIGITS = (4, 3)

_CEDEX = re.compile(r"\bcedex\b ?(?P<number>\d{0,2}).*$")
_ARRONDISSEMENT = re.compile(
    r"\b(?P<number>\d{1,2})(?: ?(?:er|e|eme|ieme|nd))?(?: arrondissement)?$"
)
_POSTCODE = re.compile(r"\d{5}")


def geocode(gazetteer: Gazetteer, city: str, postcode: str) -> Point | None:
    """Return where the town of that name and postcode is: its town hall, else its centre.

    CEDEX postcodes, former communes, arrondissements, abbreviated saints, misspelt names and an
    empty name or postcode are understood. When the town itself cannot be told, the most populous
    commune of the postcode stands for it, else the nearest postcodes, else the département. None
    when nothing tells where it is.
    """
    digits = _postcode(postcode)
    name, number = _town(city)
    place = _place(gazetteer, name, digits)
    if place is not None:
        place = _arrondissement(gazetteer, place, digits, number)
        return place.point or _around(gazetteer, place)
    return _anywhere(gazetteer, digits)


def _place(gazetteer: Gazetteer, name: str, postcode: str) -> Place | None:
    """Return the commune meant: in its postcode, else in its département, else in France."""
    served = gazetteer.by_postcode.get(postcode, ())
    if not name:
        return _main(served)
    local = [
        place
        for departement in _departements(postcode)
        for place in gazetteer.by_departement.get(departement, ())
    ]
    return (
        _named(served, name)
        or _alike(served, name, LIKENESS_IN_POSTCODE)
        or _nearest_postcode(_named_all(local, name), postcode)
        or _by_first_word(local, name)
        or _alike(local, name, LIKENESS_IN_DEPARTEMENT)
        or _great_town(gazetteer, name)
        or _main(served)
        or (None if local else _in_france(gazetteer, name))
    )


def _great_town(gazetteer: Gazetteer, name: str) -> Place | None:
    """Return the town of that very name that is great enough to belie the postcode beside it."""
    town = _main(gazetteer.by_name.get(name, ()))
    return town if town is not None and town.population >= GREAT_TOWN else None


def _in_france(gazetteer: Gazetteer, name: str) -> Place | None:
    """Return the most populous commune of that name, else the only one it resembles."""
    exact = _main(gazetteer.by_name.get(name, ()))
    return exact or _alike(gazetteer.places, name, LIKENESS_IN_FRANCE)


def _named(places: Iterable[Place], name: str) -> Place | None:
    return _main(_named_all(places, name))


def _named_all(places: Iterable[Place], name: str) -> list[Place]:
    """Return the places of that name, or of that name but for its article."""
    exact = [place for place in places if name in place.names]
    plain = bare(name)
    return exact or [place for place in places if any(bare(each) == plain for each in place.names)]


def _alike(places: Iterable[Place], name: str, likeness: float) -> Place | None:
    """Return the place whose name is the most like `name`, if it is enough so."""
    spelt = [(each, place) for place in places for each in place.names]
    best = process.extractOne(
        name, [each for each, _ in spelt], scorer=fuzz.ratio, score_cutoff=likeness
    )
    return None if best is None else spelt[best[2]][1]


def _by_first_word(places: Iterable[Place], name: str) -> Place | None:
    """Return the only place whose name begins with the first telling word of `name`."""
    word = bare(name).split(" ")[0]
    if len(word) < TELLING_WORD or word in ("saint", "sainte"):
        return None
    found = [
        place for place in places if any(bare(each).split(" ")[0] == word for each in place.names)
    ]
    return found[0] if len(found) == 1 else None


def _nearest_postcode(places: Iterable[Place], postcode: str) -> Place | None:
    """Return, among homonyms, the one whose postcode is the nearest number."""

    def gap(place: Place) -> tuple[int, int]:
        gaps = [abs(int(each) - int(postcode)) for each in place.postcodes if postcode]
        return min(gaps, default=100_000), -place.population

    return min(places, key=gap, default=None)


def _arrondissement(gazetteer: Gazetteer, place: Place, postcode: str, number: int | None) -> Place:
    """Return the arrondissement of `place` that the postcode or the number tells, else `place`."""
    parts = [
        part for part in gazetteer.by_departement[place.departement] if part.parent == place.code
    ]
    served = [part for part in parts if postcode in part.postcodes]
    numbered = [part for part in parts if number is not None and _town(part.names[0])[1] == number]
    return next(iter(served or numbered), place)


def _around(gazetteer: Gazetteer, place: Place) -> Point | None:
    """Return the middle of the placed communes of its postcodes, else of its département."""
    fellows = [each for code in place.postcodes for each in gazetteer.by_postcode[code]]
    return _middle(fellows) or _middle(gazetteer.by_departement[place.departement])


def _anywhere(gazetteer: Gazetteer, postcode: str) -> Point | None:
    """Return the middle of the communes whose postcodes begin alike, else of the département."""
    for shared in SHARED_DIGITS if postcode else ():
        near = [
            place
            for code, places in gazetteer.by_postcode.items()
            if code[:shared] == postcode[:shared]
            for place in places
        ]
        middle = _middle(near)
        if middle is not None:
            return middle
    return _middle(
        place
        for departement in _departements(postcode)
        for place in gazetteer.by_departement.get(departement, ())
    )


def _middle(places: Iterable[Place]) -> Point | None:
    """Return the centre of `places` weighted by population."""
    placed = [(place.point, place.population + 1) for place in places if place.point is not None]
    if not placed:
        return None
    total = sum(weight for _, weight in placed)
    return Point(
        sum(point.lon * weight for point, weight in placed) / total,
        sum(point.lat * weight for point, weight in placed) / total,
    )


def _main(places: Iterable[Place]) -> Place | None:
    return max(places, key=lambda place: place.population, default=None)


def _postcode(text: str) -> str:
    digits = "".join(text.split()).zfill(5) if text.strip() else ""
    return digits if _POSTCODE.fullmatch(digits) else ""


def _town(city: str) -> tuple[str, int | None]:
    """Return the folded name of the town, and the number of its arrondissement where written.

    The number of a CEDEX is that of the arrondissement, in the towns that have some.
    """
    name = _CEDEX.sub(r"\g<number>", fold(city)).strip()
    numbered = _ARRONDISSEMENT.search(name)
    if numbered is None:
        return name, None
    return name[: numbered.start()].strip(), int(numbered["number"])


def _departements(postcode: str) -> tuple[str, ...]:
    """Return the départements that a postcode may serve, by its first digits."""
    if postcode.startswith("20"):
        return "2A", "2B"
    if postcode.startswith(("97", "98")):
        return (postcode[:3],)
    return (postcode[:2],) if postcode else ()
