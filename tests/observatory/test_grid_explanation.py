from dataclasses import replace

from tests.observatory.rows import organisations, record
from tests.observatory.small_release import small_release

from essor.observatory.grid import grid
from essor.observatory.grid_explanation import axes, explain


def read(*members):
    return grid(small_release(organisations=list(members)), [record("sirene_unites_legales")])


def near():
    """A register that one reading takes for the study: 1 367 rows, two thirds cooperatives."""
    return read(
        *organisations(911, "12"),
        *organisations(456, "12", first=2000, ess_family="association", legal_category="9220"),
    )


def test_nothing_approaches_the_study_in_a_handful_of_rows():
    said = explain(read(*organisations(3)))

    assert said.startswith("Aucune lecture n’approche les chiffres de l’étude")
    assert "partielle" in said


def test_an_empty_release_has_nothing_to_explain_by():
    said = explain(read())

    assert "0\u00a0organisation," in said
    assert "Le choix qui pèse le plus" not in said


def test_the_nearest_reading_is_described_with_what_it_counts():
    said = explain(near())

    assert said.startswith("La lecture la plus proche compte les unités légales actives")
    assert "1\u202f367\u00a0organisations" in said
    assert "contre 1\u202f367, 43\u202f000 et les deux tiers" in said


def test_the_choice_that_moves_most_is_named_and_those_without_effect_too():
    said = explain(near())

    assert "Le choix qui pèse le plus est l’unité comptée" in said
    assert "Sans effet ici : les coopératives agricoles, les SICA." in said


def test_choices_are_ranked_by_how_far_they_move_the_nearest_reading():
    spans = [axis.span for axis in axes(near().variants)]

    assert spans == sorted(spans, reverse=True)
    assert spans[-1] == 0


def test_the_vintage_is_said():
    assert "stock Sirene du 1er\u00a0mars\u00a02024" in explain(read())


def test_invented_data_prove_nothing():
    said = explain(replace(near(), is_fictional=True))

    assert said.startswith("Dans ces données fictives, la lecture la plus proche")
    assert "ne prouve rien" in said
