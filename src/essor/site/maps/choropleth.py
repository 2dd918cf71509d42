"""A choropleth: territories compared on a measure, in classes, as its map, legend and table all say it."""

from dataclasses import dataclass

from essor.observatory.atlas import INHABITANTS, Atlas, Measure, Part
from essor.observatory.classes import bounds_of, class_of
from essor.observatory.report import wording
from essor.observatory.typography import number

NAMED = "nom"
"""What an address says to sort by names."""

_SMALL = 10
_LONG, _FIRST = 120, 60
"""A table of more lines than the former shows the latter first, the others on demand."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a measure: its short name, its long one, what it is."""

    short: str
    label: str
    definition: str


SAID = {
    Measure.SHARE: Said(
        "Part de l’industrie",
        "Part de l’ESS dans les unités légales industrielles (K04)",
        "Organisations industrielles de l’ESS rapportées aux personnes morales actives de "
        "l’industrie du territoire. Là où l’industrie est rare, quelques unités font une grande part.",
    ),
    Measure.DENSITY: Said(
        f"Pour {number(INHABITANTS)} habitants",
        f"Organisations pour {number(INHABITANTS)} habitants",
        "Organisations du périmètre rapportées à la population municipale.",
    ),
    Measure.ORGANISATIONS: Said(
        "Organisations",
        "Nombre d’organisations (K03)",
        "Organisations du périmètre situées par leur siège. Un grand territoire en a davantage "
        "parce qu’il est grand\u00a0: pour comparer, préférez une part ou une densité.",
    ),
    Measure.STAFF: Said(
        "Salariés",
        "Salariés des organisations (K05)",
        "Somme des milieux des tranches d’effectif. Un effectif couvert par le secret statistique "
        "n’est pas diffusé.",
    ),
}


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the legend: its rank from 1, what it holds, how many territories are in it."""

    rank: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A territory: its class, and its measure in words. No class: `is_secret`, or unknown."""

    part: Part
    rank: int | None
    said: str
    is_secret: bool

    @property
    def shade(self) -> str:
        """Return what the style sheet and the map call its class."""
        return str(self.rank) if self.rank else "secret" if self.is_secret else "inconnu"


@dataclass(frozen=True, slots=True)
class Choropleth:
    """An atlas on one measure, its lines sorted."""

    atlas: Atlas
    measure: Measure
    lines: tuple[Line, ...]
    classes: tuple[Class, ...]
    secret: int
    unknown: int

    def shown(self, *, is_whole: bool) -> tuple[Line, ...]:
        """Return the lines of the table: all of them when asked or when they are few, else the first ones."""
        return self.lines if is_whole or len(self.lines) <= _LONG else self.lines[:_FIRST]

    @property
    def said(self) -> Said:
        """Return what the measure is."""
        return SAID[self.measure]


def choropleth(atlas: Atlas, measure: Measure, sort: str, *, is_rising: bool) -> Choropleth:
    """Return the territories on that measure, sorted by one of its columns, the unknown ones last."""
    values = [part.measured(measure) for part in atlas.parts]
    known = [value for value in values if value is not None]
    # Two bounds that are written alike would be one to the reader.
    bounds = tuple({_said(measure, bound): bound for bound in bounds_of(known)}.values())
    lines = [_line(part, measure, bounds) for part in _sorted(atlas, sort, is_rising=is_rising)]
    counts = [sum(line.rank == rank for line in lines) for rank in range(1, len(bounds) + 2)]
    return Choropleth(
        atlas=atlas,
        measure=measure,
        lines=tuple(lines),
        classes=_classes(measure, bounds, known, counts) if known else (),
        secret=sum(line.is_secret for line in lines),
        unknown=sum(line.rank is None and not line.is_secret for line in lines),
    )


def _line(part: Part, measure: Measure, bounds: tuple[float, ...]) -> Line:
    value = part.measured(measure)
    is_secret = measure is Measure.STAFF and part.is_secret
    if value is None:
        said = "secret statistique" if is_secret else wording.UNKNOWN
        return Line(part, None, said, is_secret)
    return Line(part, class_of(value, bounds), _said(measure, value), is_secret=False)


def _sorted(atlas: Atlas, sort: str, *, is_rising: bool) -> list[Part]:
    if sort == NAMED:
        return sorted(
            atlas.parts, key=lambda part: part.territory.name.casefold(), reverse=not is_rising
        )
    measure, sign = Measure(sort), 1 if is_rising else -1
    return sorted(
        atlas.parts,
        key=lambda part: _rank(part.measured(measure), sign),
    )


def _rank(value: float | None, sign: int) -> tuple[bool, float]:
    return (True, 0.0) if value is None else (False, sign * value)


def _classes(
    measure: Measure, bounds: tuple[float, ...], known: list[float], counts: list[int]
) -> tuple[Class, ...]:
    """Return the classes, in words: counts are whole, and nothing is a class of its own."""
    if min(known) == max(known):
        return (Class(1, _said(measure, known[0]), counts[0]),)
    starts = [min(known), *bounds]
    labels = [
        _between(measure, low, high, is_first=rank == 0)
        for rank, (low, high) in enumerate(zip(starts, [*bounds, None], strict=True))
    ]
    return tuple(
        Class(rank, label, count)
        for rank, (label, count) in enumerate(zip(labels, counts, strict=True), start=1)
    )


def _between(measure: Measure, low: float, high: float | None, *, is_first: bool) -> str:
    """Return what a class holds; no upper bound for the last one."""
    if high is None:
        return f"{_said(measure, low)} et plus"
    if low == 0:
        return _said(measure, 0)
    if measure is not Measure.ORGANISATIONS:
        if is_first:
            return f"moins de {_said(measure, high)}"
        return f"de {_said(measure, low)} à moins de {_said(measure, high)}"
    return number(low) if high == low + 1 else f"de {number(low)} à {number(high - 1)}"


def _said(measure: Measure, value: float) -> str:
    """Return a value of a measure in words, its unit left to the name of the measure."""
    if measure is Measure.SHARE:
        return wording.share(value)
    if measure is Measure.DENSITY:
        return number(value, 0 if value >= _SMALL or value == 0 else 1)
    return number(value)
