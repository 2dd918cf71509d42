import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import SourceError
from essor.sources import epci
from essor.warehouse.header import kept_promises, resolve

NAMES = tuple(column.name for column in epci.SOURCE.columns)


@given(order=st.permutations([*NAMES, "autre"]))
def test_the_order_of_the_columns_changes_nothing(order):
    header = resolve(epci.SOURCE, order)

    assert header.found == {name: name for name in NAMES}
    assert header.missing == ()


def test_an_optional_column_that_lacks_is_missing_and_not_refused():
    header = resolve(epci.SOURCE, ["\ufeffcode", "nom", "type "])

    assert header.found == {"code": "\ufeffcode", "nom": "nom", "type": "type "}
    assert header.missing == ("population_municipale",)


def test_a_name_that_looks_like_nothing_is_not_proposed():
    with pytest.raises(SourceError, match=r"absente : « type »\. Vérifiez"):
        resolve(epci.SOURCE, ["code", "nom", "zzzz"])


def test_the_promises_kept_tell_a_good_separator_from_a_bad_one():
    assert kept_promises(epci.SOURCE, ["code", "nom", "type"]) == 3
    assert kept_promises(epci.SOURCE, ["code;nom;type"]) == 0
