from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import typer
from tests.observatory.atlas import SOURCES, atlas, contours
from typer.testing import CliRunner

from essor.cli.report import report
from essor.errors import DiskError, InvalidRequestError, UnknownTerritoryError


@dataclass
class OneRelease:
    """A home that holds one release, and remembers which were asked for."""

    folder: object
    is_fictional: bool = False
    asked: list[object] = field(default_factory=list)

    def open(self, _home, number=None):
        self.asked.append(number)
        return SimpleNamespace(
            folder=self.folder,
            manifest=SimpleNamespace(
                number=7,
                built_at=datetime(2024, 6, 2, tzinfo=UTC),
                sources=SOURCES,
                is_fictional=self.is_fictional,
            ),
            connect=atlas,
        )


@pytest.fixture
def release(tmp_path, monkeypatch):
    (tmp_path / "contours").mkdir()
    contours(tmp_path / "contours")
    held = OneRelease(tmp_path)
    monkeypatch.setattr("essor.release.opened.open_release", held.open)
    return held


def run(*options):
    app = typer.Typer()
    app.command()(report)
    return CliRunner().invoke(app, [str(option) for option in options])


def test_a_report_is_written_and_its_path_pages_and_seconds_told(release, tmp_path):
    path = tmp_path / "bois.pdf"

    shown = run("CC du Bois", "-o", path)

    assert shown.exit_code == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert f"« CC du Bois » écrit dans « {path} » : " in shown.output
    assert " pages, en " in shown.output
    assert "fictives" not in shown.output


def test_fiction_is_told(release, tmp_path):
    release.is_fictional = True

    assert "Données fictives." in run("epci:E2", "-o", tmp_path / "vide.pdf").output


def test_the_release_and_the_perimeter_may_be_chosen(release, tmp_path):
    shown = run("E2", "-o", tmp_path / "vide.pdf", "--release", 3, "--perimeter", "p2")

    assert shown.exit_code == 0
    assert release.asked == [3]


def test_a_path_where_nothing_can_be_written_is_refused_before_any_work(release, tmp_path):
    assert isinstance(run("E1", "-o", tmp_path / "a.txt").exception, InvalidRequestError)
    assert isinstance(run("E1", "-o", tmp_path / "non" / "a.pdf").exception, DiskError)
    assert release.asked == []


def test_an_unknown_territory_leaves_no_file(release, tmp_path):
    shown = run("Atlantide", "-o", tmp_path / "atlantide.pdf")

    assert isinstance(shown.exception, UnknownTerritoryError)
    assert not (tmp_path / "atlantide.pdf").exists()
