import pytest

from essor.linkage.answers import Answer, Asked, Known, answer
from essor.linkage.entries import Candidate, Entry, Outcome, Query
from essor.linkage.establishments import Establishment
from essor.linkage.sirets import Checked, Standing
from essor.linkage.successors import Basis, Place, Successor

SIREN, SIRET, CLOSED = "552100554", "55210055400021", "55210055400013"
ENTRY = Entry(SIREN, "Atelier des Prés", "3 rue du Port", "57650", "Fontoy")
OTHER = Entry("999000006", "Les Jardins", "", "57000", "Metz")
FOUND = (Candidate(SIREN, 0.97, ENTRY, ("Même nom.",)), Candidate("999000006", 0.01, OTHER, ()))
UNSURE = (Candidate("999000006", 0.4, OTHER, ()), Candidate(SIREN, 0.3, ENTRY, ()))
OPEN = Establishment(SIRET, SIREN, "Atelier des Prés", "Fontoy", is_active=True)
NAME = Query("atelier des pres")
HEIR = Place("55210055400047", SIREN, "Atelier des Prés", "9 quai Neuf", "57226", is_active=True)


def known(*checked, closed=(), successors=()):
    places = {SIREN: OPEN, SIRET: OPEN} | {each.siret: each for each in closed}
    told = {each.number: each for each in checked}
    return Known(told, places, {CLOSED: successors}, {ENTRY: SIRET})


def registered(number):
    return Checked(number, Standing.REGISTERED, (), "")


def test_a_name_alone_gives_its_siren_its_siret_and_its_reasons():
    found = answer(Asked(NAME), FOUND, known())

    assert (found.outcome, found.siren, found.siret) == (Outcome.ACCEPT, SIREN, SIRET)
    assert found.confidence == 0.97
    assert found.because.endswith("Même nom.")


def test_a_name_that_is_not_sure_gives_candidates_and_no_siren():
    found = answer(Asked(NAME), UNSURE, known())

    assert (found.outcome, found.siren) == (Outcome.ASK, "")
    assert [each.siren for each in found.choices] == ["999000006", SIREN]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_row_with_neither_name_nor_number_is_rejected(name):
    found = answer(Asked(Query(name, city="Metz")), (), known())

    assert found == Answer(Outcome.REJECT, "La ligne n’a ni nom ni numéro : complétez-la.")


@pytest.mark.parametrize("query", [NAME, Query("")])
@pytest.mark.parametrize("number", [SIREN, SIRET])
def test_a_registered_number_is_believed(number, query):
    found = answer(Asked(query, number), FOUND if query.name else (), known(registered(number)))

    assert (found.outcome, found.siren, found.siret) == (Outcome.ACCEPT, SIREN, SIRET)


def test_a_registered_number_that_the_name_belies_is_to_be_checked():
    found = answer(Asked(Query("Les Jardins"), SIRET), UNSURE[:1], known(registered(SIRET)))

    assert (found.outcome, found.siren) == (Outcome.ASK, "")
    assert [each.siren for each in found.choices] == [SIREN, "999000006"]
    assert "ne lui ressemble pas" in found.because


def closed_known(*successors):
    place = Establishment(CLOSED, SIREN, "Atelier des Prés", "Fontoy", is_active=False)
    return known(registered(CLOSED), closed=[place], successors=successors)


@pytest.mark.parametrize(
    "basis", [Basis.SAME_SIREN_AND_ADDRESS, Basis.SAME_SIREN_AND_COMMUNE, Basis.HEAD_OFFICE]
)
def test_a_closed_establishment_gives_its_successor_of_the_same_siren(basis):
    found = answer(Asked(Query(""), CLOSED), (), closed_known(Successor(HEIR, basis)))

    assert (found.outcome, found.siren, found.siret) == (Outcome.ACCEPT, SIREN, HEIR.siret)
    assert "est fermé" in found.because
    assert basis.value in found.because


def test_a_successor_of_another_siren_is_to_be_checked():
    heir = Successor(HEIR, Basis.SAME_NAME_AND_ADDRESS)

    found = answer(Asked(Query(""), CLOSED), (), closed_known(heir))

    assert (found.outcome, found.siren) == (Outcome.ASK, "")
    assert [each.siret for each in found.choices] == [HEIR.siret]


def test_a_closed_establishment_without_successor_is_to_be_checked():
    found = answer(Asked(Query(""), CLOSED), (), closed_known())

    assert found.outcome is Outcome.ASK
    assert "aucun successeur" in found.because


def wrong(*proposals):
    return Checked("55210055400026", Standing.WRONG, proposals, "Clé fausse.")


def test_a_wrong_number_is_put_right_when_one_near_it_bears_the_name():
    found = answer(Asked(NAME, "55210055400026"), FOUND, known(wrong(SIRET)))

    assert (found.outcome, found.siren, found.siret) == (Outcome.ACCEPT, SIREN, SIRET)
    assert "à une faute de frappe" in found.because


def test_a_wrong_siret_whose_siren_bears_the_name_gives_its_head_office():
    found = answer(Asked(NAME, "55210055400026"), FOUND, known(wrong(SIREN)))

    assert (found.outcome, found.siret) == (Outcome.ACCEPT, SIRET)
    assert "le SIREN qui l’ouvre" in found.because


def test_a_wrong_number_without_a_name_only_proposes():
    found = answer(Asked(Query(""), "55210055400026"), (), known(wrong(SIRET)))

    assert (found.outcome, found.siren) == (Outcome.ASK, "")
    assert [each.siret for each in found.choices] == [SIRET]


def test_a_wrong_number_that_resembles_none_leaves_the_name_to_decide():
    found = answer(Asked(NAME, "55210055400026"), FOUND, known(wrong()))

    assert (found.outcome, found.siren) == (Outcome.ACCEPT, SIREN)
    assert found.because.startswith("Clé fausse. D’après le nom")


def test_a_valid_number_of_nobody_known_casts_doubt_on_the_name():
    absent = Checked("732829320", Standing.UNREGISTERED, (), "Absent du registre.")

    found = answer(Asked(NAME, "732829320"), FOUND, known(absent))

    assert (found.outcome, found.siren) == (Outcome.ASK, "")
    assert found.choices[0].siren == SIREN


def test_a_number_of_nothing_and_no_name_is_rejected():
    found = answer(Asked(Query(""), "55210055400026"), (), known(wrong()))

    assert (found.outcome, found.choices) == (Outcome.REJECT, ())
