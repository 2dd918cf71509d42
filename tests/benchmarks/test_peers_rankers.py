"""The peers that rank texts find what is written, and say what they lack."""

import pytest
from benchmarks.peers import lucene, tantivy_alone, tfidf
from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.ranking import Document

DOCUMENTS = (
    Document("wood", "Fabrication de charpentes et de menuiseries"),
    Document("bread", "Boulangerie et pâtisserie"),
    Document("glass", "Fabrication de verre plat"),
)


def test_tantivy_finds_a_word_by_its_stem():
    queries = ["menuiserie", "des boulangeries", "le"]

    wood, bread, nothing = tantivy_alone.ranked(DOCUMENTS, queries, 2)

    assert [each for each, _ in wood] == ["wood"]
    assert [each for each, _ in bread] == ["bread"]
    assert nothing == []


def test_tantivy_gives_the_best_first_and_no_more_than_asked():
    query = "fabrication de verre"

    (ranked,) = tantivy_alone.ranked(DOCUMENTS, [query], 2)

    assert [each for each, _ in ranked] == ["glass", "wood"]
    assert ranked[0][1] > ranked[1][1]


def test_tfidf_is_said_missing_without_scikit_learn(monkeypatch):
    monkeypatch.setattr(tfidf, "find_spec", lambda _: None)

    with pytest.raises(PeerMissingError, match="scikit-learn"):
        tfidf.by_words(DOCUMENTS, ["verre"], 1)


def test_tfidf_finds_a_word_typed_badly_by_its_pieces():
    (ranked,) = tfidf.by_pieces(DOCUMENTS, ["boulengerie"], 3)

    assert ranked[0][0] == "bread"


def test_lucene_is_said_missing_without_its_jar(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda _: "/bin/true")

    with pytest.raises(PeerMissingError, match="no jar"):
        lucene.ranker(tmp_path / "absent.jar")


def test_lucene_is_said_missing_without_java(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)

    with pytest.raises(PeerMissingError, match="Java"):
        lucene.ranker(None)
