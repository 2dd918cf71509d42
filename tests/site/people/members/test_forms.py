"""Forms: whatever is typed, what is wrong is said and nothing breaks."""

import string

from hypothesis import given
from hypothesis import strategies as st

from essor.site.members.forms import ClaimForm, DecisionForm, DeletionForm

ADA = "ada@atelier.example"
TEXTS = (
    st.text() | st.text(string.printable, max_size=3_000) | st.sampled_from(["manager", "refuser"])
)


@given(st.dictionaries(st.sampled_from(["role", "preuve", "motif", "decision", "adresse"]), TEXTS))
def test_no_form_breaks_on_what_is_typed(typed: dict[str, str]):
    forms = (ClaimForm(typed), DecisionForm(typed), DeletionForm(typed, email=ADA))

    for form in forms:
        assert form.is_valid() == (form.errors == {})
