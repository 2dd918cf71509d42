"""D2: the name of a supplier, to the divisions of its activity, learned from the names of `--train` alone."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.json_lines import text
from essor.language.names import divisions_of, learn_names


def main(arguments: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    options = argparse.ArgumentParser(prog="nafname")
    options.add_argument("--train", type=Path, required=True)
    known = learn_names(_known(options.parse_args(arguments).train))
    questions = [json.loads(line) for line in sys.stdin if line.strip()]
    answers = divisions_of(known, [text(question, "name") for question in questions])
    for question, divisions in zip(questions, answers, strict=True):
        print(json.dumps({"id": question["id"], "divisions": divisions}))
    return 0


def _known(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        learned = json.loads(line)
        yield text(learned, "name"), text(learned, "division")
