"""The `link` command keeps its contract: one answer per question, best SIREN first."""

import io
import json

import pytest

from benchmarks import link

ROWS = (
    {"siren": "215700001", "name": "Commune de Metz", "postcode": "57000", "city": "Metz"},
    {"siren": "999000005", "name": "Atelier des Prés", "address": None, "city": "Fontoy"},
)


@pytest.fixture
def answered(tmp_path, monkeypatch, capsys):
    """Return a function that gives lines to the command and returns its answers."""
    register = tmp_path / "register.jsonl"
    register.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n", "utf-8")

    def answers(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        assert link.main(["--register", str(register)]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answers


def test_each_question_has_its_candidates_best_first(answered):
    found = answered(
        '{"id": "a", "name": "ville de metz"}',
        '{"id": "b", "name": "ATELIER DES PRES", "city": null}',
    )

    assert [each["id"] for each in found] == ["a", "b"]
    assert [each["candidates"][0]["siren"] for each in found] == ["215700001", "999000005"]


def test_a_name_like_no_other_has_an_empty_answer(answered):
    assert answered('{"id": "a", "name": "zzz"}') == [{"id": "a", "candidates": []}]


def test_a_line_that_is_no_question_is_skipped(answered):
    assert answered("not json", "[]", '{"name": "without id"}', "") == []


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "null",
        "3",
        '"a"',
        "{",
        '{"id": "a"',
        '{"name": "without id"}',
        "\ufeff",
        "[" * 5000,
        '{"id": ' + "9" * 5000 + "}",
    ],
)
def test_a_bad_line_is_told_and_the_others_are_answered(answered, capsys, line):
    found = answered('{"id": "a", "name": "ville de metz"}', line, '{"id": "b", "name": "prés"}')

    assert [each["id"] for each in found] == ["a", "b"]


def test_a_bad_line_is_told_by_its_number(tmp_path, monkeypatch, capsys):
    register = tmp_path / "register.jsonl"
    register.write_text(json.dumps(ROWS[0]) + "\n", "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "name": "metz"}\n\nnot json\n'))

    link.main(["--register", str(register)])

    assert capsys.readouterr().err == "line 3 is not a question with an id\n"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": None, "city": None, "postcode": None, "address": None},
        {"name": 12, "postcode": 57000, "city": ["Metz"]},
        {"name": "x" * 50_000},
        {"name": "\ud800 <b>\x00"},
    ],
)
def test_fields_of_any_kind_are_answered(answered, fields):
    found = answered(json.dumps({"id": 7} | fields))

    assert [each["id"] for each in found] == [7]


def test_a_register_of_blank_lines_and_missing_fields_is_read(tmp_path, monkeypatch, capsys):
    register = tmp_path / "register.jsonl"
    register.write_text('{"siren": "999000005", "name": "Les Prés"}\n\n{"siren": "1"}\n', "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "name": "les pres"}\n'))

    link.main(["--register", str(register)])

    found = json.loads(capsys.readouterr().out)
    assert found["candidates"][0]["siren"] == "999000005"
