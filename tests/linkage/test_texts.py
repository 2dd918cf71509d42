import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from essor.linkage.texts import joined, packed

TEXTS = st.lists(st.text(st.characters(exclude_categories=()), max_size=8), max_size=8)


@given(TEXTS)
def test_texts_packed_are_read_back_as_they_were(texts):
    held = packed(texts)

    assert list(held) == texts
    assert [held[rank] for rank in range(len(held))] == texts


@given(TEXTS, TEXTS)
def test_parts_are_joined_in_their_order(some, others):
    assert list(joined([packed(some), packed(others)])) == [*some, *others]


def test_texts_are_taken_in_any_order_and_as_often_as_wanted():
    held = packed(["a", "", "été"])

    assert held.taken(np.array([2, 0, 2, 1])) == ["été".encode(), b"a", "été".encode(), b""]


def test_no_part_is_no_text():
    assert list(joined([])) == []
