import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observatory.rows import (
    COMMUNES,
    TERRITORIES,
    industry,
    organisation,
    organisations,
    record,
    status,
)
from tests.observatory.small_release import small_release

from essor.observatory.figures import figures
from essor.observatory.perspective import By, Perimeter
from essor.observatory.question import Question
from essor.territory.level import Level
from essor.territory.territories import territory_at

SIRENE = record("sirene_unites_legales")


def release(members, **tables):
    return small_release(
        organisations=members, communes=COMMUNES, territories=TERRITORIES, **tables
    )


def ask(connection, *sources, **question):
    found = figures(connection, Question(**question), sources)
    return {figure.id: figure for figure in found.figures}


def bounds(figure):
    return figure.lower, figure.value, figure.upper


def test_only_active_industrial_members_of_the_social_economy_are_counted():
    connection = release(
        [
            organisation(1),
            organisation(2, is_active=False),
            organisation(3, ess_family=None),
            organisation(4, is_industrial_p1=False),
            organisation(5, is_industrial_p1=None),
        ]
    )

    k03 = ask(connection)["K03"]

    assert bounds(k03) == (1, 1, 1)
    assert "1\u00a0organisation de l’ESS dont l’activité est inconnue" in k03.note


def test_staff_is_the_sum_of_the_middles_between_the_sums_of_the_bounds():
    connection = release([*organisations(3, "12"), organisation(9, "NN")])

    k05 = ask(connection)["K05"]

    assert bounds(k05) == (60, 103.5, 147)
    assert "Effectif inconnu pour 1\u00a0organisation." in k05.note


def test_staff_nobody_knows_is_unknown_not_zero():
    assert ask(release(organisations(4, "NN")))["K05"].value is None


def test_the_open_band_counts_its_lower_bound_and_says_so():
    k05 = ask(release(organisations(3, "53")))["K05"]

    assert bounds(k05) == (30000, 30000.0, 30000)
    assert "un minimum" in k05.note


def test_the_share_of_units_is_of_legal_persons_and_at_least_of_everybody():
    connection = release(
        organisations(5),
        industrial_units=[industry(50), industry(50, "", is_natural_person=True)],
    )

    found = ask(connection)

    assert bounds(found["K04"]) == (0.05, 0.1, 0.1)
    assert bounds(found["K07"]) == (50, 50, 100)
    assert "micro-entrepreneurs" in found["K04"].note


def test_the_share_of_staff_sets_each_bound_against_the_opposite_one():
    connection = release(organisations(5), industrial_units=[industry(50)])

    share = ask(connection)["K06"]

    assert share.value == pytest.approx(0.1)
    assert share.lower == pytest.approx(100 / (100 + 45 * 49))
    assert share.upper == pytest.approx(245 / (245 + 45 * 20))


def test_the_share_of_staff_is_masked_when_it_would_give_two_other_units_away():
    connection = release(organisations(5), industrial_units=[industry(5), industry(2, "22")])

    share = ask(connection)["K06"]

    assert share.is_secret
    assert share.value is None


def test_cooperatives_are_a_share_of_organisations_and_of_staff():
    members = [*organisations(6), *organisations(3, "03", first=20, ess_family="association")]

    found = ask(release(members))

    assert found["K08a"].value == pytest.approx(2 / 3)
    assert found["K08b"].value == pytest.approx(6 * 34.5 / (6 * 34.5 + 3 * 7.5))


def test_members_of_undetermined_family_may_be_cooperatives():
    members = [*organisations(3), *organisations(3, first=20, ess_family="indeterminee")]

    assert bounds(ask(release(members))["K08a"]) == (0.5, 0.5, 1.0)


def test_the_share_of_cooperative_staff_does_not_give_two_associations_away():
    members = [*organisations(6), *organisations(2, first=20, ess_family="association")]

    share = ask(release(members))["K08b"]

    assert share.is_secret
    assert share.value is None


def test_the_staff_of_two_organisations_is_masked_and_their_number_is_not():
    found = ask(release(organisations(2)))

    assert found["K03"].value == 2
    assert found["K05"].is_secret
    assert found["K05"].value is None
    assert found["K05"].lower is None
    assert "Secret statistique" in found["K05"].note


def test_p2_counts_declared_activities_whatever_the_main_one():
    members = organisations(3, ess_family=None, is_industrial_p1=False, is_industrial_p2=True)

    found = ask(release(members), perimeter=Perimeter.P2)

    assert found["K03"].value == 3
    assert found["K05"].value == 103.5


def test_p2_is_no_share_of_industry_and_says_why():
    members = organisations(3, is_industrial_p2=True)
    connection = release(members, industrial_units=[industry(10)])

    found = ask(connection, perimeter=Perimeter.P2)

    assert [found[key].value for key in ("K04", "K06", "K07")] == [None, None, None]
    assert found["K04"].note.startswith("Sans objet")


def test_the_study_is_set_beside_france_only():
    connection = release(organisations(3))
    rhone = territory_at(connection, Level.DEPARTEMENT, "69")

    national, local = ask(connection), ask(connection, territory=rhone)

    assert national["K03"].study.value == 1367
    assert national["K08b"].study.text == "les deux tiers"
    assert local["K03"].study is None
    assert ask(connection, perimeter=Perimeter.P2)["K03"].study is None


