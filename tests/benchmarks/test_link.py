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
