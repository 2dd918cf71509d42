import errno
import stat

import pytest
from tests.release.fake_build import SOURCE, builder

from essor.errors import BusyError, DiskError, SourceError
from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.release.opened import open_release, verify
from essor.tables.catalogue import TABLES


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def failing(error):
    """Return a builder that writes half of a release, then fails."""

    def build(home, folder, engine, progress):
        (folder / "tables").mkdir()
        (folder / "tables" / "naf.parquet").write_text("half")
        raise error

    return build


def test_a_build_returns_what_the_release_holds(home):
    manifest = build_release(home, builder=builder(rows=4))

    assert manifest.number == 1
    assert manifest.engine == "duckdb"
    assert manifest.sources == (SOURCE,)
    assert manifest.rows == 4 * len(TABLES)
    assert [file.path for file in manifest.files] == ["contours/regions.geojson"]
    assert open_release(home).manifest == manifest


def test_a_build_is_in_service_and_sound(home):
    build_release(home, builder=builder())

    release = open_release(home)

    assert release.manifest.number == 1
    verify(release)


def test_the_builder_is_given_the_engine_and_a_folder_aside(home):
    given = []

    def curious(home, folder, engine, progress):
        given.append((engine, folder.parent, folder.name.startswith(".building-0001-")))
        return builder()(home, folder, engine, progress)

    build_release(home, engine="spark", builder=curious)

    assert given == [("spark", home.releases, True)]


def test_a_build_tells_its_steps(home):
    steps: list[str] = []

    build_release(home, builder=builder(), progress=steps.append)

    assert steps == ["Empreintes et manifeste", "Mise en service"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SourceError("Fichier tronqué."), SourceError),
        (OSError(errno.ENOSPC, "No space left on device"), DiskError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_a_build_that_fails_leaves_the_former_release_and_nothing_else(home, error, expected):
    build_release(home, builder=builder())

    with pytest.raises(expected):
        build_release(home, builder=failing(error))

    assert sorted(path.name for path in home.releases.iterdir()) == ["0001", "current"]
    verify(open_release(home))


def test_a_build_succeeds_after_one_that_failed(home):
    with pytest.raises(SourceError):
        build_release(home, builder=failing(SourceError("Fichier tronqué.")))

    assert build_release(home, builder=builder()).number == 1


def test_a_second_build_at_once_is_refused(home):
    refused = []

    def meddled(home, folder, engine, progress):
        with pytest.raises(BusyError) as caught:
            build_release(home, builder=builder())
        refused.append(caught.value)
        return builder()(home, folder, engine, progress)

    build_release(home, builder=meddled)

    assert refused[0].exit_code == 7
    assert "une construction" in str(refused[0])
    assert store.numbers(home) == (1,)


def test_a_build_removes_what_killed_builds_left(home):
    (home.releases / ".building-0001-99" / "tables").mkdir(parents=True)
    (home.releases / ".pruned-0001-99").mkdir()

    build_release(home, builder=builder())

    assert sorted(path.name for path in home.releases.iterdir()) == ["0001", "current"]


def test_three_releases_are_kept_unless_told_otherwise(home):
    for _ in range(5):
        build_release(home, builder=builder())

    assert store.numbers(home) == (3, 4, 5)

    build_release(home, keep=1, builder=builder())

    assert store.numbers(home) == (6,)


def test_nothing_of_a_release_may_be_written(home):
    build_release(home, builder=builder())

    paths = [store.folder_of(home, 1), *store.folder_of(home, 1).rglob("*")]

    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o444}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o555}
