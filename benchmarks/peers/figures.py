"""What a comparison says: figures of Essor and of a peer side by side, or why a peer is missing."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_HEADINGS = ("what", "Essor", "peer", "ratio", "target")
_PER_CENT = 100


class PeerMissingError(Exception):
    """A peer that cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of both. `is_cost`: the lower the better (a time), else the higher (a quality).

    `target` is the least ratio that is aimed at, when there is one.
    """

    what: str
    essor: float
    peer: float
    peer_name: str
    unit: str = "ms"
    is_cost: bool = True
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return how many times better Essor is: above 1 it wins; None when that cannot be said."""
        better, worse = (self.peer, self.essor) if self.is_cost else (self.essor, self.peer)
        return better / worse if worse > 0 else None


@dataclass(frozen=True, slots=True)
class Missing:
    """A peer that was not run, and why."""

    peer_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What must be known to read the figures: a size, a version, an agreement."""

    text: str


Told = Figure | Missing | Note


def table(told: Iterable[Told]) -> str:
    """Return the figures as aligned lines « what | Essor | peer | ratio | target », notes as they come."""
    said = tuple(told)
    lines = [_HEADINGS, *(_cells(each) for each in said if not isinstance(each, Note))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    written = iter([_aligned(line, widths) for line in lines])
    heading = [next(written)]
    heading.append("-+-".join("-" * width for width in widths))
    body = [f"# {each.text}" if isinstance(each, Note) else next(written) for each in said]
    return "\n".join([*heading, *body])


def as_json(told: Iterable[Told]) -> str:
    """Return one JSON object a line, its `kind` first."""
    return "\n".join(
        json.dumps(
            {"kind": type(each).__name__.lower(), **asdict(each), **_ratio(each)},
            ensure_ascii=False,
        )
        for each in told
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value under which lies that share of the values; they need no order."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def machine() -> Note:
    """Return what runs: processor, cores there and allowed, memory, Python."""
    memory = _first("/proc/meminfo", "MemTotal").removesuffix("kB").strip()
    size = f"{int(memory) / 1e6:.0f} GB, " if memory.isdigit() else ""
    cores = sum(line.startswith("processor") for line in _lines("/proc/cpuinfo"))
    processor = _first("/proc/cpuinfo", "model name") or platform.machine()
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    return Note(
        f"machine: {processor}, {cores} cores of which {allowed} allowed, {size}"
        f"Python {platform.python_version()}"
    )


def _cells(told: Figure | Missing) -> tuple[str, ...]:
    if isinstance(told, Missing):
        return (f"{told.peer_name}: missing, {told.reason}", "", "", "", "")
    return (
        f"{told.what}, {told.peer_name}",
        _number(told.essor, told.unit),
        _number(told.peer, told.unit),
        "?" if told.ratio is None else f"{told.ratio:.2f} ×",
        _verdict(told),
    )


def _verdict(told: Figure) -> str:
    if told.target is None or told.ratio is None:
        return ""
    return f"≥ {told.target:g} ×: {'met' if told.ratio >= told.target else 'missed'}"


def _number(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value * _PER_CENT:.1f} %"
    return f"{value:.3f}" if not unit else f"{value:.1f} {unit}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _ratio(told: Told) -> dict[str, float | None]:
    return {"ratio": told.ratio} if isinstance(told, Figure) else {}


def _first(path: str, field: str) -> str:
    found = (line.partition(":")[2].strip() for line in _lines(path) if line.startswith(field))
    return next(found, "")


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
