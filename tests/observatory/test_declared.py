import pytest
from tests.observatory.rows import COMMUNES, TERRITORIES, organisations, record, status
from tests.observatory.small_release import small_release

from essor.observatory.declared import declared_figures
from essor.observatory.prepared import prepare
from essor.observatory.question import Question
from essor.territory.level import Level
from essor.territory.territories import territory_at


def ask(*statuses, place=None, sources=(), **tables):
    connection = small_release(
        statuses=list(statuses),
        organisations=tables.pop("organisations", organisations(9)),
        communes=COMMUNES,
        territories=TERRITORIES,
        **tables,
    )
    prepare(connection)
    territory = territory_at(connection, Level.REGION, place) if place else None
    found = declared_figures(connection, Question(territory), sources)
    return {figure.id: figure for figure in found}


def test_the_share_is_of_those_that_answered_and_the_bounds_of_all():
    found = ask(
        status(1, "ea", answer=True),
        status(2, "ea", answer=False),
        status(3, "ea", answer=None),
        status(4, "ea", answer=None),
    )["K12"]

    assert (found.lower, found.value, found.upper, found.total) == (0.25, 0.5, 0.75, 4)


def test_a_share_about_which_nothing_is_known_is_unknown_never_zero():
    found = ask(status(1, "esat", answer=None))["K13"]

    assert (found.value, found.total) == (None, 1)
    assert found.note.startswith("Inconnu")


def test_a_status_that_no_source_attests_is_unknown():
    assert ask()["K14"].value is None


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("ei", "K10"),
        ("etti", "K10"),
        ("geiq", "K11"),
        ("ea", "K12"),
        ("esat", "K13"),
        ("esus", "K14"),
    ],
)
def test_each_kind_has_its_figure(kind, figure):
    assert ask(status(1, kind, answer=True))[figure].value == 1


@pytest.mark.parametrize("kind", ["eatt", "aci", "ai", "eiti", "scop"])
def test_other_kinds_have_none(kind):
    assert all(figure.total == 0 for figure in ask(status(1, kind, answer=True)).values())


def test_a_structure_that_is_both_ei_and_etti_counts_once():
    found = ask(status(1, "ei", answer=True), status(1, "etti", answer=False))["K10"]

    assert (found.total, found.value) == (1, 1)


def test_two_establishments_of_one_unit_are_two_structures():
    found = ask(
        status(1, "ei", answer=True, siret="00000000100011"),
        status(1, "ei", answer=False, siret="00000000100029"),
    )["K10"]

    assert (found.total, found.value) == (2, 0.5)


def test_the_last_word_of_a_source_replaces_the_ones_before():
    found = ask(
        status(1, "ea", answer=True, attested_on="2020-01-01"),
        status(1, "ea", answer=False, attested_on="2024-01-01"),
    )["K12"]

    assert found.value == 0


def test_a_structure_is_industrial_when_one_source_of_two_says_so():
    found = ask(
        status(1, "ea", answer=False, source="siae"),
        status(1, "ea", answer=True, source="marche_inclusion"),
    )["K12"]

    assert (found.total, found.value) == (1, 1)


def test_a_closed_structure_is_left_out():
    closed = organisations(1, is_active=False)

    assert ask(status(1, "ea", answer=True), organisations=closed)["K12"].total == 0


def test_a_structure_is_where_its_establishment_is():
    found = ask(
        status(1, "ea", answer=True, siret="00000000100011"),
        establishments=[
            {"siret": "00000000100011", "siren": "000000001", "is_active": True, "region": "32"}
        ],
        place="32",
    )["K12"]

    assert found.total == 1


def test_a_structure_of_unknown_place_counts_in_france_only():
    stranger = status(999, "ea", answer=True)

    assert ask(stranger)["K12"].total == 1
    assert ask(stranger, place="32")["K12"].total == 0


def test_the_sources_are_those_that_attest_the_status():
    found = ask(
        status(1, "ea", answer=True, source="entreprises_adaptees"),
        sources=[record("entreprises_adaptees"), record("esat")],
        place="32",
    )

    assert [source.name for source in found["K12"].sources] == ["entreprises_adaptees"]
    assert found["K13"].sources == ()


def test_an_esus_that_declares_nothing_has_the_main_activity_of_its_unit():
    found = ask(
        *(status(n, "esus", answer=None) for n in range(1, 5)),
        organisations=[
            *organisations(1, is_industrial_p1=True),
            *organisations(2, first=2, is_industrial_p1=False),
            *organisations(1, first=4, is_industrial_p1=None),
        ],
    )["K14"]

    assert found.total == 4
    assert found.value == pytest.approx(1 / 3)
    assert (found.lower, found.upper) == (0.25, 0.5)


@pytest.mark.parametrize("answer", [True, False])
def test_what_an_esus_declares_prevails_over_its_main_activity(answer):
    found = ask(
        status(1, "esus", answer=None, source="esus"),
        status(1, "esus", answer=answer, source="etude"),
        organisations=organisations(1, is_industrial_p1=not answer),
    )["K14"]

    assert (found.total, found.value) == (1, float(answer))


def test_an_esus_of_which_no_activity_is_known_is_unknown():
    found = ask(status(999, "esus", answer=None))["K14"]

    assert (found.value, found.total) == (None, 1)


def test_a_main_activity_is_no_answer_for_the_other_structures():
    industrial = organisations(1, is_industrial_p1=True)

    assert ask(status(1, "ea", answer=None), organisations=industrial)["K12"].value is None


def test_the_share_of_esus_rests_on_the_register_too():
    found = ask(
        status(1, "esus", answer=None, source="esus"),
        sources=[record("esus"), record("sirene_unites_legales"), record("esat")],
    )["K14"]

    assert {source.name for source in found.sources} == {"esus", "sirene_unites_legales"}
