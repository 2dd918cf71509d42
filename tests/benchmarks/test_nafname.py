"""The `nafname` command keeps its contract: divisions learned from the names of `--train`, best first."""

import io
import json

import pytest

from benchmarks import nafname

KNOWN = (
    {"name": "Menuiserie Durand", "naf": "16.23Z", "division": "16"},
    {"name": "Menuiserie du parc", "naf": "16.23Z", "division": "16"},
    {"name": "Recyclerie du canal", "naf": "38.32Z", "division": "38"},
    {"name": "Jardins du coteau", "naf": "01.13Z", "division": "01"},
)


@pytest.fixture
def answered(tmp_path, monkeypatch, capsys):
    """Return a function that gives lines to the command and returns its answers."""
    train = tmp_path / "names.jsonl"
    train.write_text("\n".join(json.dumps(known) for known in KNOWN) + "\n\n", "utf-8")

    def answers(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        assert nafname.main(["--train", str(train)]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answers


def test_each_name_has_its_divisions_best_first(answered):
    found = answered(
        '{"id": "a", "name": "MENUISERIE MARTIN"}', '{"id": "b", "name": "recycleries"}'
    )

    assert [each["id"] for each in found] == ["a", "b"]
    assert [each["divisions"][0] for each in found] == ["16", "38"]


def test_a_division_comes_once(answered):
    ((divisions),) = [each["divisions"] for each in answered('{"id": "a", "name": "Menuiserie"}')]

    assert sorted(divisions) == ["01", "16", "38"]


@pytest.mark.parametrize(
    "line", ['{"id": 1}', '{"id": 1, "name": null}', '{"id": 1, "name": "🙂"}']
)
def test_a_name_that_says_nothing_has_the_commonest_division_first(answered, line):
    assert answered(line)[0]["divisions"][0] == "16"


def test_no_question_is_no_answer(answered):
    assert answered("", "  ") == []


@pytest.mark.parametrize("line", ["not json", "[]", "null", '{"name": "without id"}'])
def test_a_line_that_is_no_question_is_skipped(answered, line):
    assert answered(line, '{"id": "b", "name": "Menuiserie"}')[0]["id"] == "b"


def test_the_names_to_learn_from_have_to_be_given(capsys):
    with pytest.raises(SystemExit, match="2"):
        nafname.main([])

    assert "--train" in capsys.readouterr().err


@pytest.mark.parametrize("lines", ["", "not json\n", '{"name": "Menuiserie"}\n'])
def test_a_file_that_teaches_nothing_is_refused_by_its_name(tmp_path, monkeypatch, capsys, lines):
    train = tmp_path / "names.jsonl"
    train.write_text(lines, "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "a", "name": "Menuiserie"}'))

    assert nafname.main(["--train", str(train)]) == 2

    assert "names.jsonl" in capsys.readouterr().err


def test_a_bad_line_of_the_file_does_not_lose_the_others(tmp_path, monkeypatch, capsys):
    train = tmp_path / "names.jsonl"
    train.write_text('not json\n[]\n{"name": "Menuiserie", "division": "16"}\n', "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "a", "name": "Menuiserie"}'))

    assert nafname.main(["--train", str(train)]) == 0

    assert json.loads(capsys.readouterr().out) == {"id": "a", "divisions": ["16"]}
