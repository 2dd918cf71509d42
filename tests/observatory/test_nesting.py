"""The answers about France, its régions and its départements, asked one after the other."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observatory.equations import follows, total
from tests.observatory.rows import industry, organisation, organisations
from tests.observatory.small_release import small_release

from essor.observatory.breakdown import breakdown
from essor.observatory.counts import read_counts
from essor.observatory.export import figures_csv
from essor.observatory.figures import figures
from essor.observatory.nesting import TREE_LEVELS, read_masks
from essor.observatory.perspective import By, Perimeter
from essor.observatory.prepared import prepare
from essor.observatory.question import Question
from essor.observatory.secrecy import Hidden, is_safe
from essor.territory.level import Level
from essor.territory.territories import territory_at

# Région, then the départements of which it is made: one commune each, of the same code.
COUNTRY = {"R1": ("A", "B", "C"), "R2": ("D", "E"), "R3": ("F",)}
PARTS = [By.FAMILY, By.NAF, By.STAFF, By.STATUS]


def release(workshops, country=COUNTRY, **tables):
    """A country whose départements hold the workshops given: département, band, changes."""
    region_of = {part: region for region, parts in country.items() for part in parts}
    places = {part: {"departement": part, "region": region} for part, region in region_of.items()}
    rows = [
        organisation(rank, band, None, **changes) | {"commune": part} | places.get(part, {})
        for rank, (part, band, changes) in enumerate(workshops, start=1)
    ]
    levels = [("region", region) for region in country]
    levels += [("departement", part) for part in region_of]
    connection = small_release(
        organisations=rows,
        communes=[{"code": part, "name": part, **place} for part, place in places.items()],
        territories=[{"level": level, "code": code, "name": code} for level, code in levels],
        **tables,
    )
    prepare(connection)
    return connection


def asked(connection, level, code):
    return None if level is Level.FRANCE else territory_at(connection, level, code)


def staffed(*held):
    """Workshops of 20 to 49 employees: so many in each département."""
    return [(part, "12", {}) for part, count in held for _ in range(count)]


def secrets_of(connection, level, code="FR", perimeter=Perimeter.P1):
    found = figures(connection, Question(asked(connection, level, code), perimeter), [])
    return {figure.id for figure in found.figures if figure.is_secret}


# The département A may not be told; B is the smallest that hides it.
UNSAFE_A = staffed(("A", 2), ("B", 4), ("C", 6), ("D", 5), ("E", 5), ("F", 7))


def test_a_departement_that_hides_another_is_masked_when_asked_alone():
    connection = release(UNSAFE_A)

    assert secrets_of(connection, Level.DEPARTEMENT, "A") >= {"K05", "K06", "K08b"}
    assert secrets_of(connection, Level.DEPARTEMENT, "B") >= {"K05", "K06", "K08b"}
    assert "K05" not in secrets_of(connection, Level.DEPARTEMENT, "C")


def test_a_masked_departement_is_masked_along_with_all_that_it_is_told_apart_by():
    connection = release(UNSAFE_A)
    question = Question(asked(connection, Level.DEPARTEMENT, "B"))

    for by in PARTS:
        found = breakdown(connection, question, by)
        assert found.total.is_secret
        assert all(row.is_secret and row.staff_share is None for row in found.rows)
        assert found.total.organisations == 4


def test_a_departement_is_masked_alike_in_the_answers_about_france_its_region_and_itself():
    connection = release(UNSAFE_A)
    france = Question(level=Level.DEPARTEMENT)
    region = Question(asked(connection, Level.REGION, "R1"))

    in_france = {row.key: row for row in breakdown(connection, france, By.TERRITORY).rows}
    in_region = {row.key: row for row in breakdown(connection, region, By.TERRITORY).rows}

    alone = {part: "K05" in secrets_of(connection, Level.DEPARTEMENT, part) for part in "ABC"}
    assert alone == {"A": True, "B": True, "C": False}
    assert {part: in_france[part].is_secret for part in "ABC"} == alone
    assert {part: in_region[part].is_secret for part in "ABC"} == alone


def test_a_region_masked_to_hide_another_masks_one_of_its_departements():
    connection = release(staffed(("A", 6), ("B", 7), ("C", 8), ("D", 3), ("E", 4), ("F", 2)))

    rows = breakdown(connection, Question(asked(connection, Level.REGION, "R2")), By.TERRITORY).rows

    assert "K05" in secrets_of(connection, Level.REGION, "R2")
    assert {row.key for row in rows if row.is_secret} == {"D"}


def test_the_share_of_industry_does_not_tell_by_difference_the_rest_of_another_place():
    units = [industry(9, commune=part) for part in "BCDEF"]
    connection = release(
        staffed(*((part, 3) for part in "ABCDEF")),
        industrial_units=[industry(5, commune="A"), *units],
    )

    assert "K05" not in secrets_of(connection, Level.DEPARTEMENT, "B")
    assert "K06" in secrets_of(connection, Level.DEPARTEMENT, "A")
    assert "K06" in secrets_of(connection, Level.DEPARTEMENT, "B")
    assert "K06" not in secrets_of(connection, Level.DEPARTEMENT, "C")


def test_each_perimeter_has_its_own_masks():
    both = {"is_industrial_p2": True}
    declared = [(part, "12", both) for part in "ABCDEF" for _ in range(3)]
    connection = release([*declared, *staffed(("B", 1)), ("A", "41", {})])

    assert "K05" in secrets_of(connection, Level.DEPARTEMENT, "B")
    assert "K05" not in secrets_of(connection, Level.DEPARTEMENT, "B", Perimeter.P2)


def test_a_country_with_nothing_to_hide_masks_nothing():
    connection = release(staffed(*((part, 4) for part in "ABCDEF")))

    masks = read_masks(connection, Perimeter.P1)

    assert masks.members == Hidden()
    assert secrets_of(connection, Level.FRANCE) == set()
    assert secrets_of(connection, Level.REGION, "R1") == set()
    assert secrets_of(connection, Level.DEPARTEMENT, "A") == set()


def test_masks_are_drawn_once_per_release():
    connection = release(UNSAFE_A)
    before = read_masks(connection, Perimeter.P1)
    connection.execute("DELETE FROM observatory.members")

    prepare(connection.cursor())

    assert read_masks(connection, Perimeter.P1) == before


def test_a_code_with_a_quote_is_masked_as_another():
    country = {"R'1": ("A'", "B"), "R2": ("D",)}
    connection = release(staffed(("A'", 2), ("B", 4), ("D", 7)), country)

    assert "K05" in secrets_of(connection, Level.DEPARTEMENT, "A'")


def test_an_export_says_that_a_mask_is_one():
    connection = release(UNSAFE_A)
    place = asked(connection, Level.DEPARTEMENT, "B")

    lines = figures_csv(figures(connection, Question(place), [])).splitlines()

    assert any("K05" in line and ",,,,salariés,oui," in line for line in lines)


COUNTRIES = st.lists(st.integers(1, 5), min_size=2, max_size=4).map(
    lambda sizes: {
        f"R{rank}": tuple(f"{rank}{part}" for part in "ABCDE"[:size])
        for rank, size in enumerate(sizes, start=1)
    }
)
# Sizes alike, so that the whole is published and most places hold enough to hide another.
BANDS = st.sampled_from(["11", "12", "12", "21", "00", "41", "NN", None])
CHANGES = st.fixed_dictionaries(
    {
        "ess_family": st.sampled_from(["cooperative", "association"]),
        "naf": st.sampled_from(["10.11Z", "25.62B"]),
        "is_industrial_p2": st.booleans(),
    }
)


@st.composite
def releases(draw):
    country = draw(COUNTRIES)
    parts = [part for own in country.values() for part in own]
    few = st.sampled_from([5, 4, 3, 2, 1, 0])
    held = [(part, draw(BANDS), draw(CHANGES)) for part in [*parts, None] for _ in range(draw(few))]
    units = [industry(draw(few), band, part) for part in parts for band in ("12", "03")]
    # The members are units of industry too.
    units += [industry(1, band or "", part or "", "33") for part, band, _ in held]
    return country, release(held, country, industrial_units=units)


def places(country):
    """The places of the tree as sets of départements; the empty one is that of no place."""
    parts = [part for own in country.values() for part in own]
    yield Level.FRANCE, "FR", {*parts, ""}
    for region, own in country.items():
        yield Level.REGION, region, set(own)
    for part in parts:
        yield Level.DEPARTEMENT, part, {part}


def told(connection, perimeter, tree):
    """Return all that the answers about the tree say: sums of départements, masked or published.

    A row is what it shares with the place asked; a place whose parts are all shown is their sum.
    """
    pieces = {(level, code): held for level, code, held in tree}
    shown: list[Any] = []
    masked: list[Any] = []
    for level, code, held in tree:
        territory = asked(connection, level, code)
        (k05,) = (
            figure
            for figure in figures(connection, Question(territory, perimeter), []).figures
            if figure.id == "K05"
        )
        (masked if k05.is_secret else shown).append(held)
        for by, part in (*product(PARTS, [None]), *product([By.TERRITORY], sorted(TREE_LEVELS))):
            found = breakdown(connection, Question(territory, perimeter, by, part), by)
            (masked if found.total.is_secret else shown).append(held)
            if not any(row.is_secret for row in found.rows):
                shown.append(held)
            for row in found.rows if part else ():
                own = held & pieces.get((part, row.key), {""})
                (masked if row.is_secret else shown).append(own)
    return shown, masked


@settings(max_examples=8, deadline=None)
@given(releases(), st.sampled_from(Perimeter))
def test_no_masked_staff_follows_from_all_the_answers_about_france_and_its_parts(drawn, perimeter):
    country, connection = drawn
    tree = list(places(country))
    unknowns = sorted(tree[0][2])

    shown, masked = told(connection, perimeter, tree)

    rows = [total(held, unknowns) for held in shown]
    assert not any(follows(total(held, unknowns), rows) for held in masked)


@settings(max_examples=8, deadline=None)
@given(releases())
def test_the_rest_of_the_industry_of_no_unsafe_place_follows_from_the_shares_shown(drawn):
    country, connection = drawn
    tree = list(places(country))
    unknowns = sorted(tree[0][2])
    shown, unsafe = [], []

    for level, code, held in tree:
        question = Question(asked(connection, level, code))
        if not secrets_of(connection, level, code) & {"K05", "K06"}:
            shown.append(total(held, unknowns))
        if not is_safe(read_counts(connection, question).other_industry()):
            unsafe.append(total(held, unknowns))

    assert not any(follows(target, shown) for target in unsafe)


def test_organisations_of_no_known_place_hide_with_the_others():
    workshops = [*staffed(("A", 6), ("B", 7), ("C", 8), ("D", 9), ("E", 9), ("F", 4))]
    unplaced: list[Any] = [(None, "12", {}) for _ in organisations(2)]
    connection = release([*workshops, *unplaced])

    rows = breakdown(connection, Question(), By.TERRITORY).rows

    assert {row.key for row in rows if row.is_secret} == {"", "R3"}
    assert "K05" in secrets_of(connection, Level.DEPARTEMENT, "F")
