"""How long to insist with a server that is busy or cuts the line: a few times, ever slower."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from essor.errors import DownloadError

T = TypeVar("T")


class Setback(Exception):  # noqa: N818 - not an error yet: the next attempt may succeed
    """An attempt that failed and may be made again; its text says why, in French."""

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts, and how the wait between them grows.

    `jitter` returns a number between 0 and 1, so that many clients do not come back together.
    """

    attempts: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    longest_asked_s: float = 300.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def wait_s(self, attempt: int) -> float:
        """Return the wait after that attempt (1 is the first): doubling, less up to a half."""
        longest = min(self.longest_wait_s, self.first_wait_s * 2.0 ** (attempt - 1))
        return longest * (1 - self.jitter() / 2)


def persist(action: Callable[[], T], patience: Patience) -> T:
    """Return what `action` returns, tried again after each `Setback`.

    Raises:
        DownloadError: the last attempt failed too, or the server asks for too long a wait.
    """
    attempt = 1
    while True:
        try:
            return action()
        except Setback as setback:
            wait_s = patience.wait_s(attempt) if setback.wait_s is None else setback.wait_s
            if attempt >= patience.attempts:
                tries = f"{attempt} essai{'s' if attempt > 1 else ''}"
                raise DownloadError(f"{setback}, après {tries} : réessayez plus tard.") from setback
            if wait_s > patience.longest_asked_s:
                raise DownloadError(
                    f"{setback}, et demande d’attendre {wait_s / 60:.0f} minutes : "
                    "réessayez plus tard."
                ) from setback
        patience.sleep(wait_s)
        attempt += 1


def asked_wait_s(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, given as seconds or as a date.

    Source: RFC 9110, 10.2.3, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())
