"""Statements: run one after another in a thread of their own, while the next are being written.

Ibis takes as long to write a query as DuckDB to run a small one: the two go side by side.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType


class Statements:
    """Statements under way, in the order they were given; the first that fails is the last that runs."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="essor-statements")
        self._given: list[Future[None]] = []
        self._has_failed = False

    def __enter__(self) -> "Statements":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def run(self, statement: Callable[[], object]) -> None:
        """Run `statement` once those given before have run."""
        self._given.append(self._thread.submit(self._run, statement))

    def wait(self) -> None:
        """Return once every statement has run.

        Raises:
            Exception: what the first statement that failed raised.
        """
        given, self._given[:] = list(self._given), []
        for one in given:
            one.result()

    def _run(self, statement: Callable[[], object]) -> None:
        if self._has_failed:
            return
        try:
            statement()
        except BaseException:
            self._has_failed = True
            raise
