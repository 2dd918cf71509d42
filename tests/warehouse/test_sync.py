"""Synchronising: every source renewed, or left as it was, whatever happens."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.loopback import Publisher, Whim, publishing
from tests.warehouse.shelves import (
    AT_REST,
    OPTIONS,
    PATH,
    SIAE,
    TODAY,
    at,
    held,
    names,
    one,
    rows,
    write,
)

from essor import demonstration
from essor.errors import BusyError, DownloadError, SourceError
from essor.home import Home
from essor.sources import communes
from essor.sources.catalogue import SOURCES
from essor.sources.source import Source
from essor.warehouse.downloads import shelf_of
from essor.warehouse.lock import exclusive
from essor.warehouse.mirror import open_mirror
from essor.warehouse.provenance import DateBasis
from essor.warehouse.sync import SyncState, sync


def test_a_first_synchronisation_records_where_the_file_comes_from(essor_home, publisher):
    outcome = one(at(publisher.address(PATH)), essor_home)

    assert outcome.state is SyncState.NEW
    assert outcome.record is not None
    assert (outcome.record.rows, outcome.record.file) == (1000, "siae_2020.csv")
    assert outcome.record.date_basis is DateBasis.HEADER
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST | {".version.json"}


def test_a_renewed_file_takes_the_place_of_the_former(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    write(publisher.folder / PATH, rows(1100, "autre"))

    outcome = one(source, essor_home)

    assert outcome.state is SyncState.RENEWED
    assert held(essor_home) == rows(1100, "autre")


def test_a_file_that_lost_over_a_fifth_of_its_rows_is_refused(essor_home, publisher):
    source = at(publisher.address(PATH))
    first = one(source, essor_home)
    write(publisher.folder / PATH, rows(799))

    outcome = one(source, essor_home)

    assert isinstance(outcome.error, SourceError)
    assert "799 lignes au lieu de 1000 (−20 %)" in outcome.sentence.replace("\u00a0", " ")
    assert "--accept-loss" in outcome.sentence
    assert outcome.record == first.record
    assert held(essor_home) == rows(1000)
    assert names(essor_home) == AT_REST | {".version.json"}


def test_a_file_that_lost_exactly_a_fifth_of_its_rows_is_taken(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    write(publisher.folder / PATH, rows(800))

    outcome = one(source, essor_home)

    assert outcome.state is SyncState.RENEWED


def test_an_accepted_loss_is_taken(essor_home, publisher):
    source = at(publisher.address(PATH))
    one(source, essor_home)
    write(publisher.folder / PATH, rows(10))

    outcome = one(source, essor_home, options=replace(OPTIONS, accept_loss=True))

    assert outcome.state is SyncState.RENEWED
    assert held(essor_home) == rows(10)


def test_real_data_replace_the_demonstration_however_few(essor_home, folder, publisher):
    invented = rows(1000).replace(b"siret,nom", b"siret,is_fictional")
    write(folder / PATH, invented)
    first = one(SIAE, essor_home, folder)
    write(publisher.folder / PATH, rows(10))

    outcome = one(at(publisher.address(PATH)), essor_home)

    assert first.record is not None
    assert first.record.is_fictional
    assert outcome.record is not None
    assert not outcome.record.is_fictional


def test_the_demonstration_does_not_replace_real_data_unasked(essor_home, folder, publisher):
    one(at(publisher.address(PATH)), essor_home)
    write(folder / PATH, rows(10).replace(b"siret,nom", b"siret,is_fictional"))

    outcome = one(SIAE, essor_home, folder)

    assert isinstance(outcome.error, SourceError)
    assert held(essor_home) == rows(1000)


def test_a_truncated_parquet_file_is_refused_though_its_length_is_as_announced(
    essor_home, publisher
):
    path = publisher.folder / "stock.parquet"
    duckdb.sql("SELECT range AS siret FROM range(1000)").write_parquet(str(path))
    publisher.will("stock.parquet", Whim(claimed_bytes=path.stat().st_size - 50))
    source = replace(at(publisher.address("stock.parquet")), files=("stock.parquet",))

    outcome = one(source, essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert not shelf_of(essor_home, "siae").folder.exists()


def test_a_web_page_in_place_of_the_data_is_refused(essor_home, publisher):
    write(publisher.folder / PATH, b"<!doctype html><title>Maintenance</title>")

    outcome = one(at(publisher.address(PATH)), essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert "le fichier de 127.0.0.1 est une page web" in outcome.sentence
    assert SIAE.page in outcome.sentence


def test_a_file_of_another_form_than_its_names_is_refused(essor_home, publisher):
    duckdb.sql("SELECT range AS siret FROM range(9)").write_parquet(str(publisher.folder / "a"))

    outcome = one(at(publisher.address("a")), essor_home)

    assert isinstance(outcome.error, DownloadError)
    assert "Parquet" in outcome.sentence


def test_a_permanent_address_without_a_name_is_kept_under_the_name_of_its_form(
    essor_home, publisher
):
    publisher.will("r/1234", Whim(status=302, location="/export-2024-06.csv"))
    write(publisher.folder / "export-2024-06.csv", rows(5))
    publisher.will("export-2024-06.csv", Whim(is_unmarked=True))
    source = replace(at(publisher.address("r/1234")), files=("siae.parquet", "siae.csv"))

    outcome = one(source, essor_home)

    assert outcome.record is not None
    assert outcome.record.file == "siae.csv"
    assert outcome.record.published_on == date(2024, 6, 30)
    assert outcome.record.date_basis is DateBasis.FILE_NAME


def test_one_failure_does_not_stop_the_other_sources(essor_home, publisher):
    gone = replace(at(publisher.address("parti.csv")), name="geiq")

    failed, done = sync([gone, at(publisher.address(PATH))], essor_home, options=OPTIONS)

    assert isinstance(failed.error, DownloadError)
    assert done.state is SyncState.NEW
    assert not shelf_of(essor_home, "geiq").folder.exists()


def test_a_source_without_an_address_is_fetched_by_hand(essor_home):
    outcome = one(SIAE, essor_home)

    assert outcome.state is SyncState.BY_HAND
    assert outcome.error is None
    assert SIAE.page in outcome.sentence
    assert "« essor sync --from DOSSIER »" in outcome.sentence


def test_a_real_file_that_the_package_ships_serves_until_another_is_given(essor_home):
    shipped = one(communes.SOURCE, essor_home)
    again = one(communes.SOURCE, essor_home)

    assert shipped.state is SyncState.SHIPPED
    assert shipped.record is not None
    assert not shipped.record.is_fictional
    assert again.state is SyncState.BY_HAND
    assert again.record == shipped.record


def test_no_shipped_file_is_fictional():
    mirror = open_mirror(demonstration.folder(), SOURCES)
    shipped = [mirror.find(source) for source in SOURCES if source.is_shipped]

    fictional = [file for file in shipped if file and b"is_fictional" in file.read_bytes()]

    assert len(shipped) == 12
    assert None not in shipped
    assert fictional == []


def test_two_synchronisations_at_once_are_one_too_many(essor_home, folder):
    with exclusive(essor_home, "une construction"), pytest.raises(BusyError, match="construction"):
        sync([SIAE], essor_home, from_dir=folder, options=OPTIONS)


SYNCHRONISING = """
import os, sys
from pathlib import Path
from essor.home import Home
from essor.warehouse.sync import sync
from tests.warehouse.shelves import OPTIONS, at
for _ in sys.stdin:
    pid = os.fork()
    if pid == 0:
        sync([at(sys.argv[1])], Home(Path(sys.argv[2])), options=OPTIONS)
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""


