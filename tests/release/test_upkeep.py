import pytest
from tests.release.fake_build import builder

from essor.errors import BrokenReleaseError, BusyError, NoReleaseError
from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.release.upkeep import prune, use
from essor.warehouse.lock import exclusive


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    for _ in range(3):
        build_release(home, builder=builder())
    return home


def test_going_back_puts_an_older_release_in_service(home):
    assert use(home, 1).number == 1

    assert store.current(home) == 1


def test_going_back_to_a_release_that_is_not_there_changes_nothing(home):
    with pytest.raises(NoReleaseError):
        use(home, 12)

    assert store.current(home) == 3


def test_a_broken_release_is_not_put_in_service(home):
    store.remove(store.folder_of(home, 1) / "tables")

    with pytest.raises(BrokenReleaseError):
        use(home, 1)

    assert store.current(home) == 3


def test_pruning_by_hand_removes_the_old_and_the_debris(home):
    (home.releases / ".building-0004-1").mkdir()

    assert prune(home, keep=1) == (1, 2)
    assert sorted(path.name for path in home.releases.iterdir()) == ["0003", "current"]


def test_pruning_a_home_that_holds_nothing_removes_nothing(tmp_path):
    assert prune(Home(tmp_path / "nowhere")) == ()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("change", [lambda home: use(home, 1), lambda home: prune(home, 1)])
def test_nothing_changes_under_a_build(home, change):
    with exclusive(home, "une construction"), pytest.raises(BusyError):
        change(home)

    assert store.current(home) == 3
    assert store.numbers(home) == (1, 2, 3)
