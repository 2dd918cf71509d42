"""A thing recycled, dismantled, collected, repaired or hired is not a thing made."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.language.handling import handled, makes
from essor.language.knowledge import Knowledge, Position
from essor.language.naf import Candidate
from essor.language.presence import Presence
from essor.language.signals import index_of
from essor.language.trades import TRADES, trades_of
from essor.language.understanding import understand

SAID = [word for trade in TRADES for word in trade.words]


class ReaderThatSays:
    """Stands for the reader of a release: it gives the same answer to every text, and knows one."""

    def __init__(self, *candidates):
        self.said = candidates
        self.index = index_of(Knowledge((Position("25.12Z", "Portes et fenêtres"),)))

    def candidates(self, texts, limit=20):
        return [self.said[:limit] for _ in texts]


def activities(text):
    return [each.code for each in understand(text).naf]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("recyclage de fenêtres en fin de vie", "38.32Z"),
        ("recyclage de fenêtres aluminium en fin de vie", "38.32Z"),
        ("recyclage de chaussures", "38.32Z"),
        ("chaussures usagées", "38.32Z"),
        ("réparation de baskets", "95.23Z"),
        ("démontage de bateaux de plaisance", "38.31Z"),
        ("location de vélos", "77.39Z"),
        ("entretien de luminaires", "33.14Z"),
    ],
)
def test_the_act_is_read_before_the_thing(text, first):
    assert activities(text)[0] == first


def test_a_recycled_window_is_no_window_made():
    assert "25.12Z" not in activities("recyclage de fenêtres en fin de vie")

    found = understand("recyclage de fenêtres aluminium en fin de vie")
    assert "25.12Z" not in [each.code for each in found.naf[:5]]
    assert Presence.FABRICATION not in [each.presence for each in found.presence]


@pytest.mark.parametrize(
    "text",
    [
        "Fabrication de chaussures, et recyclage de chaussures",
        "Nous achetons : achat de chaussures et collecte des anciennes",
        "Chaussures en cuir",
        "Chaussures en cuir. Recyclage assuré",
    ],
)
def test_a_thing_made_or_bought_stays_with_its_maker(text):
    assert activities(text)[0] == "15.20Z"


def test_a_trade_that_knows_the_act_is_left_as_it_is():
    text = "réparation de palettes"

    assert handled(text, trades_of(text)).trades == trades_of(text)


def test_a_maker_suggested_by_the_reader_is_held_back_too():
    reader = ReaderThatSays(
        Candidate("25.12Z", 0.6, ("portes et fenêtres en métal",)),
        Candidate("38.32Z", 0.4, ("récupération de déchets triés",)),
    )

    assert understand("recyclage de fenêtres", reader).naf[0].code == "38.32Z"
    assert understand("fenêtres sur mesure", reader).naf[0].code == "25.12Z"


def test_the_evidence_names_the_act():
    (found, *_) = understand("recyclage de chaussures").naf

    assert found.evidence == ("recyclage de ce que dit « chaussures »",)


def test_making_is_growing_extracting_making_or_supplying():
    assert [makes(code) for code in ("01.13Z", "25.12Z", "35.11Z", "38.32Z", "33.19Z")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*SAID, "recyclage de", "location", "usagés", "."]), max_size=6))
def test_no_trade_is_lost_nor_raised_by_what_is_done_to_its_things(said):
    text = " ".join(said)
    before = {each.trade.code: each.score for each in trades_of(text)}

    after = {each.trade.code: each.score for each in handled(text, trades_of(text)).trades}

    assert after.keys() == before.keys()
    assert all(after[code] <= before[code] for code in before)
