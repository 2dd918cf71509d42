"""What holds of linkage whatever the register, the queries and their texts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.linkage.confidence import decide
from essor.linkage.entries import Entry, Outcome, Query
from essor.linkage.normalised import read_name
from essor.linkage.register import Register

WORDS = (
    "atelier", "jardin", "lorraine", "frontieres", "bois", "verre", "textile", "soudure", "recyclage",
    "palette", "imprimerie", "couture", "menuiserie", "conserverie", "brasserie", "ressourcerie", "metal",
    "plastique", "papier", "cycle", "energie", "solidaire", "insertion",
)  # fmt: skip
TITLES = ("Association", "SARL", "ESAT", "Les", "Coopérative", "")
TOWNS = (("Metz", "57000"), ("Nancy", "54000"), ("Épinal", "88000"), ("Saint-Dié", "88100"))

ENTRIES = st.builds(
    lambda siren, title, words, town, street: Entry(
        f"999{siren:06}", f"{title} {' '.join(words)}".strip(), street, town[1], town[0]
    ),
    st.integers(0, 999_999),
    st.sampled_from(TITLES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True),
    st.sampled_from(TOWNS),
    st.sampled_from(("", "3 rue du Port", "12 bis avenue Foch")),
)
REGISTERS = st.lists(ENTRIES, min_size=1, max_size=25)
QUERIES = st.lists(st.builds(Query, st.text(max_size=30), city=st.text(max_size=10)), max_size=5)


def itself(entry):
    return Query(entry.name, entry.address, entry.postcode, entry.city)


@settings(max_examples=60, deadline=None)
@given(REGISTERS, QUERIES, st.randoms())
def test_no_answer_depends_on_the_order_of_the_register(entries, queries, shuffle):
    asked = [*queries, *map(itself, entries)]
    shuffled = shuffle.sample(entries, len(entries))

    found = Register.from_rows(entries).link(asked)

    assert Register.from_rows(shuffled).link(asked) == found


@settings(max_examples=60, deadline=None)
@given(REGISTERS, QUERIES, st.randoms())
def test_no_answer_depends_on_the_other_queries_nor_on_their_order(entries, queries, shuffle):
    register = Register.from_rows(entries)
    asked = [*queries, *map(itself, entries)]
    order = shuffle.sample(range(len(asked)), len(asked))

    found = register.link(asked)

    assert register.link([asked[at] for at in order]) == [found[at] for at in order]


def places(entries):
    """Return the SIRENs of each whole text of an entry: two SIRENs of one text cannot be told apart."""
    held: dict[tuple[str, ...], set[str]] = {}
    for entry in entries:
        held.setdefault((entry.name.lower(), entry.city, entry.address), set()).add(entry.siren)
    return held


@settings(max_examples=60, deadline=None)
@given(REGISTERS)
def test_an_entry_linked_to_itself_comes_first(entries):
    found = Register.from_rows(entries).link([itself(entry) for entry in entries])

    held = places(entries)
    for entry, candidates in zip(entries, found, strict=True):
        assert candidates[0].siren in held[(entry.name.lower(), entry.city, entry.address)]


def test_an_entry_among_unlike_ones_linked_to_itself_is_accepted():
    entries = [
        Entry(
            f"999{at:06}",
            f"{TITLES[at % 5]} {one} {other}",
            f"{at} rue du Port",
            *TOWNS[at % 4][::-1],
        )
        for at, (one, other) in enumerate(zip(WORDS[::2], WORDS[1::2], strict=False))
    ]

    decisions = [
        decide(each) for each in Register.from_rows(entries).link(list(map(itself, entries)))
    ]

    assert [each.siren for each in decisions] == [entry.siren for entry in entries]


@settings(max_examples=60, deadline=None)
@given(REGISTERS, QUERIES)
def test_scores_are_probabilities_best_first_and_together_at_most_one_for_two(entries, queries):
    for candidates in Register.from_rows(entries).link([*queries, *map(itself, entries)]):
        scores = [each.score for each in candidates]

        assert all(0 <= score <= 1 for score in scores)
        assert sum(scores[:2]) <= 1 + 1e-9


def noisy(draw, text, letters):
    for _ in range(letters):
        at = draw.randrange(len(text))
        text = text[:at] + draw.choice("abcdefghijklmnopqrstuvwxyz") + text[at + 1 :]
    return text


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_more_letters_are_wrong_the_less_sure_the_right_answer_is_on_average(seed):
    draw = random.Random(seed)
    names = dict.fromkeys(
        " ".join((draw.choice(TITLES), *draw.sample(WORDS, 2))).strip() for _ in range(300)
    )
    entries = [
        Entry(f"999{at:06}", name, "", *draw.choice(TOWNS)[::-1]) for at, name in enumerate(names)
    ]
    register = Register.from_rows(entries)

    means = []
    for letters in (0, 1, 2, 4, 8):
        asked = [Query(noisy(draw, entry.name, letters), city=entry.city) for entry in entries]
        sure = [
            sum(each.score for each in found if each.siren == entry.siren)
            for entry, found in zip(entries, register.link(asked), strict=True)
        ]
        means.append(sum(sure) / len(sure))

    assert means == sorted(means, reverse=True)


def test_ten_thousand_texts_of_all_kinds_are_answered():
    draw = random.Random(20261123)
    register = Register.from_rows(
        Entry(f"999{at:06}", f"{word} {TOWNS[at % 4][0]}", "1 rue du Port", *TOWNS[at % 4][::-1])
        for at, word in enumerate(WORDS)
    )
    kinds = (
        lambda: draw.randrange(32, 127),
        lambda: draw.randrange(0xA0, 0x250),
        lambda: draw.randrange(0, 0x110000),
        lambda: draw.choice(b"<>&;%_'\"\\()[]{}*?:^~!+-=@/.,0123456789"),
        lambda: draw.randrange(0x1F300, 0x1F700),
    )

    def text(longest):
        letter = draw.choice(kinds)
        return "".join(chr(letter()) for _ in range(draw.randrange(longest)))

    def mixed():
        return " ".join((draw.choice((*WORDS, "")), text(30)))

    queries = [
        Query(mixed(), text(20), text(8), draw.choice((text(10), "Metz"))) for _ in range(10_000)
    ]
    found = register.link(queries)

    assert len(found) == len(queries)
    assert all(0 <= each.score <= 1 for candidates in found for each in candidates)
    assert {decide(each).outcome for each in found} <= set(Outcome)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=12), st.text(max_size=60))
def test_a_register_made_of_any_text_finds_that_text_again(name, address, postcode, city):
    entry = Entry("999000005", name, address, postcode, city)

    found = Register.from_rows([entry, Entry("999000006", "Les Jardins")]).link([itself(entry)])[0]

    assert entry in [each.entry for each in found] or not read_name(name).folded
    assert all(0 <= each.score <= 1 for each in found)
