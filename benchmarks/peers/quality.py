"""Quality, Essor beside the peers that rank texts, on the dev files of the measuring contract.

The files and their scorer stay where they are: they are read from the folder given, never copied.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import cast

from benchmarks.peers import lucene, tantivy_alone, tfidf
from benchmarks.peers.figures import Figure, Missing, Note, PeerMissingError, Told
from benchmarks.peers.ranking import Document, Ranked, Ranker

Row = Mapping[str, object]
Answers = dict[str, Row]
Scorer = Callable[[Sequence[Row], Answers], Sequence[Row]]

_NAF_ANSWERS, _LINK_ANSWERS = 20, 10
_TITLE_WEIGHT = 3
"""How many times the peers read the title of a sub-class: what serves them best (measured from 1 to 3)."""

_TOLD = ("industry MRR", "industry top5", "all MRR", "top1", "recall at 95 % precision")
"""The metrics that have a target; the others are left to the scorer."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the contract: what Essor is asked, and the same as documents and texts for the peers."""

    name: str
    arguments: tuple[str, ...]
    questions: tuple[Row, ...]
    score: Scorer
    documents: tuple[Document, ...]
    texts: tuple[str, ...]
    answered: Callable[[Ranked], Row]
    count: int


def compared(bench: Path, jar: Path | None) -> Iterator[Told]:
    """Yield the quality of Essor and of each peer on the tasks of the folder `bench`."""
    rankers: dict[str, Ranker] = {
        "tantivy BM25": tantivy_alone.ranked,
        "TF-IDF of pieces (3–5)": tfidf.by_pieces,
        "TF-IDF of words": tfidf.by_words,
    }
    try:
        rankers = {"Lucene BM25": lucene.ranker(jar), **rankers}
    except PeerMissingError as error:
        yield Missing("Lucene BM25", str(error))
    for task in (*naf_tasks(bench), *link_tasks(bench)):
        answers, seconds = _by_essor(task)
        missed = len(task.questions) - len(answers)
        yield Note(
            f"{task.name}: n = {len(task.questions)}, Essor {seconds:.1f} s, {missed} without answer"
        )
        ours = task.score(task.questions, answers)
        for name, ranker in rankers.items():
            yield from beside(task, ours, name, ranker)


def naf_tasks(bench: Path) -> Iterator[Task]:
    """Yield the two tasks of a product to its sub-class of the NAF, without and with products known."""
    folder, score = bench / "naf", _scorer(bench, "score_naf")
    notes = cast("dict[str, Row]", json.loads((folder / "naf_notes.json").read_text("utf-8")))
    texts = {code: _noted(note) for code, note in notes.items()}
    cpf = folder / "cpf_dev.tsv"
    for name, file, arguments, known in (
        ("naf A1", "dev_titles.jsonl", ("--without-cpf",), texts),
        ("naf A2", "dev_notes.jsonl", ("--cpf", str(cpf)), _with_products(texts, cpf)),
    ):
        questions = _rows(folder / file)
        yield Task(
            name,
            ("naf", *arguments),
            questions,
            score,
            tuple(Document(code, text) for code, text in known.items()),
            tuple(str(question["text"]) for question in questions),
            lambda ranked: {"codes": [code for code, _ in ranked]},
            _NAF_ANSWERS,
        )


def link_tasks(bench: Path) -> Iterator[Task]:
    """Yield the tasks of a typed organisation to its SIREN: by name and town, by all that is typed."""
    folder, score = bench / "link", _scorer(bench, "score_link")
    register = folder / "dev_register.jsonl"
    whole = _rows(folder / "dev_queries.jsonl")
    for name, fields in (
        ("link, name + town", ("name", "city")),
        ("link, all fields", ("name", "city", "postcode", "address")),
    ):
        kept = ("id", "gold", "changed", *fields)
        questions = tuple({field: row[field] for field in kept if field in row} for row in whole)
        yield Task(
            name,
            ("link", "--register", str(register)),
            questions,
            score,
            tuple(Document(str(row["siren"]), _joined(row, fields)) for row in _rows(register)),
            tuple(_joined(row, fields) for row in questions),
            lambda ranked: {
                "candidates": [{"siren": each, "score": value} for each, value in ranked]
            },
            _LINK_ANSWERS,
        )


def beside(task: Task, ours: Sequence[Row], name: str, ranker: Ranker) -> Iterator[Told]:
    """Yield the quality of a peer on a task, beside that of Essor as it was scored."""
    start = time.perf_counter()
    try:
        ranked = ranker(task.documents, task.texts, task.count)
    except PeerMissingError as error:
        yield Missing(f"{name} on {task.name}", str(error))
        return
    seconds = time.perf_counter() - start
    pairs = zip(task.questions, ranked, strict=True)
    answers = {str(question["id"]): task.answered(each) for question, each in pairs}
    yield Note(f"{task.name}: {name} {seconds:.1f} s")
    theirs = {str(line["metric"]): line for line in task.score(task.questions, answers)}
    for line in ours:
        metric = str(line["metric"])
        if metric in _TOLD:
            value, peer = float(str(line["value"])), float(str(theirs[metric]["value"]))
            what = f"{task.name}, {metric} [{line['low']}; {line['high']}]"
            yield Figure(what, value, peer, name, unit="", is_cost=False)


def _by_essor(task: Task) -> tuple[Answers, float]:
    """Return the answers of `python -m benchmarks`, by id, and the seconds of the whole process."""
    asked = "".join(
        json.dumps({field: each for field, each in row.items() if field not in ("gold", "changed")})
        + "\n"
        for row in task.questions
    )
    start = time.perf_counter()
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks", *task.arguments),
        input=asked,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        message = f"Essor itself could not answer {task.name}: {lines[-1]}"
        raise PeerMissingError(message)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {str(each["id"]): each for each in answers}, time.perf_counter() - start


def _scorer(bench: Path, name: str) -> Scorer:
    """Return the contract's own scorer, from its folder."""
    specification = spec_from_file_location("benchlib", bench / "benchlib.py")
    if specification is None or specification.loader is None:
        message = f"{bench} holds no benchlib.py"
        raise PeerMissingError(message)
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return cast("Scorer", getattr(module, name))


def _noted(note: Row) -> str:
    """Return the title of a sub-class and what its notes say it holds."""
    parts = [str(note["title"])] * _TITLE_WEIGHT
    for field in ("includes", "also"):
        parts += [str(each) for each in cast("list[object]", note[field])]
    return ". ".join(parts)


def _with_products(texts: Mapping[str, str], cpf: Path) -> dict[str, str]:
    """Return the texts, each followed by the titles of the products of its sub-class."""
    known = dict(texts)
    for line in cpf.read_text("utf-8").splitlines()[1:]:
        _, title, codes = line.split("\t")
        for code in codes.split("|"):
            known[code] = f"{known[code]}. {title}"
    return known


def _rows(file: Path) -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def _joined(row: Row, fields: Sequence[str]) -> str:
    return " ".join(str(row.get(field) or "") for field in fields)
