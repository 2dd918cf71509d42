"""The measuring commands keep their contract: JSON lines in, one answer per line out."""

import io
import json

import pytest
from benchmarks.__main__ import NOT_BUILT, TASKS, main
from tests.territory.small_country import opened, staged

from benchmarks import ess, geocode


@pytest.fixture
def asked(monkeypatch):
    """Return a function that gives lines to stdin."""

    def give(*lines):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return give


@pytest.fixture
def released(essor_home):
    """Write the tables of the small country where a release has them."""
    tables = essor_home.releases / "current" / "tables"
    tables.mkdir(parents=True)
    with opened(staged()) as country:
        for name in geocode.TABLES:
            country.execute(f"COPY {name} TO '{tables}/{name}.parquet' (FORMAT parquet)")


def answers(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_town_is_answered_with_its_point_or_null(asked, released, capsys):
    asked(
        {"id": "a", "city": "Metz", "postcode": "57000"},
        {"id": "b", "city": "Nulle part", "postcode": ""},
        {"id": "c", "city": None, "postcode": "57950"},
    )

    assert main(["geocode"]) == 0

    assert answers(capsys) == [
        {"id": "a", "lon": 6.176, "lat": 49.120},
        {"id": "b", "lon": None, "lat": None},
        {"id": "c", "lon": 6.152, "lat": 49.095},
    ]


def test_without_a_release_the_embedded_demonstration_answers(asked, essor_home, capsys):
    asked({"id": "a", "city": "Hauteville-Lompnes", "postcode": "01110"})

    assert main(["geocode"]) == 0

    (answer,) = answers(capsys)
    assert answer["lon"] == pytest.approx(5.60, abs=0.1)
    assert answer["lat"] == pytest.approx(45.98, abs=0.1)


def test_a_line_that_is_no_question_is_told_and_the_others_answered(asked, released, capsys):
    asked(
        "{not json", "[1]", "", {"city": "Metz"}, {"id": "d", "city": "Toul", "postcode": "54200"}
    )

    assert main(["geocode"]) == 0

    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["d"]
    assert told.err.count("not a question") == 3


def test_a_legal_form_is_of_the_social_economy_outside_it_or_silent(asked, capsys):
    asked(
        {"id": "association", "legal_form": "9220", "naf": "62.01Z"},
        {"id": "company", "legal_form": "5710", "naf": "62.01Z"},
        {"id": "commune", "legal_form": "7210", "naf": "84.11Z"},
        {"id": "nothing", "legal_form": None, "naf": None},
    )

    assert main(["ess"]) == 0

    found = answers(capsys)
    assert [each["ess"] for each in found] == [True, None, False, None]
    assert all(each["basis"] for each in found)


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["../geocode"]])
def test_an_unknown_task_is_not_built_and_writes_nothing_on_stdout(arguments, capsys):
    assert main(arguments) == NOT_BUILT == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "geocode" in told.err


def test_a_task_whose_module_is_not_there_is_not_built(monkeypatch, capsys):
    monkeypatch.setitem(TASKS, "future", "benchmarks.future")

    assert main(["future"]) == NOT_BUILT


def test_a_module_missing_inside_a_task_is_no_task_missing(monkeypatch, tmp_path):
    (tmp_path / "a_broken_task.py").write_text("import a_module_that_nobody_wrote\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(TASKS, "broken", "a_broken_task")

    with pytest.raises(ModuleNotFoundError, match="nobody_wrote"):
        main(["broken"])


@pytest.mark.parametrize("task", [geocode, ess])
def test_every_task_has_an_entry_that_takes_its_options(task, asked, released):
    asked()

    assert task.main(["--some", "option"]) == 0
