"""One command measured as a whole process: seconds, peak memory, and what it printed."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What one run took: wall and processor seconds, peak resident memory, standard output."""

    wall_seconds: float
    cpu_seconds: float
    peak_gb: float
    output: str


def measured(command: Sequence[str], environment: dict[str, str] | None = None) -> Measure:
    """Run `command` to its end and return what it took.

    Raises:
        RuntimeError: it failed; its standard error is shown.
    """
    started = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, **(environment or {})}
    ) as process:
        output = process.stdout.read().decode() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{' '.join(command)} failed with status {process.returncode}"
        raise RuntimeError(message)
    return Measure(
        time.monotonic() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024 / 1e9,
        output,
    )


def first_output_seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return how long `command` takes to print its first character."""
    started = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, **environment}
    ) as process:
        if process.stdout:
            process.stdout.read(1)
        seconds = time.monotonic() - started
        process.communicate()
    return seconds


def python(*arguments: str, interpreter: str = sys.executable) -> list[str]:
    """Return the command that runs Python with `arguments`."""
    return [interpreter, *arguments]
