"""What the tests of the site share: the demonstration in service, a visitor, a browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from benchmarks.site_server import served
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from essor.home import Home

_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def visitor(demonstration: Home, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return somebody who visits the demonstration."""
    monkeypatch.setenv("ESSOR_HOME", str(demonstration.root))
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def address(demonstration: Home) -> Iterator[str]:
    """Return where `essor serve` serves the demonstration."""
    with served(environment={"ESSOR_HOME": str(demonstration.root)}) as root:
        yield root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real browser; without Chromium the test is skipped, and fails in CI."""
    path = shutil.which("chromium")
    if path is None:
        reason = "Chromium manque : « apt install chromium »"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=_SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def nothing_is_published(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be asked without a database, as when no organisation has published anything."""
    if "db" not in request.fixturenames and "transactional_db" not in request.fixturenames:
        monkeypatch.setattr("essor.site.offers.stamp.mark", lambda: None)
