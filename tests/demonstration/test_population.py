"""The generator: the same seed gives the same organisations, and the plan is held."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.demonstration.activities import Activities
from scripts.demonstration.identifiers import fictional_sirens, has_luhn_key
from scripts.demonstration.lists import write_lists
from scripts.demonstration.places import Atlas, Place
from scripts.demonstration.plan import national_plan
from scripts.demonstration.population import World, population
from scripts.demonstration.sirene import write_sirene
from scripts.demonstration.staffing import SHAPES, band_of, bands_for, middle
from scripts.demonstration.surroundings import surroundings

from essor.perimeter.staff_bands import BY_CODE

PLACES = [
    Place("42187", "ROANNE", "42300", "42", "84", "200035731", 34_000, 4.07, 46.03, 16.0),
    Place("67482", "STRASBOURG", "67000", "67", "44", "246700488", 291_000, 7.75, 48.57, 78.0),
    Place("97411", "SAINT-DENIS", "97400", "974", "04", "249740119", 156_000, 55.45, -20.9, 142.0),
]
SUB_CLASSES = [f"{division:02d}.1{n}Z" for division in range(8, 40) for n in range(3)]


def organisations(seed):
    world = World(Atlas(PLACES, seed), Activities(SUB_CLASSES))
    sirens = fictional_sirens()
    invented = list(population(national_plan().scaled(0.002), world, sirens, seed))
    return [*invented, *surroundings(PLACES, sirens, seed)]


def files_of(folder, seed):
    write_sirene(folder, organisations(seed), seed)
    write_lists(folder, organisations(seed))
    return {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    first = files_of(tmp_path / "first", seed=1)

    second = files_of(tmp_path / "second", seed=1)

    assert len(first) == 9
    assert first == second


def test_another_seed_gives_another_population():
    assert [one.naf for one in organisations(1)] != [one.naf for one in organisations(2)]


def test_the_plan_holds_1367_organisations_of_177800_legal_persons():
    groups = national_plan().groups
    pools = {"cooperative", "association", "societe", "fondation", "mutuelle"}

    social = sum(group.count for group in groups if group.jobs in pools)
    conventional = sum(group.count for group in groups if group.jobs == "industrie")

    assert social == 1_367
    assert social + conventional == 177_800


def test_associations_of_local_law_are_where_that_law_is():
    local = [one for one in organisations(1) if one.legal_category == "9260"]

    assert local
    assert {one.head.place.departement for one in local} <= {"57", "67", "68"}


def test_the_staff_of_sites_is_about_that_of_the_unit():
    units = [
        one for one in organisations(1) if len(one.sites) > 1 and one.group.name == "industrie"
    ]

    unit_jobs = sum(middle(one.band) for one in units)
    site_jobs = sum(middle(site.band) for one in units for site in one.sites)

    assert units
    assert site_jobs == pytest.approx(unit_jobs, rel=0.35)


@given(st.integers(200, 5_000), st.floats(5, 60))
def test_bands_sum_to_the_jobs_asked_for(units, mean):
    bands = bands_for(units, units * mean, SHAPES["social_economy"])

    assert len(bands) == units
    assert [middle(band) for band in bands] == sorted(middle(band) for band in bands)
    assert sum(map(middle, bands)) == pytest.approx(units * mean, abs=3)


@given(st.floats(0.5, 200_000))
def test_a_band_holds_its_number_of_employees(jobs):
    band = BY_CODE[band_of(jobs)]

    assert band.lower <= jobs
    assert band.upper is None or jobs < band.upper + 1


def test_fictional_sirens_increase_and_never_satisfy_luhn():
    sirens = list(islice(fictional_sirens(), 10_000))

    assert sirens == sorted(set(sirens))
    assert not any(has_luhn_key(siren) for siren in sirens)


@pytest.mark.parametrize(("number", "has_key"), [("552100554", True), ("552100555", False)])
def test_luhn_is_insee_s_key(number, has_key):
    assert has_luhn_key(number) is has_key
