import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.linkage.abbreviations import Kind
from essor.linkage.normalised import (
    departement_number,
    departement_of_siren,
    fold,
    postcode_number,
    read_address,
    read_city,
    read_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CC du Pays des Sorgues", "Cté Cnes des Pays des Sorgues"),
        ("Communauté d’agglomération Cap Excellence", "CA Cap Excellence"),
        ("VILLE DE METZ", "Mairie de Metz"),
        ("Commune de St-Étienne", "MAIRIE DE SAINT ETIENNE"),
        ("Centre Hospitalier de Brie", "CH DE BRIE"),
        ("SDIS de la Meuse", "Service départemental d’incendie et de secours de la Meuse"),
        ("C.C.A.S. de Nancy", "Centre communal d'action sociale de Nancy"),
        ("SARL Dupont Menuiserie", "Dupont Menuiserie"),
        ("Office public de l’habitat du Val", "OPH du Val"),
        ("Conseil général du Nord", "DEPARTEMENT DU NORD"),
        ("Syndicat des Eaux du Puy (SEP)", "Syndicat des eaux du Puy"),
        ("SOC PUB LOCALE EFFICACITE ENERGETIQUE", "SPL d'Efficacité Énergétique"),
        ("Ville de Mamoudzou (976)", "Ville de Mamoudzou"),
    ],
)
def test_two_spellings_of_a_name_are_read_alike(one, other):
    read, other_read = read_name(one), read_name(other)

    assert read.stems == other_read.stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ville de Metz", "CCAS de Metz"),
        ("CC du Pays", "CA du Pays"),
        ("Département du Rhône", "Région du Rhône"),
    ],
)
def test_two_bodies_of_a_place_are_not_read_alike(one, other):
    assert read_name(one).stems != read_name(other).stems


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Mairie de Metz", Kind.COMMUNE),
        ("SIVOM du Val", Kind.SYNDICAT),
        ("CHU de Reims", Kind.HOSPITAL),
        ("Menuiserie Dupont", Kind.UNKNOWN),
    ],
)
def test_a_title_tells_the_kind_of_body(name, kind):
    assert read_name(name).kind == kind


def test_a_name_is_also_known_by_its_initials_with_or_without_its_title_whole():
    initials = set(read_name("CA Melun Val de Seine").initials)

    assert initials == {*read_name("CMVS").stems, *read_name("CAMVS").stems}


def test_cedex_arrondissement_and_articles_do_not_make_another_town():
    towns = {read_city(text) for text in ("LE HAVRE CEDEX 3", "Havre", "Le Havre cédex")}

    assert len(towns) == 1
    assert read_city("Lyon 3e arrondissement") == read_city("LYON 03") == read_city("Lyon")


def test_an_address_keeps_its_numbers_and_the_name_of_its_street():
    assert read_address("12, av. du Maréchal Foch - BP 50061") == read_address(
        "12 AVENUE MARECHAL FOCH 50061"
    )


def test_a_postcode_that_lost_its_zero_has_its_departement():
    assert [departement_number(postcode_number(text)) for text in ("01120", "1120", "97 400")] == [
        1,
        1,
        974,
    ]


@pytest.mark.parametrize("text", ["", "F-67000", "123", "²²²²²", "123456"])
def test_what_is_no_postcode_has_no_number(text):
    assert postcode_number(text) == -1


def test_the_number_of_a_local_body_tells_its_departement():
    numbers = ("218301182", "239740012", "552100554", "", "21")

    assert [departement_of_siren(number) for number in numbers] == [83, 974, -1, -1, -1]


@given(st.text(max_size=500))
def test_any_text_is_folded_to_plain_words(text):
    folded = fold(text)

    assert folded == fold(folded)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
