"""The rest of the economy: few and large establishments, that stand for all those outside industry.

Location quotients compare industry with total employment: the demonstration needs the weight of the
other activities in every territory, not their millions of establishments.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from scripts.demonstration.names import name_of
from scripts.demonstration.organisations import Group, Organisation, Site
from scripts.demonstration.places import Place
from scripts.demonstration.population import founded_on
from scripts.demonstration.staffing import band_of, middle

# Sub-class and share of the jobs outside industry: orders of magnitude, for the demonstration.
ACTIVITIES = {
    "47.11F": 13, "46.90Z": 6, "49.41A": 6, "41.20B": 5, "43.22A": 5, "56.10A": 6, "84.11Z": 12,
    "85.31Z": 9, "86.10Z": 10, "88.10A": 9, "62.02A": 4, "64.19Z": 5, "68.20A": 2, "71.12B": 8,
    "78.20Z": 3, "81.21Z": 6, "93.13Z": 3, "01.13Z": 2,
}  # fmt: skip
FORMS = {"5710": 41, "5499": 30, "5599": 1.5, "7210": 12, "7364": 6, "9220": 8, "8210": 1}
GROUP = Group("reste", 0, "reseau", FORMS, "", "", {"O": 0.02, "": 0.98})

# Up to which population: jobs per inhabitant outside industry, usual staff of an establishment.
_TOWNS = ((1_000, 0.15, 74.5), (5_000, 0.21, 149.5), (20_000, 0.30, 224.5), (10**9, 0.38, 374.5))
_LARGEST_NETWORK = 9

Located = tuple[Place, float]
"""Where an establishment is, and its staff."""


def surroundings(
    places: Iterable[Place], sirens: Iterator[str], seed: int
) -> Iterator[Organisation]:
    """Return organisations that hold the jobs outside industry, by département and activity."""
    random = Random(f"{seed} surroundings")
    for (_, naf), sites in sorted(_sites(random, places).items()):
        for network in _split(random, sites):
            yield _network(random, next(sirens), naf, network)


def _sites(random: Random, places: Iterable[Place]) -> dict[tuple[str, str], list[Located]]:
    """Return the place and the staff of each establishment, by département and activity."""
    codes, weights = list(ACTIVITIES), list(ACTIVITIES.values())
    found = defaultdict(list)
    for place in places:
        jobs_a_head, size = next(town[1:] for town in _TOWNS if place.population <= town[0])
        expected = place.population * jobs_a_head / size
        number = int(expected) + (random.random() < expected % 1)
        for naf in random.choices(codes, weights, k=number):
            found[place.departement, naf].append((place, size * random.choice((0.5, 1, 1, 1.5))))
    return found


def _split(random: Random, sites: list[Located]) -> Iterator[list[Located]]:
    start = 0
    while start < len(sites):
        end = start + random.randint(1, _LARGEST_NETWORK)
        yield sites[start:end]
        start = end


def _network(random: Random, siren: str, naf: str, placed: list[Located]) -> Organisation:
    sites = tuple(
        Site(rank, place, naf, band_of(jobs)) for rank, (place, jobs) in enumerate(placed, start=1)
    )
    return Organisation(
        siren=siren,
        name=name_of(GROUP.sort, int(siren[3:])),
        group=GROUP,
        legal_category=random.choices(list(FORMS), list(FORMS.values()))[0],
        naf=naf,
        band=band_of(sum(middle(site.band) for site in sites)),
        created_on=founded_on(random),
        ess_flag=random.choices(list(GROUP.flag), list(GROUP.flag.values()))[0],
        is_listed=False,
        is_esus=False,
        is_masked=False,
        sites=sites,
    )
