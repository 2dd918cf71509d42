"""What a person types gives one territory, or is told why it does not."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.territory.small_country import GRAND_PARIS, opened

from essor.errors import AmbiguousTerritoryError, InvalidRequestError, UnknownTerritoryError
from essor.territory.level import Level
from essor.territory.lookup import find, look_up, search
from essor.territory.territories import territories

COUNTRY = opened()


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
    [
        ("Montigny-les-Mets", "commune:57480"),
        ("Gand Est", "region:44"),
        ("Nontigny-lès-Metz", "commune:57480"),
        ("Grand Nanci", "epci:245400676"),
    ],
)
def test_a_misspelt_name_gives_the_only_one_it_resembles(country, text, selector):
    assert find(country, text).selector == selector


@pytest.mark.parametrize(("text", "nearest"), [("Thionvile (57)", "Thionville"), ("Mets", "Metz")])
def test_a_name_too_far_from_any_is_unknown_and_answered_with_the_nearest(country, text, nearest):
    with pytest.raises(UnknownTerritoryError, match=nearest):
        find(country, text)


LONG_NAMES = (
    ("montigny les metz", "commune:57480"),
    ("marcq en baroeul", "commune:94043"),
    ("terres touloises", "epci:200070563"),
    ("portes de france thionville", "epci:245701362"),
    ("meurthe et moselle", "departement:54"),
    ("seine saint denis", "departement:93"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(LONG_NAMES),
    st.sampled_from(("missing", "wrong", "added", "swapped")),
    st.integers(min_value=0, max_value=13),
    st.sampled_from("bcfkwxz"),
)
def test_one_typo_in_a_long_name_is_forgiven(long_name, typo, at, letter):
    name, selector = long_name
    head, tail = name[:at], name[at:]
    misspelt = {
        "missing": head + tail[1:],
        "wrong": head + letter + tail[1:],
        "added": head + letter + tail,
        "swapped": head + tail[1] + tail[0] + tail[2:],
    }[typo]

    assert find(COUNTRY, misspelt).selector == selector


def test_homonyms_at_one_level_are_listed_with_their_code_and_departement(country):
    with pytest.raises(AmbiguousTerritoryError) as raised:
        find(country, "commune:Saint-Denis")

    message = str(raised.value)
    assert "commune:97411 (Saint-Denis, commune, département 974)" in message
    assert "commune:93066 (Saint-Denis, commune, département 93)" in message
    assert "Précisez lequel, par exemple « commune:" in message


@pytest.mark.parametrize(
    ("text", "chosen", "others"),
    [
        ("Metz", "commune:57463", ["zone_emploi:4410"]),
        ("Paris", "commune:75056", ["departement:75", "zone_emploi:1109"]),
        ("La Réunion", "region:04", ["departement:974"]),
        ("Grand Nancy", "epci:245400676", []),
        ("Thionville", "commune:57672", ["zone_emploi:4413"]),
    ],
)
def test_of_the_levels_that_bear_a_name_the_first_is_chosen_and_the_others_said(
    country, text, chosen, others
):
    found = look_up(country, text)

    assert found.territory.selector == chosen
    assert [each.selector for each in found.others] == others
    assert all(f"`{other}`" in found.note for other in others)


def test_a_choice_between_homonyms_is_said(country):
    assert look_up(country, "Metz").note == (
        "Commune de Metz (57463). Le même nom désigne aussi : zone d’emploi `zone_emploi:4410`."
    )


def test_a_correction_is_said(country):
    assert look_up(country, "Montigny-les-Mets").note == (
        "Compris : commune de Montigny-lès-Metz (57480)."
    )


@pytest.mark.parametrize("text", ["57463", "commune:Metz", "Montigny les Metz", "departement:75"])
def test_nothing_is_said_of_a_text_that_left_no_choice(country, text):
    assert look_up(country, text).note == ""


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("Touloises", "epci:200070563"),
        ("Thionville France", "epci:245701362"),
        ("les portes de Thionville", "epci:245701362"),
        ("CA Thionville", "epci:245701362"),
        ("Terres Toul", "epci:200070563"),
        ("Lorraine", "territoire_industrie:ti-4408"),
    ],
)
def test_some_words_of_a_group_of_communes_name_it_and_it_is_said(country, text, selector):
    found = look_up(country, text)

    assert found.territory.selector == selector
    assert found.note.startswith("Compris : ")


def test_words_that_several_groups_of_communes_share_are_ambiguous(country):
    with pytest.raises(AmbiguousTerritoryError) as raised:
        find(country, "Grand")

    assert f"epci:{GRAND_PARIS}" in str(raised.value)
    assert "epci:245400676" in str(raised.value)


def test_words_never_name_a_group_of_communes_when_another_level_is_asked(country):
    with pytest.raises(UnknownTerritoryError):
        find(country, "departement:Touloises")


def test_the_level_asked_decides_between_homonyms(country):
    assert find(country, "Paris", Level.DEPARTEMENT).selector == "departement:75"
    assert find(country, "Saint-Denis", Level.TERRITOIRE_INDUSTRIE).code == "ti-0401"


def test_a_code_shared_by_a_region_and_a_departement_is_ambiguous(country):
    country.execute("BEGIN")
    country.execute("UPDATE territories SET code = '54' WHERE level = 'region' AND code = '44'")

    with pytest.raises(AmbiguousTerritoryError, match=r"region:54.*departement:54"):
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


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("Metz", "commune:57463"),
        ("Paris", "commune:75056"),
        ("Le Havre", "commune:76351"),
        ("Bretagne", "region:53"),
        ("La Réunion", "region:04"),
        ("Vaucluse", "departement:84"),
        ("Roannais", "epci:200035731"),
        ("Roannais Agglomération", "epci:200035731"),
        ("Grand Chalon", "epci:247100589"),
        ("Ouest Rhodanien", "epci:200040566"),
        ("Thionvile", "commune:57672"),
        ("Sarcelle", "commune:95585"),
        ("Ile-de-Frnce", "region:11"),
    ],
)
def test_what_people_call_a_real_territory_finds_it(real_country, text, selector):
    assert find(real_country, text).selector == selector


def test_roannais_is_no_misspelling_of_a_village_and_its_rival_is_named(real_country):
    assert look_up(real_country, "Roannais").note == (
        "Compris : intercommunalité CA Roannais Agglomération (200035731). Pourrait désigner "
        "aussi : Territoire d’industrie Roannais Forez `territoire_industrie:ti-8417`."
    )


def test_the_communes_of_a_contracted_name_are_said_in_french(real_country):
    assert look_up(real_country, "Le Havre").note.startswith("Commune du Havre (76351).")
    assert look_up(real_country, "Évreux").note.startswith("Commune d’Évreux (27229).")


@pytest.mark.parametrize("text", ["84", "Saint-Denis", "CC des Quatre Rivières"])
def test_a_real_text_that_no_order_can_settle_is_ambiguous(real_country, text):
    with pytest.raises(AmbiguousTerritoryError):
        find(real_country, text)


def test_an_exact_name_never_waits_for_the_library_of_misspellings(monkeypatch, country):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)

    assert find(country, "Metz Métropole").selector == "epci:200039865"
