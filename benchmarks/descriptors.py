"""B1: the title of a tender, to the labels it calls for, by their words alone or from what was learned."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.json_lines import Answer, Question, answer_together, text
from essor.language.descriptors import rank_labels
from essor.language.learned_descriptors import rank_learned

# Labels told a title: past them, an answer would only be longer.
TOLD = 50


def main(arguments: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    options = argparse.ArgumentParser(prog="descriptors")
    options.add_argument("--labels", type=Path, required=True)
    options.add_argument("--learned", action="store_true")
    chosen = options.parse_args(arguments)
    labels = list(dict.fromkeys(filter(None, chosen.labels.read_text("utf-8").splitlines())))
    rank = rank_learned if chosen.learned else rank_labels

    def answered(questions: Sequence[Question]) -> Sequence[Answer]:
        ranked = rank([text(question, "text") for question in questions], labels)
        return [{"labels": each[:TOLD]} for each in ranked]

    return answer_together(answered)
