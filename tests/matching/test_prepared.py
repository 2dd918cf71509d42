"""All the threads of a service read one pool, prepared once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from tests.matching.made_up import DAY, LYON, METZ, MOSELLE, need
from tests.matching.register import registered

from essor.matching import keeping, prepared
from essor.matching.answer import answer
from essor.matching.naming import trades_said
from essor.matching.prepared import pool_of, prepare

NEEDS = [
    need(text=str(number), **where)
    for number in range(6)
    for where in ({"place": METZ}, {"place": LYON, "radius_km": 10.0}, {"zones": (MOSELLE,)})
]


def answered(connection, wanted):
    with connection.cursor() as cursor:
        return answer(cursor, wanted, DAY, 1, trades_said)


def test_threads_that_answer_at_once_give_the_answers_of_one(monkeypatch):
    written = []
    keep = keeping.keep
    together = Barrier(4)

    def counted(connection, folder):
        written.append(folder)
        keep(connection, folder)

    monkeypatch.setattr(keeping, "keep", counted)

    def first_then_all(connection, rank):
        together.wait()
        return [answered(connection, wanted) for wanted in NEEDS[rank:] + NEEDS[:rank]]

    with registered() as connection, ThreadPoolExecutor(4) as threads:
        running = [threads.submit(first_then_all, connection, rank) for rank in range(4)]
        at_once = [each.result() for each in running]
    times = len(written)
    with registered() as connection:
        alone = [answered(connection, wanted) for wanted in NEEDS]

    for rank, found in enumerate(at_once):
        assert found == alone[rank:] + alone[:rank]
    assert times == 1


def test_cursors_share_the_pool_of_their_connection_and_of_no_other():
    with registered() as one, registered() as other:
        prepare(one)

        assert pool_of(one.cursor()) is pool_of(one)
        assert pool_of(other) is not pool_of(one)


def test_pools_are_let_go_of_and_prepared_again(monkeypatch):
    monkeypatch.setattr(prepared, "_MOST_OPEN", 1)
    with registered() as one, registered() as other:
        before = pool_of(one)
        pool_of(other)

        again = pool_of(one)

    assert again is not before
    assert again.cards[0] == before.cards[0]


@pytest.mark.parametrize("number", [1, 2])
def test_preparing_twice_changes_nothing(number):
    with registered() as connection:
        for _ in range(number):
            prepare(connection)

        assert len(pool_of(connection)) == 6
