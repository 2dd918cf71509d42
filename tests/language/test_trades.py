"""Every trade of the thesaurus helps, and is found whatever the spelling."""

import csv
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import SourceError
from essor.language.analysis import stems
from essor.language.trades import TRADES, Trade, read_trades, trade_of, trades_of

# Processor time within which a sentence is heard.
SLOWEST_SECONDS = 0.002

ONE = """
[[trade]]
code = "palettes"
label = "Palettes"
words = ["palettes"]
naf = ["16.24Z"]
cpv = ["44143000"]
rome = ["H2201"]
presence = ["fabrication"]
reach = "local"
example = "Des palettes"
"""


def codes_of(text: str) -> list[str]:
    return [each.trade.code for each in trades_of(text)]


def column(path: Path, name: str) -> set[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row[name] for row in csv.DictReader(lines)}


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.code)
def test_the_example_of_a_trade_finds_it_first(trade: Trade):
    assert codes_of(trade.example)[0] == trade.code


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.code)
def test_every_word_of_a_trade_finds_it(trade: Trade):
    missed = [word for word in trade.words if trade.code not in codes_of(word)]

    assert missed == []


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.code)
def test_a_word_is_heard_without_accents_nor_capitals(trade: Trade):
    plain = [word.lower().replace("é", "e").replace("è", "e") for word in trade.words]

    assert [word for word in plain if trade.code not in codes_of(word)] == []


def test_the_thesaurus_is_as_wide_as_the_field():
    assert 150 <= len(TRADES) <= 200


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.code)
def test_every_entry_helps(trade: Trade):
    assert helps(trade, TRADES)


@pytest.mark.parametrize("trade", TRADES[::20], ids=lambda trade: trade.code)
def test_an_entry_that_says_what_another_says_already_is_found_out(trade: Trade):
    copied = replace(trade, code="copie")

    assert not helps(copied, (*TRADES, copied))


@pytest.mark.parametrize("trade", TRADES[::20], ids=lambda trade: trade.code)
def test_an_entry_whose_example_speaks_of_another_trade_is_found_out(trade: Trade):
    deaf = replace(trade, code="sourd", words=("quincaillerie de marine à voile",))

    assert not helps(deaf, (*TRADES, deaf))


def helps(trade: Trade, among: tuple[Trade, ...]) -> bool:
    """Return whether the example of a trade is understood better with it than without it.

    Better: its codes, in the three nomenclatures, come higher than those the other trades would give.
    """
    without = tuple(each for each in among if each is not trade)
    return ranks(trade, among) < ranks(trade, without)


def ranks(trade: Trade, among: tuple[Trade, ...]) -> tuple[int, ...]:
    """Return where the first code of a trade comes in each nomenclature, for its example."""
    found = trades_of(trade.example, among)
    told = (
        [code for each in found for code in each.trade.naf],
        [code for each in found for code in each.trade.cpv],
        [code for each in found for code in each.trade.rome],
    )
    wanted = (trade.naf[0], trade.cpv[0], trade.rome[0])
    return tuple(
        codes.index(code) if code in codes else len(codes) + 1_000
        for codes, code in zip(told, wanted, strict=True)
    )


def test_a_word_heard_as_another_of_the_same_trade_is_refused():
    idle = ONE.replace('["palettes"]', '["palettes", "palette"]')

    with pytest.raises(SourceError, match="« palette » ne change rien"):
        read_trades(idle)


def test_an_acronym_is_heard_in_a_sentence():
    assert codes_of("Enlèvement hebdomadaire des DASRI d'un cabinet") == ["dechets-soins"]


@pytest.mark.parametrize(
    "text", ["Bonjour, ça va ?", "planches de 12 cm", "lot de 3", "50 000 pièces par mois"]
)
def test_an_acronym_is_not_heard_in_the_word_its_stem_makes(text):
    acronyms = {"cycles", "electronique", "recyclage-bois", "vehicules-hors-usage"}

    assert not acronyms & set(codes_of(text))


def test_a_name_of_people_together_says_no_assembling():
    assert codes_of("RECONSTRUIRE ENSEMBLE") == []


def test_a_vine_is_no_vegetable():
    assert codes_of("SCIC VIGNE DE COCAGNE") == ["viticulture"]


