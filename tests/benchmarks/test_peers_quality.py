"""The dev files of the contract are asked to Essor and to the peers alike."""

import json

import pytest
from benchmarks.peers import quality
from benchmarks.peers.figures import Figure, Missing, PeerMissingError

SCORER = """
def score_naf(questions, answers):
    good = [set(q["gold"]) & set(answers.get(q["id"], {}).get("codes", [])[:1]) for q in questions]
    return [{"metric": "all MRR", "value": sum(map(bool, good)) / len(good), "low": 0, "high": 1}]
"""
NOTES = {
    "16.23Z": {"title": "Menuiserie", "includes": ["portes"], "also": [], "excludes": ["verre"]},
    "23.11Z": {"title": "Verre plat", "includes": [], "also": ["miroirs"], "excludes": []},
}


@pytest.fixture
def bench(tmp_path):
    folder = tmp_path / "naf"
    folder.mkdir()
    (tmp_path / "benchlib.py").write_text(SCORER)
    (folder / "naf_notes.json").write_text(json.dumps(NOTES))
    (folder / "cpf_dev.tsv").write_text("cpf\ttitle\tnaf\n23.11.1\tVitrage\t23.11Z\n")
    rows = [{"id": "a", "text": "miroirs", "gold": ["23.11Z"], "industry": True}]
    for name in ("dev_titles.jsonl", "dev_notes.jsonl"):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_a_peer_reads_what_a_sub_class_holds_and_not_what_it_excludes(bench):
    closed, _ = quality.naf_tasks(bench)

    wood = next(each.text for each in closed.documents if each.id == "16.23Z")

    assert "portes" in wood
    assert "verre" not in wood


def test_products_are_known_only_where_the_contract_allows_them(bench):
    closed, opened = quality.naf_tasks(bench)

    texts = [
        next(each.text for each in task.documents if each.id == "23.11Z")
        for task in (closed, opened)
    ]

    assert ["Vitrage" in text for text in texts] == [False, True]


def test_essor_and_the_peer_stand_side_by_side(bench, monkeypatch):
    task = next(quality.naf_tasks(bench))
    ours = task.score(task.questions, {"a": {"codes": ["16.23Z"]}})

    told = list(quality.beside(task, ours, "peer", lambda *_: [[("23.11Z", 1.0)]]))

    figure = next(each for each in told if isinstance(each, Figure))
    assert (figure.essor, figure.peer) == (0.0, 1.0)


def test_a_peer_that_lacks_something_is_told_missing(bench):
    def lacking(*_):
        raise PeerMissingError("not here")

    task = next(quality.naf_tasks(bench))

    told = list(quality.beside(task, (), "peer", lacking))

    assert told == [Missing("peer on naf A1", "not here")]
