"""The public forms: whatever is typed in them, a page answers."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TYPED = st.text(max_size=40) | st.sampled_from(
    ["", "Metz", "57", "-1", "1e400", "nan", "\x00", "=1+1", "<b>", "' OR 1=1", "é" * 3_000]
)


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/annuaire/", "q lieu rayon statut famille naf effectif territoire tous page"),
        ("/annuaire/export.csv", "q lieu rayon statut famille naf effectif territoire"),
        ("/besoins/", "besoin q lieu rayon quantite echeance reserve"),
        ("/observatoire/", "lieu perimetre par mesure tri sens"),
    ],
)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_typed_a_page_answers(
    visitor: Client, page: str, fields: str, data: st.DataObject
):
    names = st.sampled_from(fields.split())
    asked = data.draw(st.dictionaries(names, st.lists(TYPED, max_size=2), max_size=5))

    answer = visitor.get(page, asked)

    assert answer.status_code < 500