def test_a_territory_holds_its_own_organisations_and_its_own_industry():
    members = [*organisations(3), *organisations(4, commune="59350", first=20)]
    units = [industry(30), industry(40, commune="59350")]
    connection = release(members, industrial_units=units)
    nord = territory_at(connection, Level.REGION, "32")

    found = ask(connection, territory=nord)

    assert found["K03"].value == 4
    assert found["K07"].value == 40


def test_a_commune_takes_its_arrondissements_with_it():
    connection = release([organisation(1), organisation(2, commune="69381")])
    lyon = territory_at(connection, Level.COMMUNE, "69123")

    assert ask(connection, territory=lyon)["K03"].value == 2


def test_every_figure_cites_its_sources_and_their_day():
    connection = release(organisations(3))

    found = ask(connection, SIRENE, record("esus", is_present=False), record("esat"))["K03"]

    assert [(m.name, m.published_on) for m in found.sources] == [
        ("sirene_unites_legales", SIRENE.published_on)
    ]


def test_absent_sources_are_named():
    found = figures(release([]), Question(), [record("esus", is_present=False)])

    assert found.absent == ("Titre de esus",)


def test_a_single_invented_row_makes_the_answer_fictional():
    members = [*organisations(3), organisation(9, is_fictional=True)]

    assert figures(release(members), Question(), []).is_fictional
    assert not figures(release(organisations(3)), Question(), []).is_fictional


def test_a_fictional_source_makes_its_figures_fictional():
    found = ask(release([]), record("sirene_unites_legales", is_fictional=True))

    assert found["K07"].is_fictional


def test_organisations_of_partial_diffusion_are_counted_and_never_named():
    members = organisations(3, is_partly_diffused=True, name="NE PAS DIRE")
    found = figures(release(members), Question(by=By.STATUS), [])

    assert found.figures[0].value == 3
    assert "NE PAS DIRE" not in repr(found)


def test_an_empty_release_says_unknown_or_zero_and_does_not_fail():
    found = ask(release([]))

    assert found["K03"].value == 0
    assert found["K05"].value == 0
    assert [found[key].value for key in ("K04", "K06", "K08a", "K08b", "K12")] == [None] * 5


MEMBERS: st.SearchStrategy[list[dict[str, object]]] = st.lists(
    st.builds(
        dict,
        band=st.sampled_from(["00", "01", "12", "53", "NN", None]),
        commune=st.sampled_from(["69123", "69381", "01004", "59350", None]),
        ess_family=st.sampled_from(["cooperative", "association", "indeterminee", None]),
        naf=st.sampled_from(["10.11Z", "25.62B", None]),
        is_active=st.booleans(),
        is_industrial_p1=st.sampled_from([True, False, None]),
        is_industrial_p2=st.sampled_from([True, False, None]),
    ),
    max_size=12,
)


def drawn(members, *others):
    """The organisations drawn, `others` besides, and the industry that surrounds those of P1."""
    rows = [organisation(rank, **member) for rank, member in enumerate(members, start=1)]
    inside = [row for row in rows if row["is_active"] and row["is_industrial_p1"]]
    units = [
        industry(1, row["staff_band"] or "", row.get("commune") or "", f"{10 + rank}")
        for rank, row in enumerate(inside)
    ]
    return release(
        [*rows, *others],
        industrial_units=[*units, industry(7, "03", division="33")],
        statuses=[status(1, "ea", answer=None), status(1, "esus", answer=True)],
    )


@settings(max_examples=15, deadline=None)
@given(MEMBERS, st.sampled_from(list(Perimeter)))
def test_every_figure_lies_between_its_bounds_and_every_share_between_0_and_1(members, perimeter):
    for figure in ask(drawn(members), perimeter=perimeter).values():
        if figure.value is not None:
            assert figure.lower <= figure.value <= figure.upper
            assert figure.unit != "part" or (figure.lower >= 0 and figure.upper <= 1)


@settings(max_examples=15, deadline=None)
@given(MEMBERS)
def test_the_parts_add_up_to_the_whole_along_every_breakdown_and_level(members):
    connection = drawn(members)
    questions = [
        *(Question(perimeter=p, by=by) for p in Perimeter for by in By),
        *(Question(by=By.TERRITORY, level=level) for level in Level),
    ]

    for question in questions:
        found = figures(connection, question, [])
        assert found.breakdown is not None
        parts, total = found.breakdown.rows, found.breakdown.total
        assert sum(row.organisations for row in parts) == total.organisations
        assert total.organisations == found.figures[0].value
        if not any(row.is_secret for row in (*parts, total)):
            assert sum(row.staff or 0 for row in parts) == (total.staff or 0)
            assert sum(row.staff_upper or 0 for row in parts) == (total.staff_upper or 0)


@settings(max_examples=10, deadline=None)
@given(MEMBERS)
def test_a_closed_organisation_changes_nothing(members):
    closed = organisation(99, is_active=False)

    before, after = drawn(members), drawn(members, closed)

    assert figures(before, Question(by=By.FAMILY), []) == figures(after, Question(by=By.FAMILY), [])


@settings(max_examples=10, deadline=None)
@given(MEMBERS, MEMBERS)
def test_more_organisations_are_never_fewer_members(members, more):
    assert ask(drawn(members))["K03"].value <= ask(drawn([*members, *more]))["K03"].value
