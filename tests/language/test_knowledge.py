"""What a release knows of the NAF: labels always, notes when it has them."""

import duckdb
import pytest

from essor.language.knowledge import knowledge_of, sent, without_reference

NAF = [
    ("C", 1, None, "Industrie manufacturière"),
    ("13", 2, "C", "Fabrication de textiles"),
    ("13.2", 3, "13", "Tissage"),
    ("13.20", 4, "13.2", "Tissage (classe)"),
    ("13.20Z", 5, "13.20", "Tissage"),
]
NOTES = [
    ("13.20Z", "includes", 0, "le tissage du coton (cf. aussi 13.10Z)"),
    ("13.20Z", "also", 0, "les étoffes de verre :"),
    ("13.20Z", "excludes", 0, "les rideaux (cf. 13.92Z, 13.99Z)"),
    ("13.20Z", "excludes", 1, "les mines (cf. 05 ou 06)"),
]


@pytest.fixture
def release():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE naf (code TEXT, level INT, parent TEXT, label TEXT)")
        connection.executemany("INSERT INTO naf VALUES (?, ?, ?, ?)", NAF)
        connection.execute(
            "CREATE TABLE naf_notes (code TEXT, kind TEXT, rank INT, text TEXT, target TEXT)"
        )
        yield connection


def test_without_notes_a_sub_class_is_its_labels(release):
    (position,) = knowledge_of(release).positions

    assert (position.code, position.label, position.notes) == ("13.20Z", "Tissage", ())
    assert position.above == ("Tissage (classe)", "Tissage", "Fabrication de textiles")


def test_notes_are_what_it_includes_and_exclusions_say_where_they_send(release):
    release.executemany("INSERT INTO naf_notes VALUES (?, ?, ?, ?, NULL)", NOTES)

    (position,) = knowledge_of(release).positions

    assert set(position.notes) == {"le tissage du coton", "les étoffes de verre"}
    assert position.excludes == (("les rideaux", "13.92Z"), ("les rideaux", "13.99Z"))


def test_an_exclusion_sends_to_each_sub_class_it_names_but_its_own():
    found = sent("les articles médicaux (cf. 32.50A32.50B)", "32.50B")

    assert found == [("les articles médicaux", "32.50A")]


def test_a_note_is_read_without_the_codes_it_sends_to():
    assert without_reference("la location, cf. 77.39Z") == "la location"
