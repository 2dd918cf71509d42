"""Recorded answers: each can be asked again, and told to be the same or why it is not.

A record is `ESSOR_HOME/answers/NNNN.json`: the need, the release, the criteria, the day, the ranking.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from essor.errors import DiskError, InvalidRequestError, NoReleaseError
from essor.home import Home
from essor.matching.match import CRITERIA_VERSION, Match
from essor.matching.need import Need

if TYPE_CHECKING:  # pydantic takes a tenth of a second, that a reader of matches need not wait
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of a ranking: who, and with what score."""

    siret: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Record:
    """An answer that was given: to what, from which release, by which criteria, on which day."""

    number: int
    need: Need
    release: int
    criteria_version: str
    day: date
    ranking: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The answer given again: the ranking of today's run, and the ranks where it differs.

    A difference is the rank, from 1, with the SIRET then and now; empty when nobody holds it.
    """

    record: Record
    ranking: tuple[Rank, ...]
    differences: tuple[tuple[int, str, str], ...]

    @property
    def is_same(self) -> bool:
        """Return whether the two rankings are equal, scores included."""
        return self.ranking == self.record.ranking


def ranking_of(matches: Sequence[Match]) -> tuple[Rank, ...]:
    """Return the lines of a ranking."""
    return tuple(Rank(each.supplier.siret, each.supplier.name, each.score) for each in matches)


def write(home: Home, need: Need, matches: Sequence[Match], release: int, day: date) -> Record:
    """Record an answer under the next free number, and return the record.

    Two processes that write at once take two numbers: a file is created, never replaced.

    Raises:
        DiskError: the disk refuses to write.
    """
    folder = _folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = max(numbers(home), default=0)
        while True:
            number += 1
            record = Record(number, need, release, CRITERIA_VERSION, day, ranking_of(matches))
            if _created(folder, record):
                return record
    except OSError as error:
        raise DiskError(
            f"La réponse n’a pas pu être enregistrée dans « {folder} » : {error.strerror}. "
            "Libérez de la place ou vérifiez les droits du dossier."
        ) from error


def numbers(home: Home) -> tuple[int, ...]:
    """Return the numbers of the recorded answers, oldest first."""
    names = (path.stem for path in _folder(home).glob("*.json"))
    return tuple(sorted(int(name) for name in names if name.isdigit()))


def read(home: Home, number: int) -> Record:
    """Return the recorded answer of that number.

    Raises:
        InvalidRequestError: there is none, or its file is no longer a record.
    """
    path = _path(_folder(home), number)
    try:
        return _adapter().validate_json(path.read_bytes())
    except FileNotFoundError:
        last = max(numbers(home), default=0)
        known = f"la dernière est la {last}" if last else "aucune n’est enregistrée"
        raise InvalidRequestError(
            f"La réponse {number} n’existe pas : {known}. Posez d’abord le besoin à `essor match`."
        ) from None
    except ValueError as error:
        raise InvalidRequestError(
            f"Le fichier « {path} » n’est plus une réponse enregistrée : supprimez-le, "
            "et posez de nouveau le besoin."
        ) from error


def refuse_other_criteria(record: Record) -> None:
    """Pass a record of the criteria of today.

    Raises:
        InvalidRequestError: it was made by other ones, which this version no longer has.
    """
    if record.criteria_version != CRITERIA_VERSION:
        raise InvalidRequestError(
            f"La réponse {record.number} a été faite avec les critères "
            f"{record.criteria_version}, et cette version d’Essor applique les critères "
            f"{CRITERIA_VERSION} : elle ne peut pas être refaite à l’identique. Installez la "
            "version d’Essor d’alors, ou posez de nouveau le besoin."
        )


def gone(record: Record) -> NoReleaseError:
    """Return the error of a record whose release is no longer kept."""
    return NoReleaseError(
        f"La réponse {record.number} a été lue dans la version {record.release} des données, qui "
        "n’est plus conservée : elle ne peut pas être refaite. Posez de nouveau le besoin à "
        "`essor match`, ou gardez davantage de versions avec `essor build --keep`."
    )


def compared(record: Record, matches: Sequence[Match]) -> Replayed:
    """Return the record beside the matches of another run, cut to the same length."""
    again = ranking_of(matches)[: len(record.ranking)]
    length = max(len(again), len(record.ranking))
    then = [each.siret for each in record.ranking] + [""] * (length - len(record.ranking))
    now = [each.siret for each in again] + [""] * (length - len(again))
    differences = tuple(
        (rank, before, after)
        for rank, (before, after) in enumerate(zip(then, now, strict=True), start=1)
        if before != after
    )
    return Replayed(record, again, differences)


def _created(folder: Path, record: Record) -> bool:
    """Write the record aside and give it its name; return whether nobody had taken it."""
    aside = folder / f".writing-{os.getpid()}"
    aside.write_bytes(_adapter().dump_json(record, indent=1))
    try:
        os.link(aside, _path(folder, record.number))
    except FileExistsError:
        return False
    finally:
        aside.unlink()
    return True


def _folder(home: Home) -> Path:
    return home.root / "answers"


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:04d}.json"


def _adapter() -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter  # noqa: PLC0415 -- start-up time

    return TypeAdapter(Record)
