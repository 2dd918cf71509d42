from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from essor.search.lexicon import LexiconWriter, read_lexicon, write_lexicon

TERMS = st.text("abéz1木", min_size=1, max_size=6)
DOCUMENTS = st.lists(st.lists(TERMS, max_size=4), max_size=12)


def lexicon_of(documents, batch=5):
    writer = LexiconWriter()
    for start in range(0, len(documents), batch):
        writer.add(documents[start : start + batch])
    return writer.lexicon()


@given(DOCUMENTS, TERMS)
def test_a_term_finds_the_documents_that_hold_it_in_order(documents, term):
    lexicon = lexicon_of(documents)

    expected = [rank for rank, terms in enumerate(documents) if term in terms]
    assert lexicon.holding(term).tolist() == expected
    assert lexicon.count(term) == len(expected)


@given(DOCUMENTS, TERMS)
def test_near_a_term_are_those_one_edit_away_and_neither_itself_nor_others(documents, term):
    lexicon = lexicon_of(documents)

    assert sorted(set(lexicon.near(term).tolist())) == [
        rank
        for rank, terms in enumerate(documents)
        if any(OSA.distance(term, each) == 1 for each in terms)
    ]


@given(DOCUMENTS, TERMS)
def test_a_lexicon_written_is_read_the_same(tmp_path_factory, documents, term):
    folder = tmp_path_factory.mktemp("lexicon")
    lexicon = lexicon_of(documents)

    write_lexicon(lexicon, folder, "name")

    again = read_lexicon(folder, "name")
    assert again.holding(term).tolist() == lexicon.holding(term).tolist()
    assert sorted(again.near(term)) == sorted(lexicon.near(term))


def test_a_text_that_utf_8_cannot_write_is_in_no_document():
    assert lexicon_of([["durand"]]).count("\ud800") == 0
