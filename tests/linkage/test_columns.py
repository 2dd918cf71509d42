import pytest

from essor.errors import InvalidRequestError
from essor.linkage.columns import Role, columns_of


@pytest.mark.parametrize(
    ("titles", "role", "at"),
    [
        (["Code", "Raison sociale"], Role.NAME, 1),
        (["DÉNOMINATION", "Sigle"], Role.NAME, 0),
        (["Nom de la structure"], Role.NAME, 0),
        (["raison_sociale"], Role.NAME, 0),
        (["Nom", "Raison sociale"], Role.NAME, 1),
        (["Nom", "N° SIRET"], Role.SIRET, 1),
        (["SIREN", "SIRET"], Role.SIREN, 0),
        (["Nom", "C.P."], Role.POSTCODE, 1),
        (["Nom", "Code Postal"], Role.POSTCODE, 1),
        (["Nom", "Commune"], Role.CITY, 1),
        (["Nom", " ville "], Role.CITY, 1),
        (["Nom", "Adresse 1", "Adresse"], Role.ADDRESS, 2),
    ],
)
def test_columns_are_recognised_by_their_french_titles(titles, role, at):
    assert columns_of(titles, {})[role] == at


def test_a_column_chosen_by_title_or_number_wins():
    titles = ["Raison sociale", "Tiers", "Lieu"]

    found = columns_of(titles, {Role.NAME: "tiers", Role.CITY: "3"})

    assert (found[Role.NAME], found[Role.CITY]) == (1, 2)


def test_a_column_says_one_thing_only():
    found = columns_of(["Nom", "Ville"], {Role.NAME: "Ville"})

    assert Role.CITY not in found


def test_of_two_columns_of_one_title_the_first_is_read():
    assert columns_of(["Nom", "Nom"], {})[Role.NAME] == 0


@pytest.mark.parametrize("titles", [["Ville", "CP"], ["colonne 1"], ["x"] * 30])
def test_a_list_that_names_nobody_is_refused_and_says_what_to_do(titles):
    with pytest.raises(InvalidRequestError, match="--column nom="):
        columns_of(titles, {})


@pytest.mark.parametrize("chosen", ["Tiers", "0", "3", "-1", "²", ""])
def test_a_column_that_is_not_there_is_refused(chosen):
    with pytest.raises(InvalidRequestError, match="Aucune colonne"):
        columns_of(["Nom", "Ville"], {Role.NAME: chosen})
