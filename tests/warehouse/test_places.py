from tests.warehouse.frames import frame, framed, row_of, rows_of

from essor.tables.geography import COMMUNES, FORMER_COMMUNES
from essor.warehouse.places import place_lookup, with_place

LILLE = {"code": "59350", "name": "Lille", "epci": "200093201", "departement": "59", "region": "32"}
AJACCIO = {"code": "2A004", "name": "Ajaccio", "departement": "2A", "region": "94"}
LOMME = {"code": "59355", "name": "Lomme", "current": "59350"}


def lookup(*former):
    return place_lookup(framed(COMMUNES, LILLE, AJACCIO), framed(FORMER_COMMUNES, *former))


def placed(code):
    table = frame({"id": "string", "commune": "string"}, {"id": "x", "commune": code})
    return row_of(with_place(table, lookup(LOMME)))


def test_a_current_code_is_its_own():
    row = placed("2A004")

    assert (row["commune"], row["departement"], row["region"]) == ("2A004", "2A", "94")


def test_a_former_code_takes_the_place_of_the_commune_that_replaces_it():
    row = placed("59355")

    assert (row["commune"], row["epci"]) == ("59350", "200093201")


def test_an_unknown_code_keeps_the_row_without_a_place():
    row = placed("99999")

    assert (row["id"], row["commune"], row["departement"]) == ("x", None, None)


def test_no_code_keeps_the_row_without_a_place():
    assert placed(None)["commune"] is None


def test_the_code_as_published_stays_beside():
    assert placed("59355")["published_commune"] == "59355"


def test_a_code_that_is_both_current_and_former_is_current():
    again = {"code": "2A004", "name": "Ajaccio", "current": "59350"}

    found = [row for row in rows_of(lookup(again)) if row["published_commune"] == "2A004"]

    assert [row["commune"] for row in found] == ["2A004"]


def test_a_former_code_listed_twice_is_found_once():
    found = [row for row in rows_of(lookup(LOMME, LOMME)) if row["published_commune"] == "59355"]

    assert len(found) == 1


def test_a_former_code_of_a_commune_that_is_not_there_is_unknown():
    lost = {"code": "01001", "name": "Ailleurs", "current": "01999"}

    assert "01001" not in {row["published_commune"] for row in rows_of(lookup(lost))}
