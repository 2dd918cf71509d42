"""Insisting, ever slower, and not for ever."""

from datetime import UTC, datetime

import pytest

from essor.errors import DownloadError
from essor.warehouse.patience import Patience, Setback, asked_wait_s, persist

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_each_wait_doubles_up_to_the_longest():
    patience = Patience(first_wait_s=1, longest_wait_s=5, jitter=lambda: 0.0)

    waits = [patience.wait_s(attempt) for attempt in (1, 2, 3, 4)]

    assert waits == [1, 2, 4, 5]


def test_jitter_takes_at_most_half_of_the_wait():
    patience = Patience(first_wait_s=8, jitter=lambda: 1.0)

    wait_s = patience.wait_s(1)

    assert wait_s == 4


def test_a_setback_is_tried_again_after_a_wait():
    waits: list[float] = []
    setbacks = [Setback("occupé"), Setback("occupé")]

    def action() -> str:
        if setbacks:
            raise setbacks.pop()
        return "voilà"

    found = persist(action, Patience(sleep=waits.append, jitter=lambda: 0.0))

    assert found == "voilà"
    assert waits == [1.0, 2.0]


def test_too_long_a_wait_is_told_and_not_waited_for():
    waits: list[float] = []

    def action() -> None:
        raise Setback("Le serveur est occupé", 3600)

    with pytest.raises(DownloadError, match="attendre 60 minutes"):
        persist(action, Patience(sleep=waits.append))

    assert waits == []


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("120", 120.0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("bientôt", None),
        ("", None),
        (None, None),
    ],
)
def test_a_server_asks_for_a_wait_in_seconds_or_until_a_date(header, wait_s):
    found = asked_wait_s(header, NOW)

    assert found == wait_s
