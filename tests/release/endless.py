"""A process that builds, or reads, without end: the victim and the witnesses of the kill tests."""

import os
import signal
import sys
from pathlib import Path

from tests.release.fake_build import builder

from essor.home import Home
from essor.release.building import build_release
from essor.release.opened import open_release


def build(home, pause_s):
    """Build release after release, keeping one, until killed."""
    while True:
        build_release(home, keep=1, builder=builder(rows=50, pause_s=pause_s))


def build_until(home, step):
    """Build once, and die of SIGKILL just before the n-th operation of a kind, as os.rename:2."""
    kind, count = step.split(":")
    met = 0

    def die_at_step(event, _):
        nonlocal met
        met += event == kind
        if event == kind and met == int(count):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die_at_step)
    build_release(home, keep=1, builder=builder(rows=50))


def read(home, stop):
    """Open, question and leave the release in service until the file `stop` appears."""
    numbers = []
    while not stop.exists():
        release = open_release(home)
        connection = release.connect(threads=1)
        for _ in range(3):
            rows = connection.execute("SELECT count(*) FROM organisations").fetchone()
            assert rows == (50,), rows
        numbers.append(release.manifest.number)
    assert numbers == sorted(numbers)
    say(len(set(numbers)))


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say("ready")
    match sys.argv[1:]:
        case "build", root, pause_s:
            build(Home(Path(root)), float(pause_s))
        case "build_until", root, step:
            build_until(Home(Path(root)), step)
        case "read", root, stop:
            read(Home(Path(root)), Path(stop))
