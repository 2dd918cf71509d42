from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import BrokenReleaseError
from essor.release.manifest import (
    FileRecord,
    Manifest,
    TableRecord,
    read_manifest,
    write_manifest,
)
from essor.warehouse.provenance import DateBasis, SourceRecord

PRESENT = SourceRecord(
    name="siae",
    title="Structures de l’insertion",
    publisher="GIP Plateforme de l’inclusion",
    licence="Licence Ouverte 2.0",
    page="https://x.fr",
    is_present=True,
    file="siae.csv",
    published_on=date(2024, 7, 1),
    date_basis=DateBasis.HEADER,
    retrieved_at=datetime(2024, 7, 2, 8, 30, tzinfo=UTC),
    bytes=12,
    sha256="ab",
    rows=3,
    is_fictional=True,
)
ABSENT = SourceRecord(
    name="esat",
    title="ESAT",
    publisher="DREES",
    licence="Licence Ouverte 2.0",
    page="https://x.fr",
    is_present=False,
)
MANIFEST = Manifest(
    number=7,
    built_at=datetime(2024, 7, 3, 9, 0, tzinfo=UTC),
    engine="duckdb",
    versions={"essor": "0.1.0"},
    sources=(ABSENT, PRESENT),
    tables=(TableRecord("naf", 10, 500, "cd"), TableRecord("statuses", 5, 300, "ef")),
    is_fictional=True,
    files=(FileRecord("contours/regions.geojson", 200, "01"),),
)


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    write_manifest(MANIFEST, tmp_path / "manifest.json")

    assert read_manifest(tmp_path / "manifest.json") == MANIFEST


MANIFESTS = st.builds(
    Manifest,
    built_at=st.datetimes(timezones=st.just(UTC)),
    sources=st.lists(
        st.builds(
            SourceRecord,
            published_on=...,
            date_basis=...,
            retrieved_at=st.none() | st.datetimes(timezones=st.just(UTC)),
        )
    ).map(tuple),
)


@given(manifest=MANIFESTS)
def test_any_manifest_is_read_as_it_was_written(tmp_path_factory, manifest):
    path = tmp_path_factory.mktemp("manifest") / "manifest.json"

    write_manifest(manifest, path)

    assert read_manifest(path) == manifest


def test_a_manifest_sums_its_tables_and_its_files():
    assert MANIFEST.rows == 15
    assert MANIFEST.bytes == 1000


@pytest.mark.parametrize("written", ["", "{", "[]", "{}", '"text"', '{"number": 1}', "\x00"])
def test_a_file_that_is_no_manifest_is_refused(tmp_path, written):
    path = tmp_path / "manifest.json"
    path.write_text(written)

    with pytest.raises(BrokenReleaseError, match="illisible"):
        read_manifest(path)


def test_a_truncated_manifest_is_refused(tmp_path):
    path = tmp_path / "manifest.json"
    write_manifest(MANIFEST, path)
    whole = path.read_bytes()

    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BrokenReleaseError, match="essor build"):
        read_manifest(path)


def test_a_manifest_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrokenReleaseError):
        read_manifest(tmp_path / "manifest.json")
