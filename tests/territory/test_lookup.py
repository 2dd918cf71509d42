"""What a person types gives one territory, or is told why it does not."""

import pytest

from essor.errors import AmbiguousTerritoryError, InvalidRequestError, UnknownTerritoryError
from essor.territory.level import Level
from essor.territory.lookup import find, search
from essor.territory.territories import territories


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("57463", "commune:57463"),
        (" 57463 ", "commune:57463"),
        ("ti-4408", "territoire_industrie:ti-4408"),
        ("TI-4408", "territoire_industrie:ti-4408"),
        ("200039865", "epci:200039865"),
        ("0401", "zone_emploi:0401"),
        ("57", "departement:57"),
        ("FR", "france:FR"),
        ("france", "france:FR"),
        ("Metz Métropole", "epci:200039865"),
        ("metz metropole", "epci:200039865"),
        ("grand est", "region:44"),
        ("la Moselle", "departement:57"),
        ("Terres Touloises", "epci:200070563"),
        ("Portes de France Thionville", "epci:245701362"),
        ("communauté d’agglomération CINOR", "epci:249740119"),
        ("Montigny les Metz", "commune:57480"),
        ("Marcq en Baroeul", "commune:94043"),
        ("Ste Marie", "commune:97418"),
        ("Saint-Denis (93)", "commune:93066"),
        ("st denis (974)", "commune:97411"),
        ("commune:Metz", "commune:57463"),
        ("zone d’emploi : Metz", "zone_emploi:4410"),
        ("ze:Paris", "zone_emploi:1109"),
        ("département:La Réunion", "departement:974"),
        ("region:44", "region:44"),
        ("paris 12e arrondissement", "commune:75112"),
    ],
)
def test_a_territory_is_found_by_code_name_or_level_and_either(country, text, selector):
    assert find(country, text).selector == selector


def test_every_territory_is_found_by_its_selector(country):
    every = territories(country, "true")

    found = tuple(find(country, each.selector) for each in every)

    assert found == every


@pytest.mark.parametrize("text", ["57998", "57999", "Borny", "vallieres les metz"])
def test_a_former_commune_gives_the_one_that_replaces_it(country, text):
    assert find(country, text).selector == "commune:57463"


@pytest.mark.parametrize(
    ("text", "selector"),
    [("Thionvile (57)", None), ("Montigny-les-Mets", "commune:57480"), ("Gand Est", "region:44")],
)
def test_a_misspelt_name_gives_the_only_one_it_resembles(country, text, selector):
    if selector is None:
        with pytest.raises(UnknownTerritoryError, match="Thionville"):
            find(country, text)
    else:
        assert find(country, text).selector == selector


def test_homonyms_at_one_level_are_listed_with_their_code_and_departement(country):
    with pytest.raises(AmbiguousTerritoryError) as raised:
        find(country, "commune:Saint-Denis")

    message = str(raised.value)
    assert "commune:97411 (Saint-Denis, commune, département 974)" in message
    assert "commune:93066 (Saint-Denis, commune, département 93)" in message
    assert "Précisez lequel, par exemple « commune:" in message


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Paris", ["commune:75056", "departement:75", "zone_emploi:1109"]),
        ("Metz", ["commune:57463", "zone_emploi:4410"]),
        ("La Réunion", ["region:04", "departement:974"]),
        ("Nanci", ["commune:54395", "zone_emploi:4411"]),
    ],
)
def test_a_name_borne_at_several_levels_is_never_chosen_silently(country, text, choices):
    with pytest.raises(AmbiguousTerritoryError) as raised:
        find(country, text)

    assert all(choice in str(raised.value) for choice in choices)


def test_the_level_asked_decides_between_homonyms(country):
    assert find(country, "Paris", Level.DEPARTEMENT).selector == "departement:75"
    assert find(country, "Saint-Denis", Level.TERRITOIRE_INDUSTRIE).code == "ti-0401"


def test_a_code_shared_by_a_region_and_a_departement_is_ambiguous(country):
    country.execute("BEGIN")
    country.execute("UPDATE territories SET code = '54' WHERE level = 'region' AND code = '44'")

    with pytest.raises(AmbiguousTerritoryError, match=r"departement:54.*region:54"):
        find(country, "54")

    country.execute("ROLLBACK")


def test_an_unknown_name_is_answered_with_the_three_nearest(country):
    with pytest.raises(UnknownTerritoryError) as raised:
        find(country, "Thionbourg-sur-Moselle")

    assert str(raised.value).count("(") == 3
    assert "Vérifiez l’orthographe" in str(raised.value)


@pytest.mark.parametrize(
    "text", ["", "   ", "99999999999", "'; DROP TABLE communes; --", "%", "(93)"]
)
def test_nonsense_is_unknown_and_harmless(country, text):
    with pytest.raises(UnknownTerritoryError):
        find(country, text)


def test_a_prefix_that_is_no_level_is_refused_with_the_levels(country):
    with pytest.raises(InvalidRequestError, match="territoire_industrie"):
        find(country, "canton:Metz")


def test_a_prefix_that_contradicts_the_level_asked_is_refused(country):
    with pytest.raises(InvalidRequestError, match="la commune"):
        find(country, "commune:Metz", Level.EPCI)


def test_search_puts_whole_names_first_then_beginnings_then_the_most_populous(country):
    found = [each.selector for each in search(country, "metz", limit=4)]

    assert found == ["zone_emploi:4410", "commune:57463", "epci:200039865", "commune:57480"]


def test_search_forgives_a_misspelling(country):
    assert "commune:57672" in [each.selector for each in search(country, "thionvile", limit=3)]


def test_search_gives_no_more_than_asked_and_never_twice_the_same(country):
    found = search(country, "s", limit=5)

    assert len(found) == len(set(found)) <= 5
    assert search(country, " - ") == ()
