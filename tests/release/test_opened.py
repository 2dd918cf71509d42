from dataclasses import replace

import duckdb
import pytest
from tests.release.fake_build import builder

from essor.errors import BrokenReleaseError, NoReleaseError
from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.release.manifest import read_manifest, write_manifest
from essor.release.opened import Release, open_release, verify
from essor.tables.catalogue import TABLES


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    build_release(home, builder=builder(rows=3))
    return home


def opened_for_writing(home, path):
    """Return a file of release 1, its seal broken, as an administrator could."""
    file = store.folder_of(home, 1) / path
    file.parent.chmod(0o755)
    file.chmod(0o644)
    return file


def rewrite_manifest(home, **changes):
    path = opened_for_writing(home, "manifest.json")
    write_manifest(replace(read_manifest(path), **changes), path)


def test_every_table_of_the_catalogue_can_be_queried(home):
    connection = open_release(home).connect(threads=1)

    names = [row[0] for row in connection.execute("SHOW TABLES").fetchall()]

    assert sorted(names) == sorted(table.name for table in TABLES)
    assert connection.execute("SELECT count(*) FROM establishments").fetchone() == (3,)


def test_without_a_build_a_person_is_told_what_to_run(tmp_path):
    with pytest.raises(NoReleaseError, match="lancez `essor demo`, ou `essor sync` puis"):
        open_release(Home(tmp_path / "nowhere"))


def test_a_number_never_built_is_refused(home):
    with pytest.raises(NoReleaseError, match="La version 8 n’existe pas"):
        open_release(home, 8)


def test_a_link_to_a_release_that_was_deleted_is_said(home):
    store.remove(store.folder_of(home, 1))

    with pytest.raises(NoReleaseError, match=r"La version en service \(1\) n’est plus"):
        open_release(home)


def test_an_older_release_can_be_opened_by_its_number(home):
    build_release(home, builder=builder(rows=5))

    release = open_release(home, 1)

    assert release.connect().execute("SELECT count(*) FROM naf").fetchone() == (3,)


def test_an_open_release_does_not_move_when_another_comes_in_service(home):
    before = open_release(home)
    connection = before.connect()

    build_release(home, builder=builder(rows=9))

    assert connection.execute("SELECT count(*) FROM naf").fetchone() == (3,)
    assert before.connect().execute("SELECT count(*) FROM naf").fetchone() == (3,)
    assert open_release(home).connect().execute("SELECT count(*) FROM naf").fetchone() == (9,)


def test_a_missing_file_is_named_at_opening(home):
    opened_for_writing(home, "tables/statuses.parquet").unlink()

    with pytest.raises(BrokenReleaseError, match=r"tables/statuses\.parquet manque"):
        open_release(home)


def test_a_truncated_file_is_named_at_opening(home):
    file = opened_for_writing(home, "tables/statuses.parquet")
    file.write_bytes(file.read_bytes()[:-1])

    with pytest.raises(BrokenReleaseError, match=r"statuses\.parquet fait \d+ octets au lieu de"):
        open_release(home)


def test_an_unreadable_manifest_is_refused_at_opening(home):
    opened_for_writing(home, "manifest.json").write_text("{")

    with pytest.raises(BrokenReleaseError, match="illisible"):
        open_release(home)


def test_a_release_without_manifest_is_refused_at_opening(home):
    opened_for_writing(home, "manifest.json").unlink()

    with pytest.raises(BrokenReleaseError, match="illisible"):
        open_release(home)


def test_a_release_of_another_time_that_lacks_a_table_is_refused(home):
    tables = open_release(home).manifest.tables
    rewrite_manifest(home, tables=tuple(table for table in tables if table.name != "naf"))

    with pytest.raises(BrokenReleaseError, match="table naf absente"):
        open_release(home)


def test_a_sound_release_is_verified(home):
    verify(open_release(home))


@pytest.mark.parametrize("path", ["tables/organisations.parquet", "contours/regions.geojson"])
def test_one_altered_byte_is_found_by_verification_alone(home, path):
    file = opened_for_writing(home, path)
    content = bytearray(file.read_bytes())
    content[0] ^= 1
    file.write_bytes(content)
    release = open_release(home)

    with pytest.raises(BrokenReleaseError, match=f"le contenu de {path} a changé"):
        verify(release)


def test_a_column_of_another_type_is_found_by_verification(tmp_path):
    home = Home(tmp_path)

    def retyped(home, folder, engine, progress):
        built = builder()(home, folder, engine, progress)
        path = folder / "tables" / "statuses.parquet"
        duckdb.sql(
            f"COPY (SELECT * REPLACE ('x' AS places) FROM read_parquet('{path}')) "
            f"TO '{path.with_suffix('.new')}' (FORMAT parquet)"
        )
        path.with_suffix(".new").replace(path)
        return built

    build_release(home, builder=retyped)

    with pytest.raises(BrokenReleaseError, match=r"statuses\.places est de type VARCHAR .*INTEGER"):
        verify(open_release(home))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/essor-must-not-write.csv'",
        "ATTACH '/tmp/essor-must-not-attach.db'",
        "SET threads = 1",
        "INSTALL spatial",
    ],
)
def test_a_connection_reaches_nothing_but_its_release(home, query):
    connection = open_release(home).connect()

    with pytest.raises(duckdb.Error):
        connection.execute(query)


def test_a_connection_may_hold_temporary_tables(home):
    connection = open_release(home).connect()

    connection.execute("CREATE TEMP TABLE kept AS SELECT siren FROM organisations")

    assert connection.execute("SELECT count(*) FROM kept").fetchone() == (3,)


def test_a_cursor_of_a_connection_reads_the_same_release(home):
    connection = open_release(home).connect()

    assert connection.cursor().execute("SELECT count(*) FROM naf").fetchone() == (3,)


@pytest.mark.parametrize("name", ["l'été", 'with "quotes"', "stars*and[brackets]?", "a b"])
def test_a_home_may_have_any_name(tmp_path, name):
    home = Home(tmp_path / name)
    build_release(home, builder=plain_builder(tmp_path))

    connection = open_release(home).connect()

    assert connection.execute("SELECT count(*) FROM naf").fetchone() == (3,)


def plain_builder(tmp_path):
    """Return a builder that writes in a plainly named folder, then moves what it wrote."""

    def build(home, folder, engine, progress):
        aside = tmp_path / "aside"
        aside.mkdir()
        built = builder()(home, aside, engine, progress)
        for child in aside.iterdir():
            child.rename(folder / child.name)
        return built

    return build


def test_a_value_is_equal_to_another_reading_of_the_same_release(home):
    release = open_release(home)

    assert release == Release(release.manifest, release.folder)
