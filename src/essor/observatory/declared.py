"""Declared activity, K10 to K14: the share of the structures that are industrial, as they say."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from essor.observatory.definitions import DECLARED, Definition
from essor.observatory.figure import Figure, Mention, mentions
from essor.observatory.question import Question
from essor.observatory.study_figures import StudyFigure, study_figures
from essor.observatory.typography import counted, number
from essor.warehouse.provenance import SourceRecord

_QUERY = """
SELECT
    figure, count(*), count(*) FILTER (is_industrial), count(*) FILTER (NOT is_industrial),
    coalesce(bool_or(is_fictional), false)
FROM observatory.structures WHERE {here} GROUP BY figure
"""

# The sources are those of the whole country: an empty territory too says on what it rests.
_ATTESTERS = (
    "SELECT figure, list(source ORDER BY source) FROM observatory.attesters GROUP BY figure"
)


@dataclass(frozen=True, slots=True)
class Answers:
    """How many structures there are, how many say they are industrial, how many say not."""

    total: int = 0
    yes: int = 0
    no: int = 0
    is_fictional: bool = False

    @property
    def unknown(self) -> int:
        """Return how many declare nothing."""
        return self.total - self.yes - self.no


def declared_figures(
    connection: duckdb.DuckDBPyConnection, question: Question, records: Iterable[SourceRecord]
) -> tuple[Figure, ...]:
    """Return K10 to K14 of a territory; they are the same whatever the perimeter."""
    held = tuple(records)
    answers = _answers(connection, question)
    attesters = dict(connection.execute(_ATTESTERS).fetchall())
    return tuple(
        _figure(
            definition,
            answers.get(definition.id, Answers()),
            mentions(held, _sources(definition, attesters.get(definition.id, ()))),
            study_figures()[definition.id] if question.is_national else None,
        )
        for definition in DECLARED
    )


def _answers(connection: duckdb.DuckDBPyConnection, question: Question) -> dict[str, Answers]:
    here, values = question.condition
    rows = connection.execute(_QUERY.format(here=here), values).fetchall()
    return {figure: Answers(*numbers) for figure, *numbers in rows}


def _sources(definition: Definition, attesters: Iterable[str]) -> set[str]:
    """Return the sources of a figure: those that attest its structures, if any, and its own."""
    attesting = set(attesters)
    return attesting | set(definition.sources) if attesting else set()


def _figure(
    definition: Definition,
    answers: Answers,
    sources: tuple[Mention, ...],
    study: StudyFigure | None,
) -> Figure:
    answered = answers.yes + answers.no
    return Figure(
        id=definition.id,
        label=definition.label,
        unit=definition.unit,
        definition=definition.text,
        value=answers.yes / answered if answered else None,
        lower=answers.yes / answers.total if answered else None,
        upper=(answers.yes + answers.unknown) / answers.total if answered else None,
        total=answers.total,
        sources=sources,
        study=study,
        note=_note(answers),
        is_fictional=answers.is_fictional or any(source.is_fictional for source in sources),
    )


def _note(answers: Answers) -> str:
    if not answers.total:
        return (
            "Inconnu : aucune structure de ce statut n’est attestée ici par les sources présentes."
        )
    total = counted(answers.total, "structure")
    if not answers.yes + answers.no:
        return f"Inconnu : {total}, et aucune activité connue."
    return (
        f"{number(answers.yes)} oui, {number(answers.no)} non, {number(answers.unknown)} sans "
        f"réponse, sur {total} ; les bornes rangent les sans-réponse d’un côté, puis de "
        "l’autre."
    )
