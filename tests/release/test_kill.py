"""Kill -9 at any moment of a build: the release in service answers, the next build cleans up."""

import random
import re
import signal
import subprocess
import sys
import time

import pytest
from tests.release.fake_build import builder

from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.release.opened import open_release, verify

KILLS = 4
SEED = 20240715
PACES = {"slow": 0.03, "as fast as it writes": 0.0}
STEPS = (
    "os.mkdir:1",  # the folder aside
    "os.chmod:5",  # a seal among others
    "os.rename:2",  # the folder aside takes its number (the first signs the lock)
    "os.symlink:1",  # the new link, beside the old one
    "os.rename:3",  # the new link takes the place of the old one
    "os.rename:4",  # the old release leaves the list
    "os.remove:2",  # a file of the old release
    "os.rmdir:2",  # its folders
)


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    build_release(home, builder=builder(rows=50))
    return home


def started(*arguments):
    """Return a process of `endless`, once its imports are done."""
    command = [sys.executable, "-m", "tests.release.endless", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill_after(process, delay_s):
    time.sleep(delay_s)
    assert process.poll() is None
    process.kill()
    process.communicate()


@pytest.mark.parametrize("pace", PACES)
def test_a_build_killed_at_any_moment_harms_nothing(home, pace):
    moments = random.Random(SEED)
    latest = 1

    for _ in range(KILLS):
        kill_after(started("build", home.root, PACES[pace]), moments.uniform(0.0, 0.7))

        latest = recovered(home, latest)


@pytest.mark.parametrize("step", STEPS)
def test_a_build_killed_before_any_operation_of_the_disk_harms_nothing(home, step):
    victim = started("build_until", home.root, step)

    victim.communicate(timeout=30)

    assert victim.returncode == -signal.SIGKILL
    recovered(home, latest=1)


def recovered(home, latest):
    """Check that a kill harmed nothing, and return the number of the release built after it."""
    survivor = open_release(home).manifest
    for number in store.numbers(home):
        verify(open_release(home, number))
    assert survivor.number >= latest
    built = build_release(home, keep=1, builder=builder(rows=50))
    assert built.number > survivor.number
    assert open_release(home).manifest == built
    assert debris(home) == []
    return built.number


def debris(home):
    left = [path.name for path in home.releases.iterdir()]
    return [name for name in left if not re.fullmatch(r"\d{4}|current", name)]


def test_readers_meet_no_error_while_releases_follow_one_another(home, tmp_path):
    stop = tmp_path / "stop"
    readers = [started("read", home.root, stop) for _ in range(2)]

    for _ in range(12):
        build_release(home, keep=1, builder=builder(rows=50))
    stop.touch()
    seen = [int(reader.communicate(timeout=30)[0]) for reader in readers]

    assert [reader.returncode for reader in readers] == [0, 0]
    assert min(seen) > 1
    build_release(home, keep=1, builder=builder(rows=50))
    assert store.numbers(home) == (14,)
