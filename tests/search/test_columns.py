import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from essor.search.columns import ColumnWriter

VALUES = st.lists(st.sampled_from(("57", "54", "-", ("esat", "esus"), ())), min_size=1)


def column_of(values, batch=3):
    writer = ColumnWriter()
    for start in range(0, len(values), batch):
        writer.add(values[start : start + batch])
    return writer.column()


@given(VALUES)
def test_a_column_gives_back_each_value(values):
    column = column_of(values)

    assert [column.value(rank) for rank in range(len(values))] == values


@given(VALUES, st.data())
def test_values_are_counted_among_some_documents(values, data):
    some = data.draw(st.lists(st.sampled_from(range(len(values))), unique=True))
    column = column_of(values)

    counted = column.counts(np.array(some, np.uint32))

    found = [values[rank] for rank in some]
    assert counted.tolist() == [found.count(value) for value in column.values]


@given(VALUES, st.data())
def test_a_document_has_one_of_some_values_or_has_not(values, data):
    column = column_of(values)
    wanted = data.draw(st.lists(st.sampled_from(column.values), unique=True))

    has = column.has([column.ranks[value] for value in wanted], None)

    assert has.tolist() == [value in wanted for value in values]


def test_more_values_than_a_byte_can_tell_are_told_apart():
    values = [str(rank) for rank in range(300)]

    column = column_of(values)

    assert [column.value(rank) for rank in (0, 255, 256, 299)] == ["0", "255", "256", "299"]
