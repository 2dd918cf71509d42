import csv
import io
from collections import Counter
from urllib.parse import urlsplit

import duckdb
import pytest
from openpyxl import Workbook

from essor.sources.catalogue import ATTACHMENTS, CATALOGUE, SOURCES
from essor.sources.source import Cadence
from essor.tables.staged import STATUS_CLAIMS
from essor.warehouse.mirror import open_mirror
from essor.warehouse.raw import read_raw

ESSENTIAL = {
    "sirene_unites_legales",
    "sirene_etablissements",
    "communes",
    "epci",
    "departements",
    "regions",
    "naf",
    "categories_juridiques",
    "tranches_effectifs",
}
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)

TEXT_SOURCES = [
    source for source, _ in CATALOGUE if any(name.endswith(".csv") for name in source.files)
]


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_two_sources_have_one_name():
    assert repeated(source.name for source in SOURCES) == []


def test_no_two_sources_read_one_file():
    assert repeated(file for source in SOURCES for file in source.files) == []


@every_source
def test_a_source_says_who_publishes_it_where_and_under_which_licence(source):
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.cadence in Cadence
    assert urlsplit(source.page).scheme == "https"
    assert source.address is None or urlsplit(source.address).scheme == "https"


@every_source
def test_a_source_promises_its_key_and_names_its_columns_once(source):
    names = [name for column in source.columns for name in (column.name, *column.aliases)]

    assert source.files
    assert source.min_rows >= 1
    assert set(source.table.key) <= set(source.table.names)
    assert repeated(name.strip().lower() for name in names) == []


def test_what_cannot_be_done_without_is_said_essential():
    assert {source.name for source in SOURCES if source.is_essential} == ESSENTIAL


def test_every_source_that_leaves_lines_out_says_which():
    attesting = {source.name for source, _ in CATALOGUE if source.table is STATUS_CLAIMS}

    assert set(ATTACHMENTS) == attesting | {"ess_france"}


def written(columns, separator):
    """Return a CSV file of one line, where each column holds its own name, a letter with an accent beside."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=separator, lineterminator="\n")
    lines.writerow(columns)
    lines.writerow(f"{name} é" for name in columns)
    return text.getvalue()


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-8-sig"), ("|", "utf-16")],
)
@pytest.mark.parametrize("source", TEXT_SOURCES, ids=lambda source: source.name)
def test_every_list_in_text_is_read_whatever_its_separator_and_encoding(
    source, separator, encoding, tmp_path
):
    names = [column.name for column in source.columns]
    file = tmp_path / "donnees.csv"
    file.write_bytes(written(names, separator).encode(encoding))

    with duckdb.connect() as connection:
        raw = read_raw(connection, source, file, tmp_path)
        rows = connection.execute("SELECT * FROM read_parquet(?)", [str(raw.path)]).fetchall()

    assert raw.columns_found == tuple(names)
    assert rows == [tuple(f"{name} é" for name in names)]


@pytest.mark.parametrize("name", ["esus", "scop", "geiq", "entreprises_adaptees"])
def test_a_list_published_as_a_workbook_is_given_as_it_is(name, tmp_path):
    source = next(source for source in SOURCES if source.name == name)
    names = [column.name for column in source.columns]
    workbook = Workbook()
    for line in (["Liste au 1er mars 2026"], names, [f"{name} é" for name in names]):
        workbook.active.append(line)
    workbook.save(tmp_path / "liste.xlsx")
    given = next(file for file in source.files if file.endswith(".xlsx"))
    (tmp_path / given).parent.mkdir()
    (tmp_path / "liste.xlsx").rename(tmp_path / given)

    found = open_mirror(tmp_path, [source]).find(source)
    with duckdb.connect() as connection:
        raw = read_raw(connection, source, tmp_path / given, tmp_path)

    assert found == tmp_path / given
    assert raw.columns_found == tuple(names)
    assert raw.rows == 1
