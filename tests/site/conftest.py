"""What the tests of the site share: the demonstration in service, a visitor, a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
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
_PATIENCE_S = 60


@pytest.fixture
def visitor(demonstration: Home, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return somebody who visits the demonstration."""
    monkeypatch.setenv("ESSOR_HOME", str(demonstration.root))
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def address(demonstration: Home) -> Iterator[str]:
    """Return where `essor serve` serves the demonstration."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "essor.cli.run", "serve", "--port", str(port)]
    environment = {**os.environ, "ESSOR_HOME": str(demonstration.root)}
    with subprocess.Popen(command, env=environment) as server:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


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


def _wait(root: str) -> None:
    """Return once the server answers."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            httpx.get(f"{root}/healthz")
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
