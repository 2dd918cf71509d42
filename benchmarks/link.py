"""C: a typed organisation, to ranked SIRENs of a register."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.json_lines import Question, text
from essor.linkage.entries import Entry, Query
from essor.linkage.register import Register


def main(arguments: Sequence[str]) -> int:
    """Answer every question of stdin, all at once; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks link")
    parser.add_argument("--register", type=Path, required=True, help="JSON lines: siren, name…")
    options = parser.parse_args(arguments)
    with options.register.open(encoding="utf-8") as lines:
        register = Register.from_rows(_entry(json.loads(line)) for line in lines if line.strip())
    asked = list(_questions(sys.stdin))
    for question, found in zip(asked, register.link([_query(each) for each in asked]), strict=True):
        candidates = [{"siren": each.siren, "score": each.score} for each in found]
        sys.stdout.write(json.dumps({"id": question["id"], "candidates": candidates}) + "\n")
    return 0


def _questions(lines: Iterable[str]) -> Iterator[Question]:
    """Yield the lines that are questions with an id; tell the others on stderr."""
    for number, line in enumerate(lines, start=1):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            read = None
        if isinstance(read, dict) and "id" in read:
            yield read
        elif line.strip():
            print(f"line {number} is not a question with an id", file=sys.stderr)


def _entry(row: Question) -> Entry:
    return Entry(text(row, "siren"), text(row, "name"), *_place(row))


def _query(question: Question) -> Query:
    return Query(text(question, "name"), *_place(question))


def _place(row: Question) -> tuple[str, str, str]:
    return text(row, "address"), text(row, "postcode"), text(row, "city")
