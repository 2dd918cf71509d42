import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.linkage.confidence import decide
from essor.linkage.entries import Entry, Outcome, Query
from essor.linkage.register import Register

ROWS = (
    Entry("215700001", "Commune de Metz", "1 place d’Armes", "57000", "Metz"),
    Entry("265700002", "CCAS de Metz", "22 rue du Plan d’eau", "57000", "Metz"),
    Entry("245700003", "CC du Pays de Bitche", "4 rue de la Paix", "57230", "Bitche"),
    Entry("245700004", "Syndicat des eaux de Basse Vigneulles", "9 rue de l’Eau", "57380", "Faulquemont"),
    Entry("999000005", "Atelier des Trois Frontières", "3 rue du Port", "57480", "Sierck-les-Bains"),
    Entry("999000006", "Les Jardins de Lorraine", "7 chemin des Prés", "57000", "Metz"),
    Entry("999000007", "Régie de quartier Borny", "5 boulevard d’Alsace", "57070", "Metz"),
    Entry("283500008", "SDIS d’Ille-et-Vilaine", "2 rue du Moulin", "35700", "Rennes"),
    Entry("281400009", "Service départemental incendie et secours", "25 bd Juin", "14000", "Caen"),
    Entry("999000010", "Comité des fêtes", "", "", "Dole"),
    Entry("999000011", "Comité des fêtes", "", "", "Arbois"),
)  # fmt: skip
REGISTER = Register.from_rows(ROWS)
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéè ’-", min_size=1, max_size=30)


def first(query, register=REGISTER):
    found = register.link([query])[0]
    return found[0].siren if found else None


def every(register):
    return register.entries(range(len(register)))


@pytest.mark.parametrize(
    ("query", "siren"),
    [
        (Query("VILLE DE METZ"), "215700001"),
        (Query("Metz", city="METZ CEDEX 1"), "215700001"),
        (Query("centre communal d'action sociale", city="Metz"), "265700002"),
        (Query("Communauté de communes du pays de Bitche"), "245700003"),
        (Query("SEBV"), "245700004"),
        (Query("atelier 3 frontieres sierck"), "999000005"),
        (Query("Ateliers des Trois Frontiéres"), "999000005"),
        (Query("Les Jardinz de Loraine"), "999000006"),
        (Query("Service d'incendie et de secours", city="Rennes"), "283500008"),
        (Query("Comité des fêtes", city="Arbois"), "999000011"),
        (Query("Association de la rue du Port", "3 rue du port", "57480", "Sierck"), "999000005"),
    ],
)
def test_an_organisation_is_found_however_it_is_typed(query, siren):
    assert first(query) == siren


def test_each_entry_typed_as_it_stands_is_accepted():
    queries = [Query(row.name, row.address, row.postcode, row.city) for row in ROWS]

    decisions = [decide(found) for found in REGISTER.link(queries)]

    assert [each.siren for each in decisions] == [row.siren for row in ROWS]


def test_a_name_that_two_organisations_bear_is_not_decided():
    decision = decide(REGISTER.link([Query("Comité des fêtes")])[0])

    assert (decision.outcome, decision.siren) == (Outcome.ASK, None)


def test_a_name_that_resembles_nothing_is_rejected():
    decision = decide(REGISTER.link([Query("Zwyxtra Plouc")])[0])

    assert decision.outcome is Outcome.REJECT


def test_a_siren_is_answered_once_by_the_entry_that_looks_most_like_the_query():
    former = Entry("999000005", "Les Trois Mousquetaires", "3 rue du Port", "57480", "Sierck")
    register = Register.from_rows((*ROWS, former))

    found = register.link([Query("trois mousquetaires")])[0]

    assert [each.siren for each in found].count("999000005") == 1
    assert found[0].entry == former


def test_candidates_come_best_first_and_share_one_certainty():
    found = REGISTER.link([Query("Metz", city="Metz")])[0]

    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert scores[0] + scores[1] <= 1


def test_the_limit_is_kept():
    found = REGISTER.link([Query("Metz", city="Metz")], limit=2)[0]

    assert len(found) == 2


def test_the_reasons_say_what_agrees_and_what_does_not():
    found = REGISTER.link([Query("Commune de Metz", city="Nancy", postcode="54000")])[0]

    assert found[0].reasons[0] == "Même nom."
    assert "Autre ville." in found[0].reasons
    assert "Même ville." not in found[0].reasons


