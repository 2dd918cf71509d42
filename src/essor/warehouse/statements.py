"""Statements: run one after another in a thread of their own, while the next are being written.

Ibis takes as long to write a query as DuckDB to run a small one: the two go side by side.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, TypeVar

Result = TypeVar("Result")


class Statements:
    """Statements under way, in the order they were given; the first that fails is the last that runs."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="essor-statements")
        self._given: list[Future[Any]] = []
        self._failure: BaseException | None = None

    def __enter__(self) -> "Statements":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def run(self, statement: Callable[[], Result]) -> Future[Result]:
        """Run `statement` once those given before have run; return what will hold its result."""
        given = self._thread.submit(self._run, statement)
        self._given.append(given)
        return given

    def wait(self) -> None:
        """Return once every statement has run.

        Raises:
            Exception: what the first statement that failed raised.
        """
        given, self._given[:] = list(self._given), []
        for one in given:
            one.result()

    def _run(self, statement: Callable[[], Result]) -> Result:
        if self._failure is not None:
            raise self._failure
        try:
            return statement()
        except BaseException as failure:
            self._failure = failure
            raise
