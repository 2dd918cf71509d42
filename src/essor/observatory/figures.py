"""The observatory's answer to a question: the key figures of a territory, and their breakdown."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from essor.observatory.breakdown import Breakdown, breakdown
from essor.observatory.counts import read_counts
from essor.observatory.declared import declared_figures
from essor.observatory.figure import Figure, Mention, mention
from essor.observatory.key_figures import key_figures
from essor.observatory.nesting import read_masks
from essor.observatory.perspective import Perimeter
from essor.observatory.prepared import prepare
from essor.observatory.question import Place, Question
from essor.warehouse.provenance import SourceRecord


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one place in one perimeter; `absent` titles the sources the release lacks."""

    place: Place
    perimeter: Perimeter
    figures: tuple[Figure, ...]
    breakdown: Breakdown | None
    sources: tuple[Mention, ...]
    absent: tuple[str, ...]
    is_fictional: bool


def figures(
    connection: duckdb.DuckDBPyConnection, question: Question, sources: Sequence[SourceRecord]
) -> Figures:
    """Return K03 to K14 of a question, and its breakdown where one is asked.

    `connection` holds the tables of a release, and `sources` are those of its manifest.
    """
    prepare(connection)
    counts = read_counts(connection, question)
    found = (
        *key_figures(question, counts, read_masks(connection, question.perimeter), sources),
        *declared_figures(connection, question, sources),
    )
    present = tuple(mention(record) for record in sources if record.is_present)
    return Figures(
        place=question.place,
        perimeter=question.perimeter,
        figures=found,
        breakdown=breakdown(connection, question, question.by) if question.by else None,
        sources=present,
        absent=tuple(record.title for record in sources if not record.is_present),
        is_fictional=any(f.is_fictional for f in found) or any(m.is_fictional for m in present),
    )
