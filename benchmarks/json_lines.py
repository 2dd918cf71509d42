"""JSON lines from stdin to stdout: one answer per readable question."""

import json
import sys
from collections.abc import Callable, Mapping

Question = Mapping[str, object]
Answer = Mapping[str, object]


def answer_all(answer: Callable[[Question], Answer]) -> int:
    """Write the answer to each question of stdin with its `id`; return the exit status.

    A line that is no JSON object with an `id` is told on stderr and skipped.
    """
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        question = _read(line)
        if question is None:
            print(f"line {number} is not a question with an id", file=sys.stderr)
            continue
        told = {"id": question["id"], **answer(question)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


def text(question: Question, field: str) -> str:
    """Return a field of the question as text, empty when it is missing or null."""
    value = question.get(field)
    return "" if value is None else str(value)


def _read(line: str) -> Question | None:
    try:
        read = json.loads(line)
    except ValueError:
        return None
    return read if isinstance(read, dict) and "id" in read else None
