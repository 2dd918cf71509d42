import pytest
from tests.release.fake_build import builder

from essor.errors import BrokenReleaseError, InvalidRequestError, NoReleaseError
from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.release.opened import open_release


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def build(home, times, keep=10):
    for _ in range(times):
        build_release(home, keep=keep, builder=builder())


def test_before_the_first_build_there_is_no_release(home):
    assert store.numbers(home) == ()
    assert store.releases(home) == ()
    assert store.current(home) is None
    assert store.next_number(home) == 1


def test_releases_are_numbered_from_one_in_the_order_of_their_builds(home):
    build(home, times=3)

    assert [manifest.number for manifest in store.releases(home)] == [1, 2, 3]
    assert store.next_number(home) == 4


def test_the_link_to_the_release_in_service_is_relative_so_that_a_home_can_move(home, tmp_path):
    build(home, times=1)
    moved = Home(tmp_path / "moved")
    moved.root.mkdir()
    home.releases.rename(moved.releases)

    assert (moved.releases / "current").readlink().as_posix() == "0001"
    assert store.current(moved) == 1


def test_a_switch_goes_back_to_an_older_release(home):
    build(home, times=2)

    store.switch(home, 1)

    assert store.current(home) == 1
    assert not list(home.releases.glob(".current-*"))


def test_a_release_that_does_not_exist_is_not_put_in_service(home):
    build(home, times=2)

    with pytest.raises(NoReleaseError, match=r"La version 9 n’existe pas .*1, 2"):
        store.switch(home, 9)

    assert store.current(home) == 2


def test_pruning_keeps_the_newest_releases(home):
    build(home, times=5)

    removed = store.prune(home, keep=2)

    assert removed == (1, 2, 3)
    assert store.numbers(home) == (4, 5)
    assert not list(home.releases.glob(".*"))


def test_pruning_never_removes_the_release_in_service(home):
    build(home, times=4)
    store.switch(home, 1)

    store.prune(home, keep=1)

    assert store.numbers(home) == (1, 4)
    assert open_release(home).manifest.number == 1


def test_a_number_is_not_given_again_after_pruning(home):
    build(home, times=4)
    store.switch(home, 1)
    store.prune(home, keep=1)

    build(home, times=1)

    assert store.numbers(home) == (1, 4, 5)


def test_pruning_everything_is_refused(home):
    build(home, times=1)

    with pytest.raises(InvalidRequestError, match="au moins une"):
        store.prune(home, keep=0)

    assert store.numbers(home) == (1,)


def test_a_release_that_somebody_reads_is_pruned_only_once_it_is_let_go(home):
    build(home, times=1)
    release = open_release(home)
    build(home, times=2, keep=1)

    assert store.numbers(home) == (1, 3)
    del release
    store.prune(home, keep=1)
    assert store.numbers(home) == (3,)


def test_a_connection_alone_holds_its_release_too(home):
    build(home, times=1)
    connection = open_release(home).connect()
    build(home, times=2, keep=1)

    assert connection.execute("SELECT count(*) FROM organisations").fetchone() == (3,)
    del connection
    assert store.prune(home, keep=1) == (1,)


def test_a_release_without_its_manifest_is_pruned_like_another(home):
    build(home, times=2)
    folder = store.folder_of(home, 1)
    folder.chmod(0o755)
    (folder / "manifest.json").unlink()

    assert store.prune(home, keep=1) == (1,)


def test_debris_of_killed_processes_is_removed_and_nothing_else(home):
    build(home, times=2)
    for name in (".building-0003-41", ".pruned-0001-42"):
        (home.releases / name / "tables").mkdir(parents=True)
        (home.releases / name / "tables" / "naf.parquet").write_text("half")
        (home.releases / name / "tables").chmod(0o555)
        (home.releases / name).chmod(0o555)
    (home.releases / ".current-43").symlink_to("0001")

    store.discard_debris(home)

    assert sorted(path.name for path in home.releases.iterdir()) == ["0001", "0002", "current"]
    assert store.current(home) == 2


@pytest.mark.parametrize("spoil", [lambda link: link.mkdir(), lambda link: link.symlink_to("x")])
def test_a_stranger_in_the_place_of_the_link_is_named(home, spoil):
    build(home, times=1)
    (home.releases / "current").unlink()
    spoil(home.releases / "current")

    with pytest.raises(BrokenReleaseError, match="current"):
        store.current(home)
