"""Two replicas over one PostgreSQL and one folder of releases: whichever answers, it is one site."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import httpx
import psycopg
import pytest
from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.server import server
from benchmarks.site_server import served

from essor.cli.run import main
from essor.home import Home

PATIENCE_S = 60
ADA = "ada@atelier.example"


@dataclass
class Database:
    """A PostgreSQL of one test, which it may stop and start."""

    folder: Path

    @property
    def url(self) -> str:
        return f"postgres://essor@{str(self.folder).replace('/', '%2F')}/postgres"

    def stop(self) -> None:
        """Stop it at once: those who ask are cut off."""
        file = self.folder / "data" / "postmaster.pid"
        os.kill(int(file.read_text().split()[0]), signal.SIGINT)
        deadline = time.monotonic() + PATIENCE_S
        while file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)

    @contextmanager
    def started(self) -> Iterator[None]:
        """Start it again as it was started, for the time of the block."""
        told = shlex.split((self.folder / "data" / "postmaster.opts").read_text())
        user = self.folder.stat().st_uid
        with subprocess.Popen(
            told,
            cwd=self.folder,
            stderr=subprocess.DEVNULL,
            user=user if os.geteuid() == 0 else None,
            group=self.folder.stat().st_gid if os.geteuid() == 0 else None,
        ) as process:
            deadline = time.monotonic() + PATIENCE_S
            while time.monotonic() < deadline:
                with suppress(psycopg.OperationalError), psycopg.connect(self.url):
                    break
                time.sleep(0.1)
            yield
            process.send_signal(signal.SIGINT)


@pytest.fixture
def own_server() -> Iterator[Database]:
    """Return a PostgreSQL that nobody else reads."""
    try:
        with server() as opened:
            yield Database(Path(opened.info.host))
    except PeerMissingError as error:
        pytest.skip(str(error))


@dataclass(frozen=True)
class Site:
    """Two replicas behind one name."""

    roots: tuple[str, str]
    home: Home
    browser: httpx.Client

    def get(self, replica: int, path: str) -> httpx.Response:
        return self.browser.get(f"{self.roots[replica]}{path}", timeout=PATIENCE_S)


@pytest.fixture
def site(demonstration: Home, tmp_path: Path, own_server: Database) -> Iterator[Site]:
    """Serve two replicas, on two copies of one release."""
    releases = tmp_path / "releases"
    shutil.copytree(demonstration.releases / "0001", releases / "0001")
    shutil.copytree(demonstration.releases / "0001", releases / "0002")
    manifest = releases / "0002" / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(re.sub(r'"number":\s*1\b', '"number": 2', manifest.read_text(), count=1))
    (releases / "current").symlink_to("0001")
    environment = {"ESSOR_HOME": str(tmp_path), "DATABASE_URL": own_server.url}
    subprocess.run(
        [sys.executable, "-c", "from essor.cli.serve import prepare; prepare(migrates=True)"],
        env={**environment, "PATH": ""},
        check=True,
    )
    with (
        served(environment=environment) as one,
        served(environment=environment) as two,
        httpx.Client(headers={"Host": "localhost"}) as browser,
    ):
        yield Site((one, two), Home(tmp_path), browser)


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert found
    return found[1]


def sign_up(site: Site) -> httpx.Response:
    """Open an account on the first replica, and confirm it on the second."""
    page = site.get(0, "/compte/inscription/")
    sent = {"csrfmiddlewaretoken": token_of(page), "name": "Ada", "email": ADA}
    site.browser.post(f"{site.roots[0]}/compte/inscription/", data=sent)
    (letter,) = (site.home.root / "courriels").iterdir()
    code = re.search(r"^    (\S+)$", letter.read_text("utf-8"), re.MULTILINE)
    assert code
    page = site.get(1, "/compte/adresse/confirmer/")
    sent = {"csrfmiddlewaretoken": token_of(page), "code": code[1]}
    return site.browser.post(f"{site.roots[1]}/compte/adresse/confirmer/", data=sent)


def test_two_replicas_are_one_site_through_a_switch_and_a_restart(
    site: Site, own_server: Database, monkeypatch: pytest.MonkeyPatch
):
    confirmed = sign_up(site)
    spaces = [site.get(replica, "/espace/") for replica in (0, 1)]

    assert confirmed.status_code == 302
    assert [space.status_code for space in spaces] == [200, 200]
    assert all("Ada" in space.text for space in spaces)

    monkeypatch.setenv("ESSOR_HOME", str(site.home.root))
    with pages_asked(site, ("/annuaire/?q=couture", "/espace/", "/healthz")) as statuses:
        assert main(["releases", "use", "2"]) == 0
        time.sleep(1)
        deadline = time.monotonic() + PATIENCE_S
        while len(statuses) <= 20 and time.monotonic() < deadline:
            time.sleep(0.1)
    numbers = [site.get(replica, "/healthz").json()["version"] for replica in (0, 1)]

    assert set(statuses) == {200}
    assert len(statuses) > 20
    assert numbers == [2, 2]

    # A request is waiting for a row of the database when it stops.
    with ThreadPoolExecutor() as pool, psycopg.connect(own_server.url) as locking:
        locking.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        waiting = [pool.submit(site.get, replica, "/espace/") for replica in (0, 1)]
        time.sleep(1)
        assert not any(each.done() for each in waiting)
        own_server.stop()
        cut = [each.result() for each in waiting]
        with suppress(psycopg.OperationalError):
            locking.rollback()
    down = [site.get(replica, "/espace/") for replica in (0, 1)]
    public = [site.get(replica, "/annuaire/") for replica in (0, 1)]
    with own_server.started():
        back = [site.get(replica, "/espace/") for replica in (0, 1)]

    assert [each.status_code for each in (*cut, *down)] == [503] * 4
    for page in (*cut, *down):
        assert "La base des comptes ne répond pas" in page.text
        assert '<a class="btn btn-primary" href="/espace/">Réessayer</a>' in page.text
        assert page.headers["Retry-After"] == "10"
    assert [each.status_code for each in public] == [200, 200]
    assert [each.status_code for each in back] == [200, 200]
    assert all("Ada" in each.text for each in back)


@contextmanager
def pages_asked(site: Site, paths: tuple[str, ...]) -> Iterator[list[int]]:
    """Ask both replicas again and again during the block; give the statuses answered."""
    statuses: list[int] = []
    is_over = Event()

    def ask(replica: int) -> None:
        while not is_over.is_set():
            statuses.extend(site.get(replica, path).status_code for path in paths)

    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(ask, replica) for replica in (0, 1)]
        time.sleep(1)
        try:
            yield statuses
        finally:
            is_over.set()
    for each in asking:
        each.result()
