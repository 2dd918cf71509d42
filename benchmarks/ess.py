"""H: whether a legal form is of the social economy, and on what ground."""

from collections.abc import Sequence

from benchmarks.json_lines import Answer, Question, answer_all, text
from essor.perimeter.families import membership


def main(_options: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    return answer_all(_answer)


def _answer(question: Question) -> Answer:
    found = membership(text(question, "legal_form"))
    return {"ess": found.is_ess, "basis": found.basis}
