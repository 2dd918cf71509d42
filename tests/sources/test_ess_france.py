from collections import Counter

import duckdb
import pytest
from tests.sources.tidied import tidied, tidied_mirror

from essor.sources import ess_france
from essor.sources.ess_france import FAMILY_COLUMN


def test_a_siren_written_without_its_zeros_gets_them_back():
    rows = tidied(ess_france, {"SIREN": "5410220", FAMILY_COLUMN: "Associations"})

    assert [(row["siren"], row["evidence"]) for row in rows] == [("005410220", "ess_france")]


@pytest.mark.parametrize(
    ("label", "ours"),
    [
        ("Associations", "association"),
        ("Coopératives", "cooperative"),
        ("Mutuelles", "mutuelle"),
        ("Fondations", "fondation"),
        ("Sociétés commerciales", "societe_commerciale"),
        ("Sociétés commerciales coopératives", "cooperative"),
        ("Autre", None),
        (None, None),
    ],
)
def test_the_family_is_in_our_words_or_unknown(label, ours):
    rows = tidied(ess_france, {"SIREN": "732829320", FAMILY_COLUMN: label})

    assert rows[0]["family"] == ours


def test_a_line_without_siren_is_left_out():
    assert tidied(ess_france, {"SIREN": " ", FAMILY_COLUMN: "Associations"}) == []


def test_every_line_of_the_mirror_is_a_claim_with_its_family(mirror, tmp_path):
    with duckdb.connect() as connection:
        query = f"""SELECT "{FAMILY_COLUMN}", count(*) FROM read_csv($1) GROUP BY 1"""
        file = str(mirror / ess_france.SOURCE.files[0])
        expected = dict(connection.execute(query, [file]).fetchall())

    rows = tidied_mirror(ess_france, mirror, tmp_path)

    families = Counter(row["family"] for row in rows)
    assert families["association"] == expected["Associations"]
    assert families["cooperative"] == expected["Coopératives"]
    assert families["societe_commerciale"] == expected["Sociétés commerciales"]
    assert families.total() == sum(expected.values())
