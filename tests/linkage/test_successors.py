from dataclasses import replace
from datetime import date

import duckdb
import pytest

from essor.linkage.successors import Basis, Place, successors, successors_of

CLOSED = Place(
    "99900000500011", "999000005", "Atelier des Prés", "3 rue du Port", "57650", is_active=False
)
SAME_ADDRESS = replace(CLOSED, siret="99900000500029", is_active=True, address="3, R. DU PORT")
SAME_COMMUNE = replace(SAME_ADDRESS, siret="99900000500037", address="8 quai Neuf")
HEAD_OFFICE = replace(SAME_COMMUNE, siret="99900000500045", commune="57463", is_head_office=True)
OTHER_SIREN = replace(
    SAME_ADDRESS, siret="99900000600019", siren="999000006", name="SARL ATELIER DES PRES",
    address="3 rue du port",
)  # fmt: skip


def test_successors_come_from_the_surest_to_the_least_sure():
    others = [
        HEAD_OFFICE,
        OTHER_SIREN,
        SAME_COMMUNE,
        replace(SAME_ADDRESS, address="3 rue du Port"),
    ]

    found = successors(CLOSED, others)

    assert [each.basis for each in found] == list(Basis)


def test_the_latest_created_comes_first_on_the_same_basis():
    old = replace(SAME_COMMUNE, siret="99900000500052", created_on=date(2001, 1, 1))
    new = replace(SAME_COMMUNE, siret="99900000500060", created_on=date(2020, 1, 1))

    assert [each.place for each in successors(CLOSED, [old, new])] == [new, old]


def test_another_name_at_the_same_address_is_no_successor():
    neighbour = replace(OTHER_SIREN, name="Boulangerie Martin")

    assert successors(CLOSED, [neighbour]) == ()


def test_the_same_name_elsewhere_in_the_commune_is_no_successor():
    homonym = replace(OTHER_SIREN, address="40 avenue de la Gare")

    assert successors(CLOSED, [homonym]) == ()


def test_a_closed_establishment_succeeds_to_nothing():
    assert successors(CLOSED, [replace(SAME_COMMUNE, is_active=False)]) == ()


def test_an_open_establishment_has_no_successor():
    assert successors(replace(CLOSED, is_active=True), [SAME_COMMUNE]) == ()


def test_two_unknown_addresses_are_not_the_same():
    nowhere = replace(CLOSED, address="")

    found = successors(nowhere, [replace(OTHER_SIREN, address="")])

    assert found == ()


@pytest.fixture
def release():
    """Return a release of a closed place, of its organisation elsewhere in town, and of a neighbour."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE organisations AS SELECT * FROM (VALUES "
        "('999000005', 'Atelier des Prés'), ('999000006', 'Boulangerie Martin')) AS o(siren, name)"
    )
    connection.execute(
        "CREATE TABLE establishments AS SELECT *, DATE '2020-01-01' AS created_on FROM (VALUES "
        "('99900000500011', '999000005', NULL::VARCHAR, '3 rue du Port', '57650', false, true), "
        "('99900000500029', '999000005', NULL, '8 quai Neuf', '57650', true, false), "
        "('99900000600019', '999000006', NULL, '3 rue du Port', '57650', true, true)"
        ") AS e(siret, siren, name, address, commune, is_active, is_head_office)"
    )
    return connection


def test_the_successor_is_read_from_a_release(release):
    found = successors_of(release, "99900000500011")

    assert [(each.place.siret, each.basis) for each in found] == [
        ("99900000500029", Basis.SAME_SIREN_AND_COMMUNE)
    ]


def test_an_establishment_that_is_not_in_the_release_has_no_successor(release):
    assert successors_of(release, "00000000000000") == ()
