import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.indicators import (
    LocalSector,
    concentrations,
    herfindahl,
    krugman,
    specialise,
)
from essor.observatory.interval import Interval

AMOUNTS = st.floats(0, 1e6, allow_subnormal=False).map(lambda value: round(value, 1))
FABRICS = st.lists(
    st.lists(AMOUNTS, min_size=3, max_size=3).filter(lambda row: sum(row) > 0),
    min_size=2,
    max_size=5,
)


def local_sector(territory="A", sector="31", jobs=0.0, **changes):
    values = {
        "name": territory,
        "label": sector,
        "establishments": 10,
        "largest": 0.0,
        "ess_establishments": 0,
        "ess_jobs": Interval(0, 0.0, 0),
        "ess_largest": 0.0,
        "territory_jobs": 1_000.0,
        "sector_jobs": 10_000.0,
        "total_jobs": 1_000_000.0,
        "sector_ess_jobs": 0.0,
    }
    return LocalSector(
        territory=territory,
        sector=sector,
        jobs=Interval(jobs, jobs, jobs),
        **(values | changes),
    )


def sectors_of(fabric):
    """Return the local sectors of a table of jobs, one list of sectors per territory."""
    by_sector = [sum(column) for column in zip(*fabric, strict=True)]
    return [
        local_sector(
            f"T{i}",
            f"S{k}",
            jobs,
            territory_jobs=sum(row),
            sector_jobs=by_sector[k],
            total_jobs=sum(by_sector),
        )
        for i, row in enumerate(fabric)
        for k, jobs in enumerate(row)
    ]


def test_the_quotient_is_the_local_share_over_the_national_share():
    reading = specialise(local_sector(jobs=50.0))

    assert reading is not None
    assert reading.quotient == pytest.approx(0.05 / 0.01)


@given(fabric=FABRICS)
def test_quotients_weighted_by_the_size_of_territories_average_to_one(fabric):
    readings = [reading for each in sectors_of(fabric) if (reading := specialise(each))]

    by_sector: dict[str, float] = {}
    for reading in readings:
        weight = reading.of.territory_jobs / reading.of.total_jobs
        mean = by_sector.get(reading.of.sector, 0) + weight * reading.quotient
        by_sector[reading.of.sector] = mean
    assert all(mean == pytest.approx(1) for mean in by_sector.values())


@given(fabric=FABRICS)
def test_concentration_stays_in_its_bounds(fabric):
    rows = concentrations(sectors_of(fabric))

    assert all(1 / 3 - 1e-9 <= row.herfindahl <= 1 + 1e-9 for row in rows)
    assert all(0 <= row.krugman <= 2 + 1e-9 for row in rows)


def test_one_sector_alone_is_as_concentrated_as_can_be():
    assert herfindahl({"31": 40.0}) == 1


def test_even_sectors_are_as_varied_as_can_be():
    assert herfindahl({"31": 40.0, "32": 40.0, "33": 40.0, "10": 40.0}) == pytest.approx(0.25)


def test_the_national_structure_is_at_distance_zero():
    assert krugman({"31": 1.0, "32": 3.0}, {"31": 100.0, "32": 300.0}) == pytest.approx(0)


def test_two_structures_without_a_sector_in_common_are_at_distance_two():
    assert krugman({"31": 5.0}, {"32": 7.0}) == pytest.approx(2)


def test_nothing_employs_nobody_so_nothing_is_said():
    assert herfindahl({}) is None
    assert krugman({}, {"31": 1.0}) is None
    assert specialise(local_sector(territory_jobs=0.0)) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"jobs": 50.0}, True),
        ({"jobs": 49.0}, False),
        ({"jobs": 50.0, "establishments": 4}, False),
        ({"jobs": 50.0, "sector_jobs": 41_000.0}, False),
    ],
)
def test_a_specialisation_is_flagged_when_high_and_carried_by_enough(changes, expected):
    reading = specialise(local_sector(**changes))

    assert reading is not None
    assert reading.is_flagged is expected


def test_a_high_quotient_on_few_jobs_is_flagged_but_makes_no_cluster():
    reading = specialise(local_sector(jobs=50.0, territory_jobs=150.0, sector_jobs=240_000.0))

    assert reading is not None
    assert reading.quotient > 1.25 > reading.shrunk_quotient
    assert (reading.is_flagged, reading.is_cluster) == (True, False)


def test_the_ess_quotient_compares_the_share_of_ess_here_and_in_france():
    reading = specialise(
        local_sector(jobs=100.0, ess_jobs=Interval(10, 20.0, 30), sector_ess_jobs=1_000.0)
    )

    assert reading is not None
    assert reading.ess_share == pytest.approx(0.2)
    assert reading.ess_quotient == pytest.approx(0.2 / 0.1)


def test_without_ess_in_the_country_the_ess_quotient_is_unknown():
    reading = specialise(local_sector(jobs=100.0, sector_ess_jobs=0.0))

    assert reading is not None
    assert reading.ess_quotient is None
