from tests.observatory.atlas import EMPLOYMENT, atlas, edition, employed, seated
from tests.observatory.rows import industry, record, status

from essor.observatory.dashboard import read_dashboard
from essor.observatory.first_steps import CALLED, LOCAL_AUTHORITIES, first_steps
from essor.observatory.report.contents import Edition
from essor.study.contents import study
from essor.territory.level import Level
from essor.territory.territories import territory_at

FORGE = [*EMPLOYMENT, employed("01001", "10", 700.0)]


def plan(code="E1", sources=(), **more):
    connection = atlas(**more)
    held = edition()
    held = Edition(held.number, held.built_on, (*held.sources, *sources), held.is_fictional)
    return first_steps(read_dashboard(connection, territory_at(connection, Level.EPCI, code), held))


def said(code, **more):
    """Return the reason of a recommendation, None when nothing calls for it."""
    found = plan(**more).steps
    return next((each.because for each in found if each.recommendation.id == code), None)


def test_every_recommendation_that_may_be_called_is_addressed_to_local_authorities():
    known = study().recommendations

    assert all(LOCAL_AUTHORITIES in known[code].actors for code in CALLED)
    assert list(CALLED) == sorted(CALLED)


def test_a_territory_without_anybody_is_told_the_nearest_and_nothing_else():
    found = plan(code="E2", employment=[])

    assert [each.recommendation.id for each in found.steps] == ["L1.1"]
    assert "Fruitière" in found.steps[0].because
    assert "km" in found.steps[0].because


def test_a_territory_where_nothing_is_known_is_told_nothing():
    found = plan(organisations=[], employment=[])

    assert found.steps == ()
    assert [lever.id for lever in found.silent] == ["L1", "L2", "L3", "L4", "L5"]


def test_a_share_clearly_under_that_of_france_calls_for_sourcing():
    rows = {
        "organisations": [*seated(1, 1, "01001"), *seated(10, 50, "59350")],
        "industrial_units": [
            industry(200, commune="01001"),
            industry(200, commune="59350"),
        ],
    }

    assert "le hasard des petits nombres ne l’explique pas" in (said("L1.1", **rows) or "")


def test_a_share_that_chance_explains_calls_for_nothing():
    rows = {
        "organisations": [*seated(1, 1, "01001"), *seated(10, 1, "59350")],
        "industrial_units": [industry(20, commune="01001"), industry(15, commune="59350")],
    }

    assert said("L1.1", **rows) is None


def test_a_speciality_without_the_social_economy_calls_for_meetings():
    told = said("L1.2", employment=FORGE)

    assert told is not None
    assert "Fabrication de meubles" in told or "Industries alimentaires" in told
    assert "aucun établissement de l’ESS" in told


def test_no_speciality_calls_for_no_meeting():
    assert said("L1.2", employment=[]) is None


def test_small_organisations_call_for_consortia():
    small = seated(1, 3, "01001", "03")

    assert "3 des 4 organisations" in (
        said("L1.3", organisations=[*small, *seated(10, 1, "01001", "21")]) or ""
    )
    assert said("L1.3", organisations=seated(1, 4, "01001", "21")) is None
    assert said("L1.3", organisations=seated(1, 2, "01001", "03")) is None


def test_cooperatives_call_for_capital():
    assert "7\u00a0coopératives industrielles ont leur siège" in (said("L2.2") or "")
    assert "1\u00a0coopérative industrielle a son siège" in (
        said("L2.2", organisations=seated(1, 1, "01001")) or ""
    )
    assert said("L2.2", organisations=seated(1, 5, "01001", ess_family="association")) is None


def conventioned(kind, number=1):
    return {
        "organisations": seated(number, 1, "01001", ess_family=None, is_industrial_p2=True),
        "statuses": [status(number, kind, answer=True)],
    }


def test_insertion_calls_for_recruitment_and_for_reserved_lots():
    assert "1\u00a0structure d’insertion déclare" in (said("L4.3", **conventioned("ei")) or "")
    assert "de l’insertion" in (said("L5.1", **conventioned("ei")) or "")


def test_handicap_calls_for_reserved_lots_alone():
    assert said("L4.3", **conventioned("esat")) is None
    assert "1\u00a0organisation du handicap" in (said("L5.1", **conventioned("esat")) or "")


def test_a_geiq_is_missed_only_where_a_source_tells_of_them():
    elsewhere = {
        "organisations": seated(1, 1, "59350", ess_family=None),
        "statuses": [status(1, "geiq", answer=True)],
    }
    told = said("L4.2", sources=(record("siae"),), **elsewhere)

    assert "Aucun GEIQ n’est attesté ici" in (told or "")
    assert said("L4.2") is None


def test_several_organisations_may_learn_together():
    assert "11\u00a0organisations" in (said("L5.5") or "")
    assert said("L5.5", organisations=seated(1, 2, "01001")) is None


def test_each_step_leads_to_its_lever_and_its_cases():
    for step in plan().steps:
        assert step.lever.id == step.recommendation.lever
        assert step.is_inferred == (LOCAL_AUTHORITIES in step.recommendation.inferred)
        assert all(case in study().cases.values() for case in step.cases)


def test_a_lever_is_told_or_silent():
    found = plan()

    told = {step.lever.id for step in found.steps}
    assert told | {lever.id for lever in found.silent} == {*study().levers}
    assert not told & {lever.id for lever in found.silent}
