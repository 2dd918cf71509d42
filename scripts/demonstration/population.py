"""The fictional population: organisations drawn from the plan, the same for the same seed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random

from scripts.demonstration.activities import Activities, size_of
from scripts.demonstration.names import name_of
from scripts.demonstration.organisations import Group, Organisation, Site
from scripts.demonstration.places import Atlas, Place
from scripts.demonstration.plan import Plan
from scripts.demonstration.staffing import band_of, bands_for, middle

LAST_YEAR, FIRST_YEAR, MEAN_AGE = 2023, 1950, 14
LOCAL_LAW = ("57", "67", "68")  # Départements whose associations follow the local law of 1908.
LOCAL_LAW_ASSOCIATION = "9260"
SIZE_SPREAD = 1.2
HEAD_SHARE = 0.5

# From how many employees on, up to how many establishments besides the head office.
_MORE_FROM = (50, 100, 250, 1_000)
_MORE_SITES = (0, 1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class World:
    """What organisations are drawn from: real places and real activities."""

    atlas: Atlas
    activities: Activities


@dataclass(frozen=True, slots=True)
class _Draft:
    """An organisation before it has its staff and number; `size` ranks it in its pool of staff."""

    rank: int
    group: Group
    is_esus: bool
    legal_category: str
    naf: str
    place: Place
    size: float


def population(
    plan: Plan, world: World, sirens: Iterator[str], seed: int
) -> Iterator[Organisation]:
    """Return the organisations of `plan`, group after group, each group by commune."""
    random = Random(seed)
    drafts = [
        _draft(random, world, (rank, group), is_esus=n < group.esus)
        for rank, group in enumerate(plan.groups)
        for n in range(group.count)
    ]
    drafts.sort(key=lambda draft: (draft.rank, draft.place.commune, draft.naf))
    bands = _bands(plan, drafts)
    for number, (draft, band) in enumerate(zip(drafts, bands, strict=True), start=1):
        yield _finished(random, world, draft, band, (next(sirens), number))


def founded_on(random: Random) -> date:
    """Return a day of creation: the first of a month, seldom long ago."""
    year = LAST_YEAR - int(random.expovariate(1 / MEAN_AGE))
    return date(max(FIRST_YEAR, year), random.randint(1, 12), 1)


def _draft(random: Random, world: World, ranked: tuple[int, Group], *, is_esus: bool) -> _Draft:
    rank, group = ranked
    naf = world.activities.draw(random, group.activities)
    category = random.choices(list(group.categories), list(group.categories.values()))[0]
    place = world.atlas.draw(random, naf[:2])
    while category == LOCAL_LAW_ASSOCIATION and place.departement not in LOCAL_LAW:
        place = world.atlas.draw(random, naf[:2])
    size = size_of(naf) * exp(random.gauss(0, SIZE_SPREAD))
    return _Draft(rank, group, is_esus, category, naf, place, size)


def _bands(plan: Plan, drafts: Sequence[_Draft]) -> list[str]:
    """Return the band of each draft: in a pool of staff, the larger the size, the larger it is."""
    bands = [""] * len(drafts)
    for name, jobs in plan.jobs.items():
        members = [n for n, draft in enumerate(drafts) if draft.group.jobs == name]
        members.sort(key=lambda n: (drafts[n].size, n))
        if members:
            ordered = bands_for(len(members), jobs.total, jobs.shape)
            for n, band in zip(members, ordered, strict=True):
                bands[n] = band
    return bands


def _finished(
    random: Random, world: World, draft: _Draft, band: str, numbers: tuple[str, int]
) -> Organisation:
    group, (siren, number) = draft.group, numbers
    flag = random.choices(list(group.flag), list(group.flag.values()))[0]
    return Organisation(
        siren=siren,
        name=name_of(group.sort, number),
        group=group,
        legal_category=draft.legal_category,
        naf=draft.naf,
        band=band,
        created_on=founded_on(random),
        ess_flag=flag,
        is_listed=random.random() < group.listed,
        is_esus=draft.is_esus,
        is_masked=random.random() < group.masked,
        sites=_sites(random, world, draft, band),
    )


def _sites(random: Random, world: World, draft: _Draft, band: str) -> tuple[Site, ...]:
    """Return the establishments, the head office first, which share the staff of the unit."""
    more = _MORE_SITES[bisect_right(_MORE_FROM, middle(band))]
    total = max(draft.group.sites, 1 + random.randint(0, more))
    if total == 1:
        return (Site(1, draft.place, draft.naf, band, draft.group.is_active),)
    head = _share(band, HEAD_SHARE)
    other = _share(band, (1 - HEAD_SHARE) / (total - 1))
    places = [world.atlas.draw(random, draft.naf[:2]) for _ in range(total - 1)]
    others = (Site(rank, place, draft.naf, other) for rank, place in enumerate(places, start=2))
    return (Site(1, draft.place, draft.naf, head), *others)


def _share(band: str, share: float) -> str:
    """Return the band of a share of the staff; an unknown band stays so."""
    return band_of(middle(band) * share) if middle(band) else band
