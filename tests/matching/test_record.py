"""An answer is recorded once and for all, and can be given again."""

import json
from dataclasses import replace

import pytest
from tests.matching.made_up import DAY, METZ, activity, need, status, supplier, tonnes, within

from essor.errors import InvalidRequestError
from essor.matching.match import match
from essor.matching.record import compared, numbers, read, refuse_other_criteria, write
from essor.matching.reservation import Reserved

NEED = need(place=METZ, radius_km=50.0, quantity=tonnes(600), reserved_under=Reserved.HANDICAP)
POOL = [
    supplier(number, METZ, activity(reach=within(number)), statuses=(status("esat"),))
    for number in range(1, 9)
]


def test_a_record_is_read_back_as_it_was_written(essor_home):
    written = write(essor_home, NEED, match(NEED, POOL, DAY, 4), 4, DAY)

    assert read(essor_home, written.number) == written
    assert written.need == NEED
    assert len(written.ranking) == 8


def test_a_replay_is_equal(essor_home):
    record = write(essor_home, NEED, match(NEED, POOL, DAY, 4), 4, DAY)
    back = read(essor_home, record.number)

    again = compared(back, match(back.need, reversed(POOL), back.day, back.release))

    assert again.is_same
    assert again.differences == ()


def test_a_replay_that_differs_says_at_which_rank(essor_home):
    matches = match(NEED, POOL, DAY, 4)
    record = write(essor_home, NEED, matches, 4, DAY)
    first = matches[0].supplier

    again = compared(record, match(NEED, [each for each in POOL if each != first], DAY, 4))

    assert not again.is_same
    assert again.differences[0] == (1, first.siret, matches[1].supplier.siret)
    assert again.differences[-1][2] == ""


def test_answers_are_numbered_and_never_replaced(essor_home):
    found = [write(essor_home, NEED, (), 4, DAY).number for _ in range(3)]

    assert found == [1, 2, 3]
    assert numbers(essor_home) == (1, 2, 3)


def test_an_answer_that_does_not_exist_is_an_error_that_says_the_last(essor_home):
    write(essor_home, NEED, (), 4, DAY)

    with pytest.raises(InvalidRequestError, match="la dernière est la 1"):
        read(essor_home, 9)


@pytest.mark.parametrize("text", ["", "{}", '{"number": 1}', "\x00"])
def test_a_file_that_is_no_record_is_refused(essor_home, text):
    record = write(essor_home, NEED, (), 4, DAY)
    (essor_home.root / "answers" / "0001.json").write_text(text)

    with pytest.raises(InvalidRequestError, match="n’est plus une réponse"):
        read(essor_home, record.number)


def test_other_criteria_cannot_replay(essor_home):
    record = write(essor_home, NEED, (), 4, DAY)

    refuse_other_criteria(record)
    with pytest.raises(InvalidRequestError, match="critères 1999"):
        refuse_other_criteria(replace(record, criteria_version="1999"))


def test_a_record_is_plain_json(essor_home):
    write(essor_home, NEED, match(NEED, POOL, DAY, 4), 4, DAY)

    read_by_others = json.loads((essor_home.root / "answers" / "0001.json").read_text("utf-8"))

    assert read_by_others["need"]["place"]["name"] == "Metz"
    assert read_by_others["release"] == 4
