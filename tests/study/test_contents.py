"""The study as data: whole, faithful to its counts, and every reference leads somewhere."""

from pathlib import Path

import pytest

from essor.matching.need import Cooperation
from essor.study import links
from essor.study.contents import entries, study
from essor.territory.level import Level

KINDS = (
    ("brakes", "levers"),
    ("recommendations_1", "recommendations_2"),
    ("cases_1", "cases_2"),
    ("tools", "cooperation"),
    ("document",),
)


def test_the_study_has_its_five_brakes_five_levers_and_all_that_hangs_on_them():
    whole = study()

    assert (len(whole.brakes), len(whole.problems)) == (5, 23)
    assert (len(whole.levers), len(whole.recommendations)) == (5, 26)
    assert (len(whole.forms), len(whole.cases)) == (15, 25)


@pytest.mark.parametrize("names", KINDS)
def test_no_identifier_is_used_twice(names: tuple[str, ...]):
    ids = [str(entry["id"]) for name in names for entry in entries(name)]

    assert len(ids) == len({*ids})


def test_the_forms_of_cooperation_are_those_of_the_engine():
    assert list(study().forms) == [each.value for each in Cooperation]


def test_every_reference_of_a_recommendation_resolves():
    whole = study()

    for each in whole.recommendations.values():
        assert each.lever in whole.levers
        assert {*each.actors} <= {*whole.actors}
        assert {*each.inferred} <= {*each.actors}
        assert {*each.answers, *each.attached} <= {*whole.problems}
        assert {*each.answers.values()} <= {1, 2, 3}


def test_every_reference_of_a_case_resolves():
    whole = study()

    for each in whole.cases.values():
        assert each.box in {*whole.levers, *whole.recommendations, "conclusion"}
        assert {*each.recommendations} <= {*whole.recommendations}
        assert {*each.forms} <= {*whole.forms}
        assert each.facts


def test_forms_tools_and_changes_lead_to_recommendations_that_exist():
    whole = study()
    named = {
        *(code for form in whole.forms.values() for code in form.recommendations),
        *(code for tool in whole.tools.values() for code in tool.recommendations),
        *(code for change in whole.changes.values() for code in change.recommendations),
    }

    assert named <= {*whole.recommendations}


def test_every_item_has_a_status_that_is_explained_and_those_of_the_study_a_page():
    whole = study()
    paged = (whole.brakes, whole.levers, whole.recommendations, whole.forms, whole.cases)
    said = {each.status for kind in paged for each in kind.values()}
    ours = {change.status for change in whole.changes.values()}
    ours |= {each.status for each in whole.untreated.values()}

    assert said == {"S"}
    assert ours <= {*whole.statuses}
    assert all(each.page for kind in paged for each in kind.values())


def test_every_problem_is_answered_or_listed_as_unanswered():
    listed = [each.problem for each in study().untreated.values() if each.problem]

    assert links.unanswered() == listed == ["F3g"]


def test_the_actors_that_the_wording_does_not_name_are_marked():
    marked = [each.id for each in study().recommendations.values() if each.inferred]

    assert marked == [
        "L1.2",
        "L1.4",
        "L1.7",
        "L2.1",
        "L2.2",
        "L3.1",
        "L3.4",
        "L4.3",
        "L4.4",
        "L4.5",
        "L5.4",
    ]


@pytest.mark.parametrize(
    ("lever", "brake"), [("L1", "F1"), ("L2", "F3"), ("L3", "F4"), ("L4", "F5"), ("L5", "F2")]
)
def test_each_lever_answers_most_the_brake_that_it_is_made_for(lever: str, brake: str):
    row = {at: len(ids) for (of, at), ids in links.heat_map().items() if of == lever}

    assert row[brake] == max(row.values())


def test_the_heat_map_has_a_cell_for_each_lever_and_brake():
    assert len(links.heat_map()) == 25


def test_links_go_both_ways():
    whole = study()

    for case in whole.cases.values():
        assert all(case in links.cases_of(each) for each in links.tagged(case))
        assert all(case in links.cases_of_form(whole.forms[each]) for each in case.forms)


def test_a_lever_whose_folder_is_absent_has_no_tool_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(links, "files", lambda _: tmp_path)

    assert links.built_for(study().levers["L1"]) == []


def test_a_lever_that_is_built_lists_its_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "levers" / study().levers["L3"].folder
    folder.mkdir(parents=True)
    (folder / "sites.py").touch()
    (folder / "__init__.py").touch()
    monkeypatch.setattr(links, "files", lambda _: tmp_path)

    assert links.built_for(study().levers["L3"]) == ["sites"]


def test_the_texts_have_the_spaces_and_the_apostrophes_of_french():
    whole = study()

    assert whole.levers["L5"].label == "«\u00a0ESS-iser\u00a0» les filières industrielles"
    assert (
        "1\u202f000\u00a0m²" in whole.cases["vesto"].facts[1]
        or "1\u202f000" in (whole.cases["vesto"].facts[1])
    )
    assert not any("'" in each.label for each in whole.cases.values())


def test_the_heat_of_a_lever_is_greatest_on_the_brake_that_it_is_made_for():
    whole = study()
    hottest = {
        lever.id: max(whole.brakes.values(), key=lambda brake: links.heat(lever, brake)).id
        for lever in whole.levers.values()
    }

    assert hottest == {"L1": "F1", "L2": "F3", "L3": "F4", "L4": "F5", "L5": "F2"}


def test_the_heat_is_between_0_and_3_and_none_without_a_recommendation():
    whole, cells = study(), links.heat_map()

    for lever in whole.levers.values():
        for brake in whole.brakes.values():
            heat = links.heat(lever, brake)
            assert 0 <= heat <= 3
            assert (heat > 0) == bool(cells[lever.id, brake.id])


def test_brakes_cases_and_tools_are_linked_both_ways():
    whole = study()

    for brake in whole.brakes.values():
        for case in whole.cases.values():
            assert (case in links.cases_of_brake(brake)) == (brake in links.brakes_of(case))
        for tool in links.tools_of_brake(brake):
            assert any(
                links.strength(whole.recommendations[each], brake) for each in tool.recommendations
            )


def test_every_actor_is_told_what_is_recommended_to_her():
    whole = study()
    told = {actor.id: links.of_actor(actor) for actor in whole.actors.values()}

    assert all(told.values())
    for actor, recommendations in told.items():
        assert all(actor in each.actors for each, _ in recommendations)
        assert all(inferred == (actor in each.inferred) for each, inferred in recommendations)
    assert sum(map(len, told.values())) == sum(
        len(each.actors) for each in whole.recommendations.values()
    )


def test_every_place_of_a_case_is_a_known_level_and_a_code():
    for case in study().cases.values():
        for place in case.places:
            assert place.level in {*Level}
            assert place.code
            assert place.name
