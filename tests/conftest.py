"""What every test may ask for: the mirror of real files, and a home of its own."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from filelock import FileLock

from essor.cli.run import main
from essor.home import Home

MIRROR = Path(os.environ.get("ESSOR_MIRROR", Path(__file__).parents[2] / "shared" / "data"))
IS_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of a test that CI would skip: what is not run there is proved nowhere."""
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid}: sautée, et avec CI=true rien ne l’est ({report.longrepr})"
        )
    return report


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Return the folder of real files; without it the test is skipped."""
    if not (MIRROR / "manifest.json").is_file():
        reason = (
            f"le miroir de fichiers réels manque ({MIRROR}) : donnez son dossier par ESSOR_MIRROR"
        )
        pytest.skip(reason)
    return MIRROR


@pytest.fixture
def essor_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return an empty home, which `ESSOR_HOME` names."""
    root = tmp_path / "home"
    monkeypatch.setenv("ESSOR_HOME", str(root))
    return Home(root)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home where the embedded demonstration is in service, built once for all the workers."""
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demonstration"
    with FileLock(f"{root}.lock"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSOR_HOME", str(root))
        if not (root / "releases" / "current").exists():
            assert main(["demo", "--no-serve"]) == 0
    return Home(root)
