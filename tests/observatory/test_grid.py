from itertools import product

import pytest
from tests.observatory.rows import organisation, organisations, record
from tests.observatory.small_release import small_release

from essor.observatory.grid import Employer, EssRule, Estimator, Unit, distance, grid


def read(*members, establishments=()):
    connection = small_release(organisations=list(members), establishments=list(establishments))
    return grid(connection, [record("sirene_unites_legales")])


def variant(found, **axes):
    """The only variant of those axes, the others being the widest and the middle."""
    wanted = {
        "unit": Unit.LEGAL_UNIT,
        "ess_rule": EssRule.OR_ESUS,
        "has_agricultural": True,
        "has_sica": True,
        "employer": Employer.ANY,
        "estimator": Estimator.MIDPOINT,
    } | axes
    estimator = wanted.pop("estimator")
    (only,) = [
        each
        for each in found.variants
        if each.estimator is estimator
        and all(getattr(each.selection, axis) == value for axis, value in wanted.items())
    ]
    return only


def test_every_choice_is_crossed_with_every_other():
    readings = {(each.selection, each.estimator) for each in read().variants}

    assert len(readings) == 2 * 5 * 2 * 2 * 4 * 4


def test_the_nearest_reading_comes_first():
    distances = [each.distance for each in read(*organisations(5)).variants]

    assert distances == sorted(distances)


def test_the_study_itself_is_at_distance_zero():
    assert distance(1367, 43000, 2 / 3) == 0


def test_the_distance_adds_the_three_gaps():
    assert distance(2734, 21500, 1 / 3) == pytest.approx(1 + 0.5 + 1 / 3)


def test_a_reading_that_counts_nothing_has_no_share_and_the_greatest_distance():
    only = variant(read())

    assert only.cooperative_share is None
    assert only.distance == pytest.approx(1 + 1 + 2 / 3)


@pytest.mark.parametrize(
    ("evidence", "rules"),
    [
        ("code", {EssRule.CODES, EssRule.CODES_OR_FLAG, EssRule.OR_ESS_FRANCE, EssRule.OR_ESUS}),
        ("flag", {EssRule.FLAG, EssRule.CODES_OR_FLAG, EssRule.OR_ESS_FRANCE, EssRule.OR_ESUS}),
        ("ess_france", {EssRule.OR_ESS_FRANCE, EssRule.OR_ESUS}),
        ("esus", {EssRule.OR_ESUS}),
        ("code | flag | ess_france", set(EssRule)),
        ("scop | name", set()),
    ],
)
def test_each_rule_admits_its_grounds(evidence, rules):
    found = read(organisation(1, ess_evidence=evidence))

    assert {rule for rule in EssRule if variant(found, ess_rule=rule).organisations} == rules


@pytest.mark.parametrize("category", ["6317", "6318"])
def test_agricultural_cooperatives_may_be_left_out(category):
    found = read(organisation(1, legal_category=category), organisation(2, legal_category="5458"))

    assert variant(found).organisations == 2
    assert variant(found, has_agricultural=False).organisations == 1


def test_the_shared_use_of_farm_machines_is_no_agricultural_cooperative_here():
    found = read(organisation(1, legal_category="6316"))

    assert variant(found, has_agricultural=False).organisations == 1


@pytest.mark.parametrize("category", ["5432", "5532", "5632", "6532"])
def test_sica_count_as_cooperatives_by_their_code_or_not_at_all(category):
    sica = organisation(1, legal_category=category, ess_family=None, ess_evidence=None)
    found = read(sica)

    taken = variant(found, ess_rule=EssRule.CODES)
    assert (taken.organisations, taken.cooperative_share) == (1, 1)
    assert variant(found, ess_rule=EssRule.FLAG).organisations == 0
    assert variant(found, has_sica=False).organisations == 0


def test_employers_are_told_by_the_declaration_or_by_the_band():
    found = read(
        organisation(1, "NN", is_employer=True),
        organisation(2, "00", is_employer=False),
        organisation(3, "01"),
        organisation(4, "11"),
        organisation(5, None),
    )

    taken = {each: variant(found, employer=each).organisations for each in Employer}
    assert taken == {
        Employer.ANY: 5,
        Employer.DECLARED: 1,
        Employer.BAND_01: 2,
        Employer.BAND_11: 1,
    }


def test_each_estimator_reads_the_band_its_own_way():
    found = read(organisation(1, "01"), organisation(2, "NN"))

    staff = {each: variant(found, estimator=each).staff for each in Estimator}
    assert staff[Estimator.LOWER] == 1
    assert staff[Estimator.MIDPOINT] == 1.5
    assert staff[Estimator.UPPER] == 2
    assert staff[Estimator.LOG_UNIFORM] == pytest.approx(1.8205, abs=1e-4)


def test_a_head_office_counts_by_its_own_activity_and_its_own_staff():
    seat = {"siren": "000000001", "siret": "00000000100011", "is_active": True}
    found = read(
        organisation(1, "12", head_office="00000000100011", is_industrial_p1=False),
        organisation(2, "12", head_office="00000000200010"),
        establishments=[seat | {"is_industrial_p1": True, "staff_band": "11"}],
    )

    seats = variant(found, unit=Unit.HEAD_OFFICE)
    assert (seats.organisations, seats.staff) == (1, 14.5)
    assert variant(found).organisations == 1


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"is_industrial_p1": False}, {"ess_evidence": None}]
)
def test_others_are_never_counted(changes):
    assert variant(read(organisation(1, **changes))).organisations == 0


def test_cooperatives_are_a_share_of_the_organisations_counted():
    found = read(*organisations(2), organisation(9, ess_family="association"))

    assert variant(found).cooperative_share == pytest.approx(2 / 3)


def test_a_wider_choice_never_counts_fewer():
    found = read(
        organisation(1, legal_category="6317"),
        organisation(2, "NN", ess_evidence="flag"),
        organisation(3, "01", ess_evidence="esus", legal_category="5532"),
    )

    for unit, employer, sica in product(Unit, Employer, (True, False)):
        axes = {"unit": unit, "employer": employer, "has_sica": sica}
        narrow = variant(found, ess_rule=EssRule.CODES, has_agricultural=False, **axes)
        assert narrow.organisations <= variant(found, **axes).organisations


def test_the_vintage_is_that_of_the_legal_units():
    assert read().vintage == record("sirene_unites_legales").published_on


def test_an_invented_row_makes_the_grid_fictional():
    assert read(organisation(1, is_fictional=True)).is_fictional