@pytest.mark.parametrize(
    ("text", "code"), [("réparation de vae", "cycles"), ("collecte de deee", "deee")]
)
def test_an_acronym_is_heard_in_small_letters(text, code):
    assert code in codes_of(text)


def test_no_expression_has_two_trades_once_cut_to_its_stems():
    owners: dict[tuple[str, ...], set[str]] = {}
    for trade in TRADES:
        for word in trade.words:
            owners.setdefault(tuple(stems(word)), set()).add(trade.code)

    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_every_code_stands_in_its_nomenclature(mirror: Path):
    folder = mirror / "nomenclatures"
    naf = column(folder / "naf_rev2.csv", "NIV5")
    cpv = {code[:8] for code in column(folder / "cpv_2008_fr.csv", "code")}
    rome = column(folder / "rome.csv", "code_rome")

    unknown = [
        (trade.code, code)
        for trade in TRADES
        for known, codes in ((naf, trade.naf), (cpv, trade.cpv), (rome, trade.rome))
        for code in codes
        if code not in known
    ]

    assert unknown == []


def test_the_need_of_the_brief_is_heard():
    found = trades_of(
        "recyclage de fenêtres en fin de vie autour de Metz, 600 t par an, marché réservé"
    )

    assert found[0].trade.code == "fenetres-fin-de-vie"
    assert "38.32Z" in found[0].trade.naf
    assert "recyclage fenêtres" in found[0].words


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("D3E", "deee"),
        ("deee", "deee"),
        ("calcin", "calcin-verre"),
        ("reparation de palletes", "palettes"),
        ("blanchiserie", "blanchisserie"),
        ("menuiseri PVC", "menuiserie-pvc"),
        ("nous voulons recycler nos ordinateurs", "reconditionnement-informatique"),
        ("MONTAGE DE SOUS-ENSEMBLES", "montage-assemblage"),
    ],
)
def test_jargon_typos_and_verbs_are_heard(typed: str, code: str):
    assert codes_of(typed)[0] == code


def test_a_longer_expression_silences_the_one_inside_it():
    assert codes_of("menuiserie PVC") == ["menuiserie-pvc"]


def test_a_factory_is_no_machining():
    assert "usinage" not in codes_of("Notre usine est à Metz")


@pytest.mark.parametrize(
    "text", ["", "a", "12 345", "🙂🙂", "the weather is nice today", "<p></p>"]
)
def test_a_text_without_a_trade_has_none(text: str):
    assert trades_of(text) == ()


def test_a_trade_is_found_by_its_code():
    assert trade_of("palettes") in TRADES
    assert trade_of("astrologie") is None


def test_hearing_is_quick():
    sentences = [trade.example for trade in TRADES]
    trades_of(sentences[0])

    taken = []
    for sentence in sentences:
        started = time.process_time()
        trades_of(sentence)
        taken.append(time.process_time() - started)

    assert median(taken) < SLOWEST_SECONDS


def test_a_thesaurus_of_one_trade_is_read():
    (trade,) = read_trades(ONE)

    assert (trade.code, trade.reach) == ("palettes", "local")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (ONE.replace('"16.24Z"', '"1624Z"'), "naf"),
        (ONE.replace('"local"', '"lunaire"'), "reach"),
        (ONE.replace('label = "Palettes"', ""), "label"),
        ("[[trade", "TOML"),
        (ONE + ONE, "deux fois"),
        (ONE + ONE.replace('code = "palettes"', 'code = "caisses"'), "shared"),
    ],
)
def test_a_wrong_thesaurus_is_refused_with_its_place(wrong: str, told: str):
    with pytest.raises(SourceError, match=told):
        read_trades(wrong)


def test_a_declared_word_may_have_two_trades():
    declared = 'shared = ["palettes"]' + ONE + ONE.replace('code = "palettes"', 'code = "caisses"')

    assert len(read_trades(declared)) == 2


@given(st.text())
def test_no_text_makes_it_fail(text: str):
    assert all(0 < each.score < 1 and each.words for each in trades_of(text))


@given(st.lists(st.sampled_from([word for trade in TRADES for word in trade.words]), max_size=8))
def test_scores_are_in_order_whatever_the_words(said: list[str]):
    scores = [each.score for each in trades_of(", ".join(said))]

    assert scores == sorted(scores, reverse=True)
