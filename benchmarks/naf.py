"""A: a product in words, to sub-classes of the NAF rév. 2."""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.json_lines import Answer, Question, answer_together, text
from essor.home import home
from essor.language.knowledge import Knowledge, knowledge_of
from essor.language.naf import Reader
from essor.release.opened import open_release

ANSWERS = 20


def main(arguments: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks naf")
    products = options.add_mutually_exclusive_group(required=True)
    products.add_argument("--without-cpf", action="store_true")
    products.add_argument("--cpf", type=Path, metavar="FILE")
    chosen = options.parse_args(arguments)
    reader = Reader(known(chosen.cpf))

    def answer(questions: Sequence[Question]) -> list[Answer]:
        asked = [text(question, "text") for question in questions]
        found = reader.candidates(asked, ANSWERS)
        return [{"codes": [each.code for each in candidates]} for candidates in found]

    return answer_together(answer)


def known(cpf: Path | None) -> Knowledge:
    """Return what the current release knows, with the products of a file `cpf, title, naf|naf` if any."""
    knowledge = released()
    return knowledge if cpf is None else replace(knowledge, products=read_products(cpf))


def released() -> Knowledge:
    """Return what the release in service knows."""
    with open_release(home()).connect() as connection:
        return knowledge_of(connection)


def read_products(cpf: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each title of the file with its sub-classes."""
    with cpf.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((row["title"], tuple(row["naf"].split("|"))) for row in rows)
