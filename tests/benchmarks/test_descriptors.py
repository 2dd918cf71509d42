"""The `descriptors` command keeps its contract: the labels of a file, ranked for each title."""

import io
import json

import pytest

from benchmarks import descriptors

LABELS = ("Menuiserie", "Espaces verts", "Blanchisserie", "Menuiserie")


@pytest.fixture
def answered(tmp_path, monkeypatch, capsys):
    """Return a function that gives lines and options to the command and returns its answers."""
    file = tmp_path / "labels.txt"

    def answers(*lines, labels=LABELS, options=()):
        file.write_text("\n".join(labels) + "\n\n", "utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        assert descriptors.main(["--labels", str(file), *options]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answers


@pytest.mark.parametrize("options", [(), ("--learned",)])
def test_each_title_has_every_label_once_best_first(answered, options):
    found = answered(
        '{"id": "a", "text": "menuiserie bois"}',
        '{"id": "b", "text": "entretien des espaces verts"}',
        options=options,
    )

    assert [each["id"] for each in found] == ["a", "b"]
    assert [each["labels"][0] for each in found] == ["Menuiserie", "Espaces verts"]
    assert all(sorted(each["labels"]) == sorted(set(LABELS)) for each in found)


@pytest.mark.parametrize("options", [(), ("--learned",)])
@pytest.mark.parametrize("line", ['{"id": 1}', '{"id": 1, "text": null}', '{"id": 1, "text": ""}'])
def test_a_title_that_says_nothing_is_still_answered(answered, options, line):
    assert [each["id"] for each in answered(line, options=options)] == [1]


def test_an_answer_holds_no_more_labels_than_are_told(answered):
    many = [f"Libellé {rank}" for rank in range(descriptors.TOLD + 5)]

    (answer,) = answered('{"id": "a", "text": "menuiserie"}', labels=many)

    assert len(answer["labels"]) == descriptors.TOLD


def test_no_label_is_an_empty_answer(answered):
    assert answered('{"id": "a", "text": "menuiserie"}', labels=()) == [{"id": "a", "labels": []}]


def test_no_question_is_no_answer(answered):
    assert answered("", "  ") == []


@pytest.mark.parametrize("line", ["not json", "[]", "null", '{"text": "without id"}'])
def test_a_line_that_is_no_question_is_skipped(answered, line):
    assert [each["id"] for each in answered(line, '{"id": "b", "text": "menuiserie"}')] == ["b"]


def test_the_labels_have_to_be_given(capsys):
    with pytest.raises(SystemExit, match="2"):
        descriptors.main([])

    assert "--labels" in capsys.readouterr().err
