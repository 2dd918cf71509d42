"""A pool kept beside a release answers as the one that its tables give."""

import json

import pytest
from tests.matching.made_up import METZ, MOSELLE, need
from tests.matching.register import establishment, registered
from tests.observatory.small_release import small_release

from essor.matching import keeping, prepared
from essor.matching.keeping import keep
from essor.matching.kept import open_kept
from essor.matching.need import Wanted
from essor.matching.suppliers import candidates


def no_trade(_):
    return ()


def shut_to(connection, folder):
    """Shut the connection to the folder, as that of a release is."""
    connection.execute(f"SET allowed_directories = ['{folder}']")
    connection.execute("SET enable_external_access = false")
    return connection


@pytest.fixture
def kept(tmp_path):
    with registered() as connection:
        keep(connection, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "wanted",
    [need(place=METZ, radius_km=60.0), need(zones=(MOSELLE,)), need(statuses=("esat",))],
    ids=["radius", "zone", "status"],
)
def test_a_release_that_keeps_its_pool_answers_as_its_tables(kept, monkeypatch, wanted):
    with registered() as connection:
        from_tables = candidates(connection, wanted, no_trade)
    monkeypatch.delattr(keeping, "keep")

    with shut_to(registered(), kept) as connection:
        from_files = candidates(connection, wanted, no_trade)

    assert from_files == from_tables
    assert from_files.suppliers


def test_a_pool_of_another_version_is_not_read(kept):
    said = kept / "matching" / "pool.json"
    said.write_text(json.dumps(json.loads(said.read_text()) | {"version": 0}))

    assert open_kept(kept) is None


@pytest.mark.parametrize("name", ["pool.json", "sphere.npy", "cards.bin"])
def test_a_pool_of_which_a_file_is_missing_is_not_read(kept, name):
    (kept / "matching" / name).unlink()

    assert open_kept(kept) is None


def test_a_release_without_its_pool_is_read_from_its_tables(tmp_path):
    with shut_to(registered(), tmp_path) as connection:
        found = candidates(connection, need(place=METZ, radius_km=5.0), no_trade)

    assert [each.name for each in found.suppliers] == ["TRI DE METZ", "ESAT DE METZ"]
    assert list(tmp_path.iterdir()) == []


def test_a_release_without_any_supplier_has_nobody_to_read():
    with small_release() as connection:
        found = candidates(connection, need(place=METZ), no_trade)

    assert found.suppliers == ()
    assert not found.is_cut


def test_who_has_no_activity_code_is_kept_and_of_no_trade():
    uncoded = establishment(8, "57463", None, siren="000000001")

    with registered(uncoded) as connection:
        pool = prepared.pool_of(connection)
        found = candidates(connection, need(trades=(Wanted("38.32Z"),)), no_trade)

    assert len(pool) == 7
    assert uncoded["siret"] not in {each.siret for each in found.suppliers}
