from tests.search.small_register import METZ, register

from essor.search.documents import establishments, organisations


def test_an_organisation_is_placed_at_its_head_office_with_its_statuses():
    found = {document.siren: document for document in organisations(register())}

    assert (found["999000032"].lon, found["999000032"].lat) == (6.18, 49.12)
    assert found["999000065"].statuses == ("aci", "esus")
    assert found["999000032"].place == "Metz Moselle 57"


def test_documents_come_in_the_order_of_their_identifiers():
    found = [document.id for document in organisations(register())]

    assert found == sorted(found)


def test_a_status_of_another_establishment_is_not_lent():
    second = {
        "siren": "999000032",
        "siret": "99900003200029",
        "name": "Annexe",
        "is_active": True,
        **METZ,
    }
    found = list(establishments(register(establishments=[second])))

    assert [document.statuses for document in found] == [()]
    assert found[0].name == "LES ATELIERS DU VAL – Annexe"


def test_an_establishment_named_as_its_unit_is_named_once():
    same = {"siren": "999000032", "siret": "99900003200029", "name": "Ateliers du val", **METZ}

    found = list(establishments(register(establishments=[same])))

    assert found[0].name == "LES ATELIERS DU VAL"
