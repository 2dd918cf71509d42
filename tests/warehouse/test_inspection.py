"""A first look at a file: form, wholeness, rows."""

import csv
import gzip
import io
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.warehouse.shelves import write

from essor.errors import SourceError
from essor.warehouse.form import Form
from essor.warehouse.inspection import Inspection, inspect

CSV = b'siren,nom\n1,"un\nnom sur deux lignes"\n2,simple\n'


def parquet(path: Path, rows: int, column: str = "siren") -> Path:
    duckdb.sql(f"SELECT range AS {column} FROM range({rows})").write_parquet(str(path))
    return path


def zipped(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return content.getvalue()


def test_a_quoted_line_break_is_not_a_row(tmp_path: Path):
    file = write(tmp_path / "a.csv", CSV)

    found = inspect(file)

    assert found == Inspection(Form.CSV, 2, is_fictional=False)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"siren;nom\r\n1;a\r\n2;b\r\n", 2),
        (b"\xef\xbb\xbfsiren;nom\n1;a", 1),
        ("siren\tnom\n1\tété\n".encode("cp1252"), 1),
        (b'siren,nom\n1,tube 5" acier\n2,b\n', 2),
        (b"siren,nom\n\n1,a\n\n", 1),
        (b"code\n1\n2\n3\n", 3),
    ],
)
def test_rows_are_counted_whatever_the_separator_and_the_encoding(tmp_path: Path, content, rows):
    file = write(tmp_path / "a.csv", content)

    found = inspect(file)

    assert found.rows == rows


@given(st.lists(st.text(alphabet='ab,;"\n\r ', max_size=6), min_size=1, max_size=20))
def test_every_record_written_is_counted(names):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([["siren", "nom"], *[["1", name] for name in names]])

        found = inspect(file)

    assert found.rows == len(names)


def test_a_parquet_file_is_counted_by_its_own_metadata(tmp_path: Path):
    file = parquet(tmp_path / "a.parquet", 1234)

    found = inspect(file)

    assert found == Inspection(Form.PARQUET, 1234, is_fictional=False)


def test_a_folder_with_brackets_in_its_name_is_no_pattern(tmp_path: Path):
    (tmp_path / "a[b]*").mkdir()
    file = parquet(tmp_path / "source.parquet", 3).rename(tmp_path / "a[b]*" / "a.parquet")

    found = inspect(file)

    assert found.rows == 3


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_invented_rows_are_told_by_their_column(tmp_path: Path, name: str):
    parquet(tmp_path / "a.parquet", 3, "is_fictional")
    write(tmp_path / "a.csv", b"siren,is_fictional\n1,true\n")

    found = inspect(tmp_path / name)

    assert found.is_fictional


def test_compressed_files_are_counted_without_being_written_down(tmp_path: Path):
    squeezed = write(tmp_path / "a.csv.gz", gzip.compress(CSV, mtime=0))
    archive = write(tmp_path / "a.zip", zipped(("a.csv", CSV), ("LISEZMOI.txt", b"bonjour")))

    found = inspect(squeezed), inspect(archive)

    assert [(one.form, one.rows) for one in found] == [(Form.GZIP, 2), (Form.ZIP, 2)]


def test_the_features_of_a_geojson_are_its_rows(tmp_path: Path):
    feature = b'{"type":"Feature","properties":{"code":"01"},"geometry":null}'
    features = b",".join([feature] * 30_000)
    file = write(
        tmp_path / "a.geojson", b'{"type":"FeatureCollection","features":[' + features + b"]}\n"
    )

    found = inspect(file)

    assert found == Inspection(Form.GEOJSON, 30_000, is_fictional=False)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "est vide"),
        (b"\xef\xbb\xbf \n", "est vide"),
        (b"siren,nom\n", "aucune ligne"),
        (b"\n<!DOCTYPE html><html></html>", "page web"),
        (b"siren,nom\n1,a\n2", "tronqué"),
        (b'siren,nom,ville\n1,"a', "tronqué"),
        (b"PAR1 et rien d'autre", "tronqué"),
        (b"PAR1" + b"\0" * 40 + b"PAR1", "endommagé"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature"', "tronqué"),
        (gzip.compress(CSV * 1000, mtime=0)[:-20], "archive"),
        (zipped(("a.csv", CSV * 1000))[:-30], "archive"),
        (gzip.compress(b"", mtime=0), "aucune ligne"),
        (zipped(("[Content_Types].xml", b"<Types/>")), "classeur Excel endommagé"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "l’ancien format .* en .xlsx ou en CSV"),
        (zipped(), "0 trouvés"),
        (zipped(("a.txt", CSV)), r"un seul fichier CSV ou Excel \(0 trouvés\)"),
        (zipped(("a.csv", CSV), ("b.csv", CSV)), r"un seul fichier CSV ou Excel \(2 trouvés\)"),
        (b"x" * 2_000_000, "un million de signes"),
        (b'siren,nom\n1,"' + b"x\n" * 200_000, "illisible"),
    ],
)
def test_what_is_not_a_whole_file_is_refused(tmp_path: Path, content: bytes, why: str):
    file = write(tmp_path / "a", content)

    with pytest.raises(SourceError, match=why):
        inspect(file)


def test_a_truncated_parquet_file_is_refused(tmp_path: Path):
    file = parquet(tmp_path / "a.parquet", 1000)
    file.write_bytes(file.read_bytes()[:-100])

    with pytest.raises(SourceError, match="tronqué"):
        inspect(file)


def test_a_zip_damaged_in_its_middle_is_refused(tmp_path: Path):
    whole = bytearray(zipped(("a.csv", b"siren,nom\n" + b"1,a\n" * 1000)))
    whole[60] ^= 0xFF
    file = write(tmp_path / "a.zip", bytes(whole))

    with pytest.raises(SourceError, match="archive"):
        inspect(file)
