"""Ten thousand texts, whatever they hold, are read without an error, quickly, and always the same."""

import random
import time
from collections.abc import Callable
from statistics import median

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from essor.language.descriptors import rank_labels
from essor.language.presence import presence_of
from essor.language.quantities import quantities_of
from essor.language.trades import TRADES, trades_of
from essor.language.understanding import understand

# Texts read by each function; together they are ten thousand and a few.
TEXTS = 2_500
# Processor time within which five thousand characters are read, and fifty thousand.
SLOWEST_SECONDS = 0.05
SLOWEST_LONG_SECONDS = 0.5

PIECES = (
    *(word for trade in TRADES for word in trade.words),
    *(
        "15 000 PC par an",
        "2,5 M€",
        "entre 3 et 5 t",
        "1.000.000,00",
        "57000",
        "-1",
        "1e400",
        "٣٤٥",
    ),
    *("<b>", "</b>", "<script>", "<!--", "-->", "&eacute;", "&#x0;", "<a href='x'>", "]]>"),
    *(
        "'; DROP TABLE organisations; --",
        '" OR 1=1',
        "naf:38*",
        "(a AND",
        "[0 TO *]",
        "~2",
        "^5",
        "\\",
    ),
    *("🙂", "👩🏽‍🏭", "é", "e\u0301", "\u202e", "\u00ad", "\u200b", "\x00", "ﬁn", "ẞ", "İ"),
    *("the end-of-life windows", "Fensterrecycling", "窓のリサイクル", "إعادة", "переработка"),
    *("\n", "\t", " ", ".", ",", ";", "…", "«", "»", "’", "/", "par", "de", "l'", "d’"),
)
TEXTS_OF_ALL_KINDS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=80),
    st.text("0123456789 .,€%tkm²/'-", max_size=60),
)
FUZZ = settings(
    max_examples=TEXTS,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow],
)
READINGS: dict[str, Callable[[str], object]] = {
    "understand": understand,
    "quantities_of": quantities_of,
    "trades_of": trades_of,
    "presence_of": presence_of,
}
LABELS = ["Menuiserie", "Déchets (collecte)", "Espaces verts"]


@FUZZ
@given(TEXTS_OF_ALL_KINDS)
def test_any_text_is_understood_twice_the_same(text: str):
    found = understand(text)

    assert found == understand(text)
    assert all(0 < each.score <= 1 for each in (*found.naf, *found.cpv, *found.rome))


@FUZZ
@given(TEXTS_OF_ALL_KINDS)
def test_the_quantities_of_any_text_are_finite_and_stand_in_it(text: str):
    found = quantities_of(text)

    assert found == quantities_of(text)
    assert all(0 <= each.value < 1e30 and each.text in text for each in found)


@FUZZ
@given(TEXTS_OF_ALL_KINDS)
def test_the_trades_of_any_text_are_ranked_and_have_their_words(text: str):
    found = trades_of(text)

    assert found == trades_of(text)
    assert all(0 < each.score < 1 and each.words for each in found)


@FUZZ
@given(TEXTS_OF_ALL_KINDS)
def test_the_presence_of_any_text_comes_without_repeats(text: str):
    found = presence_of(text)

    assert found == presence_of(text)
    assert len(found) == len(set(found))


@settings(FUZZ, max_examples=10)
@given(st.lists(TEXTS_OF_ALL_KINDS, min_size=1, max_size=5))
def test_any_titles_get_every_label_once(titles: list[str]):
    ranked = rank_labels(titles, LABELS)

    assert ranked == rank_labels(titles, LABELS)
    assert all(sorted(labels) == sorted(LABELS) for labels in ranked)


def of_length(length: int) -> list[str]:
    """Return texts of that length of which each is hard for somebody."""
    drawn = random.Random(7)
    mixed = " ".join(drawn.choices(PIECES, k=length))
    plain = " ".join(drawn.choices([word for trade in TRADES for word in trade.words], k=length))
    runs = (
        "a",
        "9",
        "9 ",
        "1 000 ",
        "<",
        "<a ",
        "é",
        "🙂",
        "par an ",
        "recyclage ",
        "\n",
        " ",
        ".",
        "'",
    )
    return [text[:length] for text in (mixed, plain, *(run * length for run in runs))]


@pytest.mark.parametrize("name", READINGS)
def test_five_thousand_characters_are_read_at_once(name: str):
    read = READINGS[name]
    read("réparation de palettes")

    slowest = max(usual(read, text) for text in of_length(5_000))

    assert slowest < SLOWEST_SECONDS


@pytest.mark.parametrize("name", READINGS)
def test_fifty_thousand_characters_are_read_in_a_moment(name: str):
    read = READINGS[name]
    read("réparation de palettes")

    slowest = max(once(read, text) for text in of_length(50_000))

    assert slowest < SLOWEST_LONG_SECONDS


def usual(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of a reading, the usual one of three."""
    return median(once(read, text) for _ in range(3))


def once(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of one reading."""
    started = time.process_time()
    read(text)
    return time.process_time() - started
