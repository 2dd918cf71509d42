"""A JSON tree read as lines, and refused when it is not one."""

import io

import pytest

from essor.errors import SourceError
from essor.warehouse.form import Form, form_of
from essor.warehouse.inspection import Inspection, inspect
from essor.warehouse.json_tree import lines_of, write_lines


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "notes.json"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_each_text_is_a_line_with_the_names_that_lead_to_it(written):
    path = written('{"13.20Z": {"title": "Tissage", "inc": ["coton", "laine"], "exc": []}}')

    lines = list(lines_of(path))

    assert lines == [
        ("13.20Z", "title", 0, "Tissage"),
        ("13.20Z", "inc", 0, "coton"),
        ("13.20Z", "inc", 1, "laine"),
    ]


def test_the_lines_are_written_as_a_csv_that_keeps_commas_and_accents(written):
    out = io.BytesIO()

    write_lines(written('{"a": {"b": ["été, hiver"]}}'), out)

    assert out.getvalue().decode("utf-8") == 'key,field,rank,text\na,b,0,"été, hiver"\n'


def test_a_first_look_counts_the_texts(written):
    assert inspect(written('{"a": {"b": ["c", "d"]}}')) == Inspection(
        Form.JSON, 2, is_fictional=False
    )


def test_an_object_with_a_type_is_geojson(written):
    assert form_of(written('{"type": "FeatureCollection", "features": []}')) is Form.GEOJSON


@pytest.mark.parametrize(
    "text", ['{"a": {"b": ["c"', '{"a": 1}', '{"a": {"b": [1]}}', '{"a": {"b": null}}']
)
def test_what_is_no_whole_tree_of_texts_is_refused(written, text):
    with pytest.raises(SourceError, match="JSON"):
        list(lines_of(written(text)))
