"""Names are folded alike in Python and in DuckDB, whatever their spelling."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.territory.names import BARE_NAME, FOLDED_NAME, MAY_BE_NAMED, bare, clue, fold, title

LETTERS = "abcdeglnorstAEIOSTéèêëàâçîïôûüÿœæÉÈÎŒ -'’()/.9"
SAINTS = st.sampled_from(
    ["St", "Ste", "Saint", "Sainte", "CC", "CA de", "La", "L'", "Zone d'emploi"]
)
NAMES = st.lists(st.one_of(SAINTS, st.text(LETTERS, max_size=12)), max_size=4).map(" ".join)


def in_duckdb(expression, name, *parameters):
    """Return the value of `expression` over a column `name` that holds `name`."""
    sql = f"SELECT {expression} FROM (SELECT unnest(?) AS name)"
    return duckdb.execute(sql, [*parameters, [name]]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("st etienne", "Saint-Étienne"),
        ("STE MARIE", "Sainte-Marie"),
        ("l hay les roses", "L'Haÿ-les-Roses"),
        ("l’Haÿ-les-Roses", "L'Haÿ-les-Roses"),
        ("Marcq en Baroeul", "Marcq-en-Barœul"),
        ("  ile de   france ", "Île-de-France"),
    ],
)
def test_spelling_does_not_matter(typed, official):
    assert fold(typed) == fold(official)


def test_a_saint_is_not_found_inside_a_word():
    assert fold("Stains") == "stains"
    assert fold("Brest") == "brest"


@settings(deadline=None)
@given(NAMES)
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@settings(deadline=None)
@given(NAMES)
def test_a_column_is_folded_as_a_text_is(name):
    assert in_duckdb(FOLDED_NAME, name) == fold(name)


@settings(deadline=None)
@given(NAMES)
def test_a_column_is_bared_as_a_text_is_but_for_a_name_made_of_articles(name):
    bared = in_duckdb(BARE_NAME, name)

    assert bared == bare(name) or bared == ""


@settings(deadline=None)
@given(NAMES)
def test_the_clue_of_a_folded_name_is_in_every_spelling_of_it(name):
    assert in_duckdb(MAY_BE_NAMED, name, clue(fold(name)))
    assert in_duckdb(MAY_BE_NAMED, name, clue(bare(name)))


@pytest.mark.parametrize(
    ("name", "plain", "opening"),
    [
        ("CA de La Rochelle", "rochelle", "ca"),
        ("Communauté d’agglomération de la Rochelle", "rochelle", "communaute d agglomeration"),
        ("La Rochelle", "rochelle", ""),
        ("département de l'Ain", "ain", "departement"),
        ("CC Terres Touloises (CC2T)", "terres touloises", "cc"),
        ("Le", "le", ""),
        ("Cassis", "cassis", ""),
    ],
)
def test_titles_and_articles_come_off(name, plain, opening):
    assert bare(name) == plain
    assert title(name) == opening


def test_the_real_names_are_folded_alike_in_both_languages(mirror):
    file = str(mirror / "territoires" / "communes.parquet")

    rows = duckdb.execute(
        f"SELECT name, {FOLDED_NAME} FROM (SELECT nom AS name FROM read_parquet(?))", [file]
    ).fetchall()

    assert [name for name, folded in rows if fold(name) != folded] == []
    assert len(rows) > 34_000
