"""JSON lines from stdin to stdout: one answer per readable question."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

Question = Mapping[str, object]
Answer = Mapping[str, object]


def answer_all(answer: Callable[[Question], Answer]) -> int:
    """Write the answer to each question of stdin with its `id`; return the exit status.

    A line that is no JSON object with an `id` is told on stderr and skipped.
    """
    for question in _questions():
        _write(question, answer(question))
    return 0


def answer_together(answer: Callable[[Sequence[Question]], Sequence[Answer]]) -> int:
    """Do as `answer_all`, all the questions being read before the first is answered."""
    questions = tuple(_questions())
    for question, told in zip(questions, answer(questions), strict=True):
        _write(question, told)
    return 0


def text(question: Question, field: str) -> str:
    """Return a field of the question as text, empty when it is missing or null."""
    value = question.get(field)
    return "" if value is None else str(value)


def _questions() -> Iterator[Question]:
    for number, line in enumerate(sys.stdin, start=1):
        question = _read(line)
        if question is not None:
            yield question
        elif line.strip():
            print(f"line {number} is not a question with an id", file=sys.stderr)


def _write(question: Question, answer: Answer) -> None:
    told = {"id": question["id"], **answer}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _read(line: str) -> Question | None:
    try:
        read = json.loads(line)
    except ValueError:
        return None
    return read if isinstance(read, dict) and "id" in read else None
