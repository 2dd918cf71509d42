"""D2: the name of a supplier, to the divisions of its activity, learned from the names of `--train` alone."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.json_lines import Answer, Question, answer_together, text
from essor.language.names import divisions_of, learn_names


def main(arguments: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status, 2 when the file teaches nothing."""
    options = argparse.ArgumentParser(prog="nafname")
    options.add_argument("--train", type=Path, required=True)
    train: Path = options.parse_args(arguments).train
    pairs = list(_known(train))
    if not pairs:
        print(f"no name with its division in {train}", file=sys.stderr)
        return 2
    known = learn_names(pairs)

    def answered(questions: Sequence[Question]) -> Sequence[Answer]:
        names = [text(question, "name") for question in questions]
        return [{"divisions": divisions} for divisions in divisions_of(known, names)]

    return answer_together(answered)


def _known(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the names and divisions of a file; a line that has none is told on stderr and skipped."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            learned = json.loads(line)
        except ValueError:
            learned = None
        if isinstance(learned, dict) and learned.get("name") and learned.get("division"):
            yield text(learned, "name"), text(learned, "division")
        elif line.strip():
            print(f"line {number} of {path} is not a name with its division", file=sys.stderr)
