"""A text is understood with its evidence, and no text whatever is an error."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.language.knowledge import Knowledge, Position
from essor.language.naf import Candidate
from essor.language.presence import Presence
from essor.language.signals import index_of
from essor.language.trades import TRADES, Trade
from essor.language.understanding import Understanding, understand

NEED = "Recyclage de fenêtres en fin de vie autour de Metz, 600 t par an"


class ReaderThatSays:
    """Stands for the reader of a release: it gives the same answer to every text, and knows one."""

    def __init__(self, *candidates: Candidate) -> None:
        self.said = candidates
        self.index = index_of(Knowledge((Position("01.49Z", "Élevage d’escargots"),)))

    def candidates(self, texts: Sequence[str], limit: int = 20) -> list[tuple[Candidate, ...]]:
        return [self.said[:limit] for _ in texts]


def test_a_need_is_understood_whole():
    found = understand(NEED)

    assert found.trades[0].trade.code == "fenetres-fin-de-vie"
    assert found.naf[0].code == "38.32Z"
    assert found.presence[0].presence is Presence.SERVICE
    assert [(each.value, each.unit, each.period) for each in found.quantities] == [(600, "t", "an")]


def test_each_activity_tells_its_trade_and_the_words_that_spoke():
    (evidence, *_) = understand(NEED).naf[0].evidence

    assert evidence.startswith("métier « Dépose et recyclage de fenêtres en fin de vie » : ")
    assert "recyclage fenêtres" in evidence.lower()


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.code)
def test_the_activities_of_a_trade_come_up(trade: Trade):
    found = understand(trade.example)

    assert set(trade.naf) <= {each.code for each in found.naf}
    assert trade.naf[0] in [each.code for each in found.naf[:3]]
    assert set(trade.cpv) <= {each.code for each in found.cpv}
    assert set(trade.rome) <= {each.code for each in found.rome}


def test_a_trade_raises_what_the_reader_hesitated_on():
    reader = ReaderThatSays(
        Candidate("47.11F", 0.4, ("hypermarchés",)), Candidate("38.32Z", 0.35, ("déchets triés",))
    )

    found = understand(NEED, reader)

    assert found.naf[0].code == "38.32Z"
    assert found.naf[0].evidence[0] == "déchets triés"
    assert found.naf[0].evidence[1].startswith("métier")


def test_a_reader_is_followed_where_no_trade_speaks():
    reader = ReaderThatSays(Candidate("01.49Z", 0.9, ("escargots",)))

    found = understand("Des escargots", reader)

    assert [(each.code, each.score) for each in found.naf] == [("01.49Z", 0.9)]


def test_usual_presence_is_told_from_what_is_said():
    found = understand("Palettes Europe")

    assert found.presence[0].presence is Presence.FABRICATION
    assert not found.presence[0].is_said


def test_markup_is_not_read():
    found = understand("<style>p{width: 12 t}</style><p>R&eacute;paration de <b>palettes</b></p>")

    assert found.text == "Réparation de palettes"
    assert found.quantities == ()
    assert found.trades[0].trade.code == "palettes"


def test_a_comparison_is_no_markup():
    assert understand("moins de < 5 t et > 3 t").quantities[0].value == 5


@pytest.mark.parametrize("text", ["", "a", "🙂", "12 345 678", "'; DROP TABLE organisations; --"])
def test_a_text_that_says_nothing_is_understood_as_nothing(text: str):
    assert understand(text).is_empty


def test_a_very_long_text_is_read_to_a_reasonable_length():
    found = understand("réparation de palettes " * 5000)

    assert len(found.text) <= 20_000
    assert found.trades[0].trade.code == "palettes"


@pytest.mark.parametrize("opening", ["<script>", "<!-- ", "<a ", "<", "&lt;"])
def test_a_page_of_unclosed_markup_is_read_in_a_moment(opening: str):
    page = opening * 7000
    started = time.process_time()

    understand(page)

    assert time.process_time() - started < 1


def test_english_is_no_error():
    assert isinstance(understand("We recycle windows and repair pallets"), Understanding)


@given(st.text())
def test_no_text_makes_it_fail(text: str):
    found = understand(text)

    assert all(0 < each.score <= 1 and each.evidence for each in (*found.naf, *found.cpv))


@given(st.text("<>/&;!-abpr ", max_size=200))
def test_no_markup_makes_it_fail(text: str):
    assert isinstance(understand(text), Understanding)
