"""The notes of the NAF: what is kept of a PDF cut by a machine, and what is not of the NAF."""

from tests.sources.tidied import tidied, tidied_mirror

from essor.sources import naf_notes


def note(field, text, rank="0", key="22.29A"):
    return {"key": key, "field": field, "rank": rank, "text": text}


def test_a_note_is_an_inclusion_a_further_inclusion_or_an_exclusion_and_a_title_is_none():
    rows = tidied(
        naf_notes,
        note("title", "Fabrication de pièces techniques"),
        note("inc", "la fabrication de pièces"),
        note("inc2", "le moulage"),
        note("exc", "les articles médicaux"),
    )

    assert {row["kind"]: row["text"] for row in rows} == {
        "includes": "la fabrication de pièces",
        "also": "le moulage",
        "excludes": "les articles médicaux",
    }


def test_an_exclusion_says_the_first_sub_class_it_sends_to():
    rows = tidied(
        naf_notes,
        note("exc", "les articles médicaux (cf. 32.50A32.50B)", "0"),
        note("exc", "l'extraction (cf. 05, 07 ou 08)", "1"),
        note("inc", "les pièces (cf. aussi 22.21Z)"),
    )

    targets = {(row["kind"], row["rank"]): row["target"] for row in rows}
    assert targets == {
        ("excludes", 0): "32.50A",
        ("excludes", 1): None,
        ("includes", 0): None,
    }


def test_the_foot_of_a_page_is_taken_off_a_note():
    foot = "la vente directe 582 Nomenclature d’Activités Française NAF rév. 2"

    (row,) = tidied(naf_notes, note("inc", foot))

    assert row["text"] == "la vente directe"


def test_a_product_of_the_cpf_is_no_note_of_the_naf():
    rows = tidied(
        naf_notes,
        note("inc", "13.92 Articles textiles confectionnés, sauf habillement CC", "0"),
        note("inc", "élingues en acier NC", "1"),
        note(
            "inc", "plaques en marbre Classification des Produits Française CPF rév. 2.1 249", "2"
        ),
        note("inc", "la fabrication de rideaux", "3"),
    )

    assert [row["text"] for row in rows] == ["la fabrication de rideaux"]


def test_the_notes_of_the_mirror_are_those_of_the_naf(mirror, tmp_path):
    rows = tidied_mirror(naf_notes, mirror, tmp_path)

    assert len({row["code"] for row in rows}) > 700
    assert not [row["text"] for row in rows if "CPF" in row["text"]]
