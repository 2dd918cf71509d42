"""What the study is made of: each item says its page and its status (S cited, V, AV, R ours)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a brake, in the words of the study; the split is ours."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Brake:
    """A family of obstacles; `page` is that of its chapter."""

    id: str
    label: str
    text: str
    problems: tuple[Problem, ...]
    page: str
    status: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom the recommendations address."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Lever:
    """A family of recommendations; `short` and `folder` are ours."""

    id: str
    label: str
    short: str
    folder: str
    page: str
    status: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation, whom it addresses, and what it answers.

    `inferred`: the actors, among `actors`, that its wording does not name.
    `answers`: our weight by problem, from 1 (indirect) to 3 (main target).
    `attached`: problems that the study leaves unanswered, weakly attached by us.
    """

    id: str
    label: str
    text: str
    actors: tuple[str, ...]
    inferred: tuple[str, ...]
    answers: dict[str, int]
    attached: tuple[str, ...]
    page: str
    status: str

    @property
    def lever(self) -> str:
        """Return the identifier of its lever: « L1 » for « L1.2 »."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of cooperation; `type` is its family's label, `recommendations` are attached by us."""

    id: str
    label: str
    type: str
    recommendations: tuple[str, ...]
    page: str
    status: str


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A territory of a case, by its official code."""

    level: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Later:
    """What another source than the study says of a case."""

    text: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Case:
    """An example of the study.

    `box`: the lever, the recommendation or the chapter under which the study tells it.
    `recommendations` (beyond the box) and `forms`: attached by us.
    """

    id: str
    label: str
    what: str
    box: str
    recommendations: tuple[str, ...]
    forms: tuple[str, ...]
    facts: tuple[str, ...]
    places: tuple[CasePlace, ...]
    later: tuple[Later, ...]
    page: str
    status: str


@dataclass(frozen=True, slots=True)
class Tool:
    """What Essor does for a recommendation; `page` is the name of an address of the site, or empty."""

    id: str
    label: str
    command: str
    page: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untreated:
    """What the study does not treat; `problem` where it is one of its own."""

    id: str
    text: str
    status: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since the study, and the recommendations that it touches."""

    id: str
    text: str
    source: str
    status: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactStatus:
    """What a status code means."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The study itself, how it was made, and what its text lost on the way to us."""

    title: str
    publishers: str
    published: str
    address: str
    method: str
    pagination: str


@dataclass(frozen=True, slots=True)
class Study:
    """The whole study, each collection by identifier, in its own order."""

    document: Publication
    brakes: dict[str, Brake]
    levers: dict[str, Lever]
    actors: dict[str, Actor]
    recommendations: dict[str, Recommendation]
    forms: dict[str, Form]
    cases: dict[str, Case]
    tools: dict[str, Tool]
    untreated: dict[str, Untreated]
    changes: dict[str, Change]
    statuses: dict[str, FactStatus]

    @property
    def problems(self) -> dict[str, Problem]:
        """Return the problems of all the brakes."""
        return {each.id: each for brake in self.brakes.values() for each in brake.problems}
