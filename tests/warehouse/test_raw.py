import errno
import gzip
import zipfile
from datetime import date

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from essor.errors import DiskError, SourceError
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table
from essor.warehouse.raw import read_raw, standardise

DAY = date(2026, 3, 1)
PLACES = Source(
    name="places",
    title="Places",
    publisher="Essor",
    licence="Licence Ouverte 2.0",
    page="https://example.org",
    files=("places.csv",),
    cadence=Cadence.YEARLY,
    table=Table("places", "One row per place.", ("siret",), (Column("siret", "string", "SIRET."),)),
    columns=(
        RawColumn("siret", aliases=("N° SIRET",)),
        RawColumn("nom"),
        RawColumn("places", "int32", is_required=False),
    ),
)
LINES = "siret,nom,places\n00012345600011,Atelier,12\n00012345600029,Été,\n"


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def read(connection, tmp_path):
    """Return a function that writes a file, reads it, and gives its account and its rows."""

    def read_content(content, name="places.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        raw = read_raw(connection, PLACES, file, _workdir(tmp_path))
        return raw, _standard(raw.path)

    return read_content


def _workdir(tmp_path):
    workdir = tmp_path / "work"
    workdir.mkdir(exist_ok=True)
    return workdir


def _standard(path):
    backend = ibis.duckdb.connect()
    table = standardise(backend.read_parquet(path), PLACES, DAY)
    return backend.to_pyarrow(table).to_pylist()


def _parquet(columns):
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


EXPECTED = [
    {"siret": "00012345600011", "nom": "Atelier", "places": 12},
    {"siret": "00012345600029", "nom": "Été", "places": None},
]


def _said(rows):
    return [{name: row[name] for name in ("siret", "nom", "places")} for row in rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_whatever_its_separator_and_encoding(read, separator, encoding):
    raw, rows = read(LINES.replace(",", separator).encode(encoding))

    assert _said(rows) == EXPECTED
    assert (raw.rows, raw.rejected_rows, raw.unreadable_values) == (2, 0, ())


def test_windows_line_ends_change_nothing(read):
    _, rows = read(LINES.replace("\n", "\r\n"))

    assert _said(rows) == EXPECTED


def test_a_gzip_file_is_read(read):
    _, rows = read(gzip.compress(LINES.encode()), "places.csv.gz")

    assert _said(rows) == EXPECTED


def test_a_zip_that_holds_one_csv_is_read_and_leaves_nothing_but_the_parquet(read, tmp_path):
    archive = tmp_path / "made.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("StockPlaces_utf8.csv", LINES.encode("cp1252"))
        made.writestr("__MACOSX/._StockPlaces_utf8.csv", b"x")

    _, rows = read(archive.read_bytes(), "places.zip")

    assert _said(rows) == EXPECTED
    assert [file.name for file in (tmp_path / "work").iterdir()] == ["places.parquet"]


def test_a_zip_that_holds_two_files_is_refused(read, tmp_path):
    archive = tmp_path / "made.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.csv", LINES)
        made.writestr("b.csv", LINES)

    with pytest.raises(SourceError, match=r"un seul fichier CSV ou Excel \(2 trouvés\)"):
        read(archive.read_bytes(), "places.zip")


@pytest.mark.parametrize("name", ["places.zip", "places.csv.gz"])
def test_an_archive_that_was_cut_is_refused(read, tmp_path, name):
    archive = tmp_path / "made.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.csv", LINES * 1000)
    whole = archive.read_bytes() if name.endswith("zip") else gzip.compress(LINES.encode() * 1000)

    with pytest.raises(SourceError, match=r"archive endommagée ou tronquée ; récupérez-le"):
        read(whole[: len(whole) // 2], name)


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_workbook_is_read_alone_or_in_its_archive(read, tmp_path, is_archived):
    book = Workbook()
    for line in (["Places, 2026"], ["siret", "nom", "places"], ["00012345600011", "Atelier", 12.0]):
        book.active.append(line)
    file = tmp_path / "made.xlsx"
    book.save(file)
    if is_archived:
        with zipfile.ZipFile(tmp_path / "made.zip", "w") as made:
            made.write(file, "PLACES.XLSX")
        file = tmp_path / "made.zip"

    raw, rows = read(file.read_bytes(), f"places{file.suffix}")

    assert raw.rows == 1
    assert [(row["siret"], row["nom"], row["places"]) for row in rows] == [
        ("00012345600011", "Atelier", 12)
    ]


def test_a_workbook_of_the_old_form_is_refused_and_the_remedy_said(read):
    with pytest.raises(SourceError, match=r"ancien format \(.xls\) ; enregistrez-le en .xlsx"):
        read(b"\xd0\xcf\x11\xe0" + b"\0" * 500, "places.xls")


def test_a_web_page_given_for_a_file_is_refused(read):
    with pytest.raises(SourceError, match="page web"):
        read("\n<!DOCTYPE html><html><body>503</body></html>")


def test_quotes_hold_separators_quotes_and_new_lines(read):
    raw, rows = read('siret,nom\n1,"Chez ""Zoé"", atelier\nde Lyon"\n2,B\n')

    assert [row["nom"] for row in rows] == ['Chez "Zoé", atelier\nde Lyon', "B"]
    assert raw.rows == 2


def test_names_are_trimmed_their_case_ignored_and_their_aliases_known(read):
    raw, rows = read(" N° SIRET ;NOM ;inconnue\n1;A;x\n")

    assert _said(rows) == [{"siret": "1", "nom": "A", "places": None}]
    assert (raw.columns_found, raw.columns_missing) == (("siret", "nom"), ("places",))


def test_a_missing_column_is_named_with_the_nearest_one_found(read):
    with pytest.raises(SourceError, match=r"absente : « siret » \(trouvée : « num_siret » \?\)"):
        read("num_siret,nom\n1,A\n")


def test_every_missing_column_is_named_at_once(read):
    with pytest.raises(SourceError, match=r"absentes : « siret ».*« nom »"):
        read("x,y\n1,A\n")


def test_two_columns_for_one_promise_are_refused(read):
    with pytest.raises(SourceError, match="« siret », « N° SIRET » répondent toutes à « siret »"):
        read("siret,N° SIRET,nom\n1,1,A\n")


def test_two_columns_that_nobody_asked_for_may_bear_one_name(read):
    _, rows = read("siret,nom,,\n1,A,,\n")

    assert _said(rows) == [{"siret": "1", "nom": "A", "places": None}]


@pytest.mark.parametrize("content", ["", "  \n ", "siret,nom,places\n"])
def test_an_empty_file_is_refused(read, content):
    with pytest.raises(SourceError, match=r"est vide|aucune ligne"):
        read(content)


def test_an_absent_file_is_refused(connection, tmp_path):
    with pytest.raises(SourceError, match="introuvable"):
        read_raw(connection, PLACES, tmp_path / "nowhere.csv", tmp_path)


def test_a_broken_line_is_counted_and_named_and_the_others_are_kept(read):
    raw, rows = read("siret,nom\n1,A\n2\n3,C\n4,D,E,F\n5,E\n")

    assert [row["siret"] for row in rows] == ["1", "3", "5"]
    assert (raw.rejected_rows, raw.rejected_lines) == (2, (3, 5))


def test_a_second_file_does_not_inherit_the_rejected_lines_of_the_first(read):
    read("siret,nom\n1,A\n2\n3,C\n")

    raw, _ = read(LINES)

    assert (raw.rejected_rows, raw.rejected_lines) == (0, ())


def test_a_file_whose_lines_are_mostly_broken_is_refused(read):
    with pytest.raises(SourceError, match=r"2 lignes illisibles sur 3 \(lignes 2, 3"):
        read("siret,nom\n1\n2\n3,C\n")


def test_a_value_that_is_not_a_number_is_unknown_and_counted(read):
    raw, rows = read("siret,nom,places\n1,A,douze\n2,B,\n3,C,7\n")

    assert [row["places"] for row in rows] == [None, None, 7]
    assert raw.unreadable_values == (("places", 1),)


def test_a_byte_that_means_nothing_shows_and_loses_no_line(read):
    raw, rows = read("siret,nom\n1,Été\n2,caf".encode() + b"\xff\n3,C\n")

    assert [row["nom"] for row in rows] == ["Été", "caf\ufffd", "C"]
    assert raw.rejected_rows == 0


def test_fiction_is_read_from_the_file_and_false_otherwise(read):
    told, rows = read("siret,nom,is_fictional\n1,A,true\n2,B,\n")
    untold, others = read(LINES)

    assert [row["is_fictional"] for row in rows] == [True, False]
    assert [row["is_fictional"] for row in others] == [False, False]
    assert (told.is_fictional_column, untold.is_fictional_column) == (True, False)


def test_a_parquet_file_is_read_where_it_lies(read, tmp_path):
    raw, rows = read(_parquet({"siret": ["1"], " NOM": ["A"], "places": [3]}), "places.parquet")

    assert raw.path == tmp_path / "places.parquet"
    assert _said(rows) == [{"siret": "1", "nom": "A", "places": 3}]


def test_a_retyped_parquet_column_is_cast_and_what_could_not_be_is_counted(read):
    content = _parquet({"siret": [12, 34], "nom": ["A", "B"], "places": ["3", "x"]})

    raw, rows = read(content, "places.parquet")

    assert _said(rows) == [
        {"siret": "12", "nom": "A", "places": 3},
        {"siret": "34", "nom": "B", "places": None},
    ]
    assert raw.unreadable_values == (("places", 1),)


@pytest.mark.parametrize("kept", [9, 100, -1])
def test_a_truncated_parquet_file_is_refused(read, kept):
    whole = _parquet({"siret": ["1"], "nom": ["A"]})

    with pytest.raises(SourceError, match=r"« places.parquet » est tronqué"):
        read(whole[:kept], "places.parquet")


def test_a_parquet_file_with_a_spoilt_footer_is_refused(read):
    whole = bytearray(_parquet({"siret": ["1"], "nom": ["A"]}))
    whole[-8:-4] = b"\xff\xff\xff\x7f"

    with pytest.raises(SourceError, match="n’est pas un fichier Parquet lisible"):
        read(bytes(whole), "places.parquet")


def test_a_text_called_parquet_is_refused(read):
    with pytest.raises(SourceError, match="n’est pas un fichier Parquet malgré son nom"):
        read(LINES, "places.parquet")


def test_a_parquet_file_that_lacks_a_column_is_refused(read):
    with pytest.raises(SourceError, match="« siret »"):
        read(_parquet({"nom": ["A"]}), "places.parquet")


def test_a_full_disk_is_an_error_for_people_and_leaves_no_debris(read, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("essor.warehouse.unpack.shutil.copyfileobj", refuse)

    with pytest.raises(DiskError, match="libérez de la place"):
        read(gzip.compress(LINES.encode()), "places.csv.gz")
    assert list((tmp_path / "work").iterdir()) == []


def test_a_work_folder_that_cannot_be_written_is_an_error_for_people(connection, tmp_path):
    file = tmp_path / "places.csv"
    file.write_text(LINES)

    with pytest.raises(DiskError, match=r"Impossible d’écrire « places.parquet »"):
        read_raw(connection, PLACES, file, tmp_path / "nowhere")


def test_standardising_computes_nothing_and_takes_no_column_that_was_not_promised():
    table = ibis.table({"siret": "string", "nom": "string", "secret": "string"}, name="places")

    standard = standardise(table, PLACES, DAY)

    assert standard.columns == ("siret", "nom", "places", "is_fictional", "source_date")
    assert "secret" not in ibis.to_sql(standard, dialect="duckdb")


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(min_value=0, max_value=10**14 - 1),
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_a_publisher_quotes_comes_out_as_it_was_written(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    file = folder / "places.csv"
    quoted = ('"{}";"{}"\n'.format(f"{siret:014d}", nom.replace('"', '""')) for siret, nom in rows)
    file.write_text("siret;nom\n" + "".join(quoted), "utf-8")

    with duckdb.connect() as connection:
        raw = read_raw(connection, PLACES, file, folder)

    written = [(f"{siret:014d}", nom) for siret, nom in rows]
    assert [(row["siret"], row["nom"]) for row in _standard(raw.path)] == written


def test_every_file_of_the_mirror_that_a_promise_names_loses_no_line(connection, mirror, tmp_path):
    file = mirror / "finess" / "esat_2025.csv"
    source = Source(
        name="esat",
        title="ESAT",
        publisher="Essor",
        licence="",
        page="",
        files=(),
        cadence=Cadence.YEARLY,
        table=PLACES.table,
        columns=(RawColumn("ET-SIRET"), RawColumn("Capacité autorisée agrégée", "int32")),
    )

    raw = read_raw(connection, source, file, tmp_path)

    assert (raw.rows, raw.rejected_rows, raw.unreadable_values) == (1504, 0, ())
