import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import InvalidRequestError
from essor.rules.facts import Facts, evidence_of, parse_fact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("disadvantaged_share=62 %", ("disadvantaged_share", 0.62)),
        ("disadvantaged_share = 0,62", ("disadvantaged_share", 0.62)),
        ("is_unlisted=OUI", ("is_unlisted", True)),
        ("is_unlisted=non", ("is_unlisted", False)),
        ("contract_years=4", ("contract_years", 4.0)),
        ("ess_family=cooperative", ("ess_family", "cooperative")),
    ],
)
def test_a_fact_is_read_as_a_person_types_it(text, fact):
    assert parse_fact(text) == fact


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("part=1", "n’est pas un fait"),
        ("disadvantaged_share", "n’est pas un fait"),
        ("statuses=ei", "n’est pas un fait"),
        ("disadvantaged_share=62", "une part entre 0 et 1 ou un pourcentage"),
        ("disadvantaged_share=nan", "une part entre 0 et 1 ou un pourcentage"),
        ("is_unlisted=peut-être", "oui ou non"),
        ("contract_years=inf", "un nombre positif"),
    ],
)
def test_what_is_not_a_fact_is_refused_with_what_is(text, said):
    with pytest.raises(InvalidRequestError, match=said):
        parse_fact(text)


@given(st.text(max_size=40))
def test_any_text_is_a_fact_or_is_refused(text):
    try:
        name, _ = parse_fact(text)
    except InvalidRequestError:
        return

    assert text.strip().startswith(name)


def test_facts_are_a_mapping_that_says_where_each_comes_from():
    facts = Facts({"is_unlisted": True}, {"is_unlisted": "d’après vous"})

    assert dict(facts) == {"is_unlisted": True}
    assert evidence_of(facts, "is_unlisted") == "d’après vous"
    assert evidence_of({"is_unlisted": True}, "is_unlisted") == ""
