"""What a search answers: the page of hits with the reasons of their order, and what is counted."""

from dataclasses import dataclass

from essor.search.document import Document


@dataclass(frozen=True, slots=True)
class Merit:
    """Points won on one ground, out of how many at most, and the French sentence that says why."""

    ground: str
    points: float
    out_of: float
    because: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: `score` is the sum of the points of its reasons.

    `name_html`, `activity_html` and `text_html`, an excerpt, are escaped for HTML, the words found inside
    `<mark>`.
    `distance_km` is known when a place was asked.
    """

    document: Document
    score: float
    reasons: tuple[Merit, ...]
    activity: str | None
    name_html: str
    activity_html: str
    distance_km: float | None = None
    text_html: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, its French label, and how many of all the answers have it; `-` is none or unknown."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field among all the answers, most frequent first, ties by value."""

    field: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer; `total` counts the whole answer, `notes` say how the text was read."""

    hits: tuple[Hit, ...]
    total: int
    number: int
    size: int
    facets: tuple[Facet, ...]
    notes: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages the answer has."""
        return -(-self.total // self.size)
