"""The header of a publisher's file, set against what the source promises."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from essor.errors import SourceError
from essor.sources.source import RawColumn, Source

FICTION_COLUMN = "is_fictional"
"""The column that only the demonstration's files carry."""

# Below this likeness out of 100, a name is not worth proposing.
_LIKENESS = 60


@dataclass(frozen=True, slots=True)
class Header:
    """Which column of the file keeps which promise.

    `found` goes from the promised name to the file's own; `missing` are the optional columns it
    lacks; `fiction` is the file's column that says which rows are invented.
    """

    found: dict[str, str]
    missing: tuple[str, ...]
    fiction: str | None


def resolve(source: Source, names: Sequence[str]) -> Header:
    """Return how the columns `names` of a file keep the promises of `source`.

    Names are compared without the spaces around them, nor their case.

    Raises:
        SourceError: a required column is missing, or two columns answer to one promise.
    """
    answers = {column.name: _answers(column, names) for column in source.columns}
    _refuse_twins(source, answers)
    absent = [column for column in source.columns if not answers[column.name]]
    _refuse_absent(source, [column for column in absent if column.is_required], names)
    fiction = _answers(RawColumn(FICTION_COLUMN), names)
    return Header(
        found={promised: own[0] for promised, own in answers.items() if own},
        missing=tuple(column.name for column in absent),
        fiction=fiction[0] if fiction else None,
    )


def is_header_of(source: Source, names: Sequence[str]) -> bool:
    """Return whether a line holds the name of every column that the source requires."""
    return all(_answers(column, names) for column in source.columns if column.is_required)


def kept_promises(source: Source, names: Sequence[str]) -> int:
    """Return how many promised columns `names` hold: how well a separator reads a header."""
    return sum(bool(_answers(column, names)) for column in source.columns)


def _answers(column: RawColumn, names: Sequence[str]) -> list[str]:
    accepted = {_bare(name) for name in (column.name, *column.aliases)}
    return [name for name in names if _bare(name) in accepted]


def _bare(name: str) -> str:
    return name.strip("\ufeff \t\u00a0").casefold()


def _refuse_twins(source: Source, answers: dict[str, list[str]]) -> None:
    for promised, own in answers.items():
        if len(own) > 1:
            message = (
                f"{source.title} : les colonnes {_quoted(own)} répondent toutes à « {promised} » ; "
                "n’en gardez qu’une dans le fichier, puis recommencez."
            )
            raise SourceError(message)


def _refuse_absent(source: Source, absent: list[RawColumn], names: Sequence[str]) -> None:
    if not absent:
        return
    missing = ", ".join(f"« {column.name} »{_proposal(column, names)}" for column in absent)
    number = "s" if len(absent) > 1 else ""
    message = (
        f"{source.title} : colonne{number} attendue{number} et absente{number} : {missing}. "
        "Vérifiez que c’est bien ce fichier, ou renommez ses colonnes, puis recommencez."
    )
    raise SourceError(message)


def _proposal(column: RawColumn, names: Sequence[str]) -> str:
    """Return the name in the file that looks most like the promised one, as a question."""
    best = max(
        (
            found
            for wanted in (column.name, *column.aliases)
            if (
                found := process.extractOne(
                    wanted, names, scorer=fuzz.WRatio, processor=utils.default_process
                )
            )
        ),
        key=lambda found: found[1],
        default=None,
    )
    return f" (trouvée : « {best[0].strip()} » ?)" if best and best[1] >= _LIKENESS else ""


def _quoted(names: Sequence[str]) -> str:
    counted = Counter(name.strip() for name in names)
    return ", ".join(
        f"« {name} »" + (f" ({times} fois)" if times > 1 else "") for name, times in counted.items()
    )
