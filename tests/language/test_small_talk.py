"""A text that asks for nothing is told from a need, in whatever language, and hardly ever wrongly."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.language.small_naf import SMALL_NAF

from essor.language.naf import Reader
from essor.language.small_talk import asks_nothing
from essor.language.thesaurus import TRADES
from essor.language.understanding import understand
from essor.language.vectors import encode

# Titles read of the mirror, and how many of them may be taken for small talk.
TITLES, MOST_REFUSED = 800, 4
TRADES_SAID = [said for trade in TRADES for said in (trade.label, *trade.words[:3])]


@pytest.fixture(scope="module")
def known() -> np.ndarray:
    return encode(TRADES_SAID)


@pytest.mark.parametrize(
    "text",
    [
        *("Bonjour Monsieur", "hola", "slt", "je vous remercie", "danke schön", "à plus tard"),
        *("je teste", "test 123", "j’en sais rien", "quelqu’un peut m’aider ?", "es-tu humain ?"),
        *("je cherche", "un prestataire svp", "qu’est-ce que c’est ?", "c’est génial"),
        *("Lorem ipsum dolor sit amet, consectetur", "undefined is not a function"),
    ],
)
def test_small_talk_asks_for_nothing(text, known):
    assert asks_nothing(text, known)


@pytest.mark.parametrize(
    "text", ["", "?", "🙂", "12345 678", "90500000", "E21_0607", "2020-07", "3,5 %"]
)
def test_numbers_and_references_ask_for_nothing(text, known):
    assert asks_nothing(text, known)


@pytest.mark.parametrize(
    "text",
    [
        *("Bonjour, je cherche une blanchisserie, merci", "test de résistance des matériaux"),
        *("pallet repair", "Palettenreparatur", "limpieza de oficinas", "переработка окон"),
        *("15 000 PC à reconditionner", "pain", "usinage 5 axes", "lot 3 : menuiserie"),
    ],
)
def test_a_need_asks_for_something_even_politely_or_in_another_language(text, known):
    assert not asks_nothing(text, known)


def test_only_acronyms_make_an_example_of_a_trade_look_like_small_talk(known):
    taken = [trade.code for trade in TRADES if asks_nothing(trade.example, known)]

    assert taken in ([], ["dechets-soins"])


def test_small_talk_is_read_into_no_activity():
    reader = Reader(SMALL_NAF)

    assert understand("Bonjour à vous", reader).naf == ()
    assert understand("12345 678", reader).naf == ()
    assert understand("de la pâtisserie", reader).naf[0].code == "10.71C"


def test_a_trade_heard_is_a_need_whatever_surrounds_it():
    found = understand("Bonjour, ça va ? VAE", Reader(SMALL_NAF))

    assert "30.92Z" in [each.code for each in found.naf]


def test_hardly_any_real_title_is_taken_for_small_talk(mirror: Path):
    known = encode([*labels(mirror), *TRADES_SAID])

    taken = [title for title in titles(mirror) if asks_nothing(title, known)]

    assert len(taken) <= MOST_REFUSED


def labels(mirror: Path) -> list[str]:
    with (mirror / "nomenclatures" / "naf_rev2.csv").open(encoding="utf-8") as file:
        return [row["LIB_NIV5"] for row in csv.DictReader(file)]


def titles(mirror: Path) -> list[str]:
    """Return titles of notices that hold a word without a digit, one day in so many."""
    with gzip.open(mirror / "boamp" / "boamp_2021_T1.csv.gz", "rt", encoding="utf-8") as file:
        objects = [row["objet"] for row in csv.DictReader(file)]
    worded = [each for each in objects if any(word.isalpha() for word in each.split())]
    return worded[:: len(worded) // TITLES]