@pytest.fixture
def slow_publisher(tmp_path: Path) -> Iterator[Publisher]:
    write(tmp_path / "published" / PATH, rows(2000))
    with publishing(tmp_path / "published", pause_s=0.01) as publisher:
        yield publisher


def test_a_synchronisation_killed_at_any_moment_loses_nothing(essor_home, slow_publisher):
    source = at(slow_publisher.address(PATH))
    chance = random.Random(2)
    one(source, essor_home)
    former = held(essor_home)

    with _synchronising(source, essor_home) as process:
        for turn in range(8):
            renewed = rows(2000, f"tour {turn}")
            write(slow_publisher.folder / PATH, renewed)
            _kill_after(chance.uniform(0.0, 0.3), process)
            assert held(essor_home) in {former, renewed}
            former = held(essor_home)
    outcome = one(source, essor_home)

    assert outcome.error is None
    assert held(essor_home) == renewed
    assert names(essor_home) == AT_REST | {".version.json"}


def _synchronising(source: Source, home: Home) -> subprocess.Popen[str]:
    """Return a process that forks a synchronisation for each line it is given."""
    command = [sys.executable, "-c", SYNCHRONISING, source.address or "", str(home.root)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    )


def _kill_after(delay_s: float, process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    print("again", file=process.stdin, flush=True)
    pid = int(process.stdout.readline())
    time.sleep(delay_s)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert process.stdout.readline() == "ended\n"


def test_a_source_is_never_dated_after_the_day_it_was_retrieved(essor_home, publisher):
    outcome = one(at(publisher.address(PATH)), essor_home)

    assert outcome.record is not None
    assert outcome.record.published_on is not None
    assert outcome.record.published_on <= TODAY
