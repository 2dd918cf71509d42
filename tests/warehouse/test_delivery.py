"""Deliveries: what a publisher or a mirror hands over, verified before anything is replaced."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.loopback import Whim, publishing
from tests.warehouse.shelves import AT_REST, OPTIONS, PATH, SIAE, at, held, names, one, rows, write

from essor.errors import DiskError, DownloadError, SourceError
from essor.warehouse import downloads
from essor.warehouse.downloads import shelf_of
from essor.warehouse.sync import SyncState, sync


def test_a_file_that_has_not_changed_is_not_downloaded_again(essor_home, publisher):
    source = at(publisher.address(PATH))
    first = one(source, essor_home)

    again = one(source, essor_home)

    assert again.state is SyncState.UNCHANGED
    assert again.record == first.record
    assert publisher.statuses() == [200, 416, 304]


def test_a_file_deleted_by_hand_is_downloaded_again(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    (shelf_of(essor_home, "siae").folder / "siae_2020.csv").unlink()

    one(source, essor_home)

    assert held(essor_home) == rows(1000)
    assert publisher.statuses() == [200, 416, 200, 416]


def test_a_server_that_announces_too_little_is_refused(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    content = rows(1200, "autre")
    write(publisher.folder / PATH, content)
    publisher.will(PATH, Whim(claimed_bytes=len(content) - 5))

    outcome = one(source, essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert "plus que les" in outcome.sentence
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST | {".version.json"}


def test_a_server_that_announces_too_much_is_refused(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    content = rows(1200, "autre")
    write(publisher.folder / PATH, content)
    lie = Whim(claimed_bytes=len(content) + 5, ignores_range=True)
    publisher.will(PATH, lie, lie, lie)

    outcome = one(source, essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert held(essor_home) == rows(1000)


def test_a_published_fingerprint_is_verified(essor_home, publisher):
    source = replace(
        at(publisher.address(PATH)), checksum_address=publisher.address(f"{PATH}.sha256")
    )

    outcome = one(source, essor_home)

    assert outcome.state is SyncState.NEW


def test_a_file_without_its_published_fingerprint_is_refused(essor_home, publisher):
    write(publisher.folder / "sommes.txt", b"ab" * 32)
    source = replace(at(publisher.address(PATH)), checksum_address=publisher.address("sommes.txt"))

    outcome = one(source, essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert "empreinte" in outcome.sentence
    assert not shelf_of(essor_home, "siae").folder.exists()


def test_a_mirrors_file_is_copied_with_the_date_of_its_name(essor_home, folder):
    outcome = one(SIAE, essor_home, folder)

    assert outcome.state is SyncState.NEW
    assert outcome.record is not None
    assert outcome.record.published_on == date(2020, 12, 31)
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST


def test_a_mirrors_file_already_in_place_is_not_copied_again(essor_home, folder, monkeypatch):
    first = one(SIAE, essor_home, folder)
    monkeypatch.setattr("essor.warehouse.delivery.copy", None)

    again = one(SIAE, essor_home, folder)

    assert again.state is SyncState.UNCHANGED
    assert again.record == first.record


def test_a_date_added_to_a_mirrors_manifest_reaches_the_record(essor_home, folder):
    one(SIAE, essor_home, folder)
    write(folder / "manifest.json", b'{"fichiers": [], "date": "2026-03-01"}')

    outcome = one(SIAE, essor_home, folder)

    assert outcome.state is SyncState.UNCHANGED
    assert outcome.record is not None
    assert outcome.record.published_on == date(2026, 3, 1)


def test_a_source_absent_from_the_mirror_keeps_its_former_file(essor_home, folder):
    one(SIAE, essor_home, folder)
    other = replace(SIAE, name="geiq", files=("geiq.csv",))
    (folder / PATH).rename(folder / "geiq.csv")

    absent, arrived = sync([SIAE, other], essor_home, from_dir=folder, options=OPTIONS)

    assert absent.state is SyncState.ABSENT
    assert "l’ancien fichier est gardé" in absent.sentence
    assert arrived.state is SyncState.NEW
    assert held(essor_home) == rows(1000)


def test_a_damaged_mirrors_file_is_refused_and_the_former_kept(essor_home, folder):
    one(SIAE, essor_home, folder)
    manifest = f'{{"fichiers": [{{"path": "{PATH}", "sha256": "{"ab" * 32}"}}]}}'
    write(folder / PATH, rows(1000, "abîmée"))
    write(folder / "manifest.json", manifest.encode())

    outcome = one(SIAE, essor_home, folder)

    assert isinstance(outcome.error, SourceError)
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST


def test_a_disk_that_fills_up_loses_nothing(essor_home, folder, monkeypatch):
    one(SIAE, essor_home, folder)
    write(folder / PATH, rows(1200, "autre"))
    real = downloads.write_part

    def on_a_full_disk(shelf, chunks):
        shelf.part.symlink_to("/dev/full")
        real(shelf, chunks)

    monkeypatch.setattr("essor.warehouse.mirror.write_part", on_a_full_disk)

    outcome = one(SIAE, essor_home, folder)

    assert isinstance(outcome.error, DiskError)
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST


def test_a_disk_that_fills_up_keeps_what_can_be_resumed(essor_home, publisher, monkeypatch):
    source = at(publisher.address(PATH))
    publisher.will(PATH, Whim(sent_bytes=10_000))
    refused = DiskError("Le disque est plein.")

    def no_more_room(folder: Path, wanted_bytes: int) -> None:
        if wanted_bytes < len(rows(1000)):
            raise refused

    with monkeypatch.context() as patched:
        patched.setattr("essor.warehouse.fetch.require_room", no_more_room)
        outcome = one(source, essor_home)
    part = shelf_of(essor_home, "siae").part.read_bytes()

    again = one(source, essor_home)

    assert outcome.error is refused
    assert part == rows(1000)[:10_000]
    assert again.state is SyncState.NEW
    assert publisher.requests[-2].headers["Range"] == "bytes=10000-"


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("sirene/StockUniteLegale_utf8.parquet", 49_673),
        ("inclusion/siae_2020.csv", 3_847),
        ("ess/ess_numerique_2026-03.csv", 3_667),
        ("finess/esat_2025.csv", 1_504),
        ("boamp/boamp_2021_T1.csv.gz", 34_453),
        ("territoires/contours/regions.geojson", 18),
    ],
)
def test_a_real_file_arrives_over_http_as_it_is_in_the_mirror(essor_home, mirror, path, count):
    with publishing(mirror) as publisher:
        source = replace(
            at(publisher.address(path)),
            files=(path,),
            checksum_address=publisher.address(f"{path}.sha256"),
        )

        outcome = one(source, essor_home)

    assert outcome.error is None
    assert outcome.record is not None
    assert outcome.record.rows == count
    assert held(essor_home, source) == (mirror / path).read_bytes()


def test_the_real_mirror_is_synchronised_file_by_file(essor_home, mirror):
    geiq = replace(SIAE, name="geiq", files=("inclusion/geiq_2019.csv",))
    lost = replace(SIAE, name="lost", files=("inclusion/disparu.csv",))

    outcomes = sync([SIAE, geiq, lost], essor_home, from_dir=mirror, options=OPTIONS)

    found = {outcome.name: outcome.record.rows for outcome in outcomes if outcome.record}
    assert found == {"siae": 3847, "geiq": 171}
    assert outcomes[-1].state is SyncState.ABSENT