def test_the_order_and_the_repeats_of_the_entries_change_no_answer():
    queries = [Query(row.name, city=row.city) for row in ROWS] + [Query("Comité des fêtes")]

    shuffled = Register.from_rows((*ROWS[::-1], *ROWS[:3]))

    assert shuffled.link(queries) == REGISTER.link(queries)


def test_a_batch_answers_as_its_queries_alone():
    queries = [Query(row.name[:12], city=row.city) for row in ROWS]

    alone = [REGISTER.link([query])[0] for query in queries]

    assert REGISTER.link(queries) == alone


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS)
def test_another_entry_never_changes_who_is_exactly_as_typed(name, city):
    register = Register.from_rows((*ROWS, Entry("999999001", name, "", "", city)))

    found = [
        first(Query(row.name, row.address, row.postcode, row.city), register) for row in ROWS[:9]
    ]

    assert found == [row.siren for row in ROWS[:9]]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=12), st.text(max_size=60))
def test_any_text_is_answered_with_probabilities(name, address, postcode, city):
    found = REGISTER.link([Query(name, address, postcode, city)])[0]

    assert all(0 <= each.score <= 1 for each in found)
    assert decide(found).outcome in Outcome


@pytest.mark.parametrize(
    "name",
    ["", " ", "🦊🦊", "12345", "<b></b>", "%_'\"; DROP TABLE", "a", "()", "\x00", "de la du"],
)
def test_a_name_that_says_nothing_is_never_accepted(name):
    decision = decide(REGISTER.link([Query(name)])[0])

    assert decision.siren is None


def test_an_endless_name_is_read_by_its_beginning():
    found = REGISTER.link([Query("Les Jardins de Lorraine " + "blabla " * 7000)])[0]

    assert found[0].siren == "999000006"


def test_html_is_not_part_of_a_name():
    assert first(Query("<p>Les <b>Jardins</b> de&nbsp;Lorraine</p>")) == "999000006"


def test_an_empty_register_answers_nothing():
    assert Register.from_rows(()).link([Query("Metz")]) == [()]


def test_no_query_has_no_answer():
    assert REGISTER.link([]) == []


def test_the_register_of_a_release_knows_names_acronyms_and_open_sites():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE organisations AS SELECT '999000005' AS siren, 'Atelier des Prés' AS name, "
        "'ADPX' AS acronym, '99900000500011' AS head_office"
    )
    connection.execute(
        "CREATE TABLE establishments AS SELECT * FROM (VALUES "
        "('99900000500011', '999000005', NULL, '3 rue du Port', '57650', 'Fontoy', true), "
        "('99900000500029', '999000005', 'La Ressourcerie', NULL, '57000', 'Metz', true), "
        "('99900000500037', '999000005', 'Le Vieux Comptoir', NULL, '57100', 'Thionville', false)"
        ") AS e(siret, siren, name, address, postcode, city, is_active)"
    )
    connection.execute(
        "CREATE TABLE statuses AS SELECT '999000005' AS siren, NULL::VARCHAR AS siret, "
        "'ESAT DES PRES' AS name"
    )

    register = Register.from_release(connection)

    assert [entry.name for entry in every(register) if entry.city != "Metz"] == [
        "ADPX",
        "Atelier des Prés",
        "ESAT DES PRES",
    ]
    assert first(Query("ressourcerie", city="Metz"), register) == "999000005"
    assert {entry.name for entry in every(register) if entry.city == "Metz"} == {
        "Atelier des Prés",
        "La Ressourcerie",
    }


def test_a_status_without_a_siret_gives_its_name_to_the_organisation():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE organisations(siren VARCHAR, name VARCHAR, acronym VARCHAR, head_office VARCHAR)"
    )
    connection.execute(
        "CREATE TABLE establishments(siret VARCHAR, siren VARCHAR, name VARCHAR, address VARCHAR, "
        "postcode VARCHAR, city VARCHAR, is_active BOOLEAN)"
    )
    connection.execute(
        "CREATE TABLE statuses AS SELECT '999000005' AS siren, NULL::VARCHAR AS siret, 'A' AS name"
    )

    assert every(Register.from_release(connection)) == [Entry("999000005", "A")]


def test_a_body_is_not_taken_for_the_commune_whose_town_it_names():
    nearby = Entry("180000012", "CNRS Délégation Est", "1 rue des Arts", "54000", "Nancy")
    register = Register.from_rows((*ROWS, nearby))

    assert first(Query("Centre national de la recherche scientifique", city="Metz"), register) == (
        "180000012"
    )
