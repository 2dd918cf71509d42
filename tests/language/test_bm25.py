"""BM25: more for a rare term, more for a short document, nothing for what is not there."""

import numpy as np
import pytest

from essor.language.bm25 import bm25_of


def test_a_document_without_the_term_scores_nothing():
    index = bm25_of([["pain", "four"], ["bois"]])

    assert index.scores(["pain"])[1] == 0
    assert not index.scores(["inconnu"]).any()


def test_a_rare_term_counts_more_than_a_common_one():
    index = bm25_of([["rare", "commun"], ["commun"], ["commun"]])

    assert index.scores(["rare"])[0] > index.scores(["commun"])[0]


def test_a_short_document_is_more_about_its_term_than_a_long_one():
    scores = bm25_of([["bois"], ["bois", *"abcdefgh"]]).scores(["bois"])

    assert scores[0] > scores[1]


def test_the_score_of_a_text_is_the_sum_of_its_terms():
    index = bm25_of([["a", "b"], ["b", "c"]])

    assert np.allclose(index.scores(["a", "b"]), index.scores(["a"]) + index.scores(["b"]))


def test_what_opens_a_text_counts_more_than_what_follows():
    index = bm25_of([["machine"], ["boisson"]])

    machine, boisson = index.opening(["machine", "boisson"])

    assert machine == pytest.approx(2 * boisson)


def test_a_document_covers_the_share_of_a_text_that_it_holds():
    index = bm25_of([["machine", "boisson"], ["tabac"]])

    both, other = index.coverage(["machine", "boisson"])

    assert both == pytest.approx(1)
    assert other == 0
    assert 0 < index.coverage(["machine", "inconnu"])[0] < 1
