from functools import partial
from threading import Event, Timer

import pytest

from essor.warehouse.statements import Statements


def refuse():
    raise OSError("disk full")


def test_statements_run_in_the_order_they_were_given():
    ran: list[object] = []

    with Statements() as statements:
        for rank in range(50):
            statements.run(partial(ran.append, rank))
        statements.wait()

    assert ran == list(range(50))


def test_what_the_first_that_failed_raised_is_raised_and_nothing_runs_after_it():
    ran: list[object] = []

    with Statements() as statements:
        statements.run(refuse)
        statements.run(lambda: ran.append("after"))
        with pytest.raises(OSError, match="disk full"):
            statements.wait()

    assert ran == []


def test_waiting_twice_is_waiting_once():
    with Statements() as statements:
        statements.run(lambda: None)
        statements.wait()
        statements.wait()


def leave_while_the_first_runs(ran):
    has_begun, may_end = Event(), Event()
    with Statements() as statements:
        statements.run(has_begun.set)
        statements.run(lambda: may_end.wait(10))
        statements.run(lambda: ran.append("second"))
        has_begun.wait(10)
        Timer(0.2, may_end.set).start()
        raise KeyboardInterrupt


def test_leaving_early_leaves_what_was_not_begun():
    ran: list[object] = []

    with pytest.raises(KeyboardInterrupt):
        leave_while_the_first_runs(ran)

    assert ran == []
