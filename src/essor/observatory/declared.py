"""Declared activity, K10 to K14: the share of the structures that say they are industrial."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from essor.observatory.definitions import DECLARED, KINDS, Definition
from essor.observatory.figure import Figure, mentions
from essor.observatory.question import Question
from essor.observatory.study_figures import study_figures
from essor.observatory.typography import counted, number
from essor.warehouse.provenance import SourceRecord

# The sources are those of the whole country: an empty territory too says on what it rests.
_QUERY = """
WITH answers AS (
    SELECT
        CASE {figures} END AS figure, structure,
        bool_or(is_industrial) AS is_industrial, bool_or(is_fictional) AS is_fictional,
        coalesce(bool_or({here}), false) AS is_here, flatten(list(sources)) AS sources
    FROM observatory.structures GROUP BY 1, 2
)
SELECT
    figure,
    count(*) FILTER (is_here),
    count(*) FILTER (is_here AND is_industrial),
    count(*) FILTER (is_here AND NOT is_industrial),
    coalesce(bool_or(is_fictional) FILTER (is_here), false),
    list_distinct(flatten(list(sources)))
FROM answers WHERE figure IS NOT NULL GROUP BY figure
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """How many structures there are, how many say they are industrial, how many say not."""

    total: int = 0
    yes: int = 0
    no: int = 0
    is_fictional: bool = False
    sources: tuple[str, ...] = ()

    @property
    def unknown(self) -> int:
        """Return how many declare nothing."""
        return self.total - self.yes - self.no


def declared_figures(
    connection: duckdb.DuckDBPyConnection, question: Question, records: Iterable[SourceRecord]
) -> tuple[Figure, ...]:
    """Return K10 to K14 of a territory; they are the same whatever the perimeter."""
    held = tuple(records)
    answers = _read(connection, question)
    return tuple(
        _figure(definition, answers.get(definition.id, Answers()), question, held)
        for definition in DECLARED
    )


def _read(connection: duckdb.DuckDBPyConnection, question: Question) -> dict[str, Answers]:
    here, values = question.condition
    figures = " ".join(
        f"WHEN kind IN ({', '.join(repr(kind) for kind in kinds)}) THEN '{figure}'"
        for figure, kinds in KINDS.items()
    )
    rows = connection.execute(_QUERY.format(figures=figures, here=here), values).fetchall()
    return {
        figure: Answers(total, yes, no, is_fictional, tuple(sources))
        for figure, total, yes, no, is_fictional, sources in rows
    }


def _figure(
    definition: Definition, answers: Answers, question: Question, records: tuple[SourceRecord, ...]
) -> Figure:
    answered = answers.yes + answers.no
    sources = mentions(records, answers.sources)
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
        study=study_figures()[definition.id] if question.is_national else None,
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
        return f"Inconnu : {total}, et aucune activité déclarée."
    return (
        f"{number(answers.yes)} oui, {number(answers.no)} non, {number(answers.unknown)} sans "
        f"réponse, sur {total} ; les bornes rangent les sans-réponse d’un côté, puis de "
        "l’autre."
    )
