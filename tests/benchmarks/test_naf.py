"""The command `naf` keeps its contract: JSON lines in, ranked sub-classes out, with or without the CPF."""

import io
import json

import pytest
from tests.language.small_naf import SMALL_NAF

from benchmarks import naf

TITLES = "cpf\ttitle\tnaf\n10.71.11\tBaguettes «précuites»\t10.71C\n13.20.1\tGaze\t13.20Z|13.92Z\n"


@pytest.fixture(autouse=True)
def released(monkeypatch):
    """Have the release in service know a small NAF."""
    monkeypatch.setattr(naf, "released", lambda: SMALL_NAF)


@pytest.fixture
def asked(monkeypatch):
    def give(*questions):
        lines = "\n".join(json.dumps(question) for question in questions)
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    return give


def answers(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_question_is_answered_with_ranked_sub_classes(asked, capsys):
    asked({"id": "a", "text": "palettes en bois"}, {"id": "b", "text": ""}, {"id": "c"})

    assert naf.main(["--without-cpf"]) == 0

    told = {answer["id"]: answer["codes"] for answer in answers(capsys)}
    assert told["a"][0] == "16.24Z"
    assert told["b"] == told["c"] == []


def test_the_titles_of_a_file_are_known_when_it_is_given(asked, capsys, tmp_path):
    file = tmp_path / "cpf.tsv"
    file.write_text(TITLES, encoding="utf-8")
    asked({"id": "a", "text": "baguettes précuites"})

    assert naf.main(["--cpf", str(file)]) == 0

    assert answers(capsys)[0]["codes"][0] == "10.71C"


def test_a_title_belongs_to_each_of_its_sub_classes(tmp_path):
    file = tmp_path / "cpf.tsv"
    file.write_text(TITLES, encoding="utf-8")

    assert naf.known(file).products[1] == ("Gaze", ("13.20Z", "13.92Z"))
    assert naf.known(None).products == ()


@pytest.mark.parametrize("arguments", [[], ["--without-cpf", "--cpf", "x.tsv"]])
def test_whether_the_cpf_is_known_has_to_be_said(arguments, capsys):
    with pytest.raises(SystemExit, match="2"):
        naf.main(arguments)

    assert "--cpf" in capsys.readouterr().err
