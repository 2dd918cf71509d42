"""One synchronisation or build at a time."""

import os
import signal
import subprocess
import sys
from datetime import datetime

import pytest

from essor.errors import BusyError
from essor.home import Home
from essor.warehouse.lock import exclusive

HOLD = """
import sys, time
from pathlib import Path
from essor.home import Home
from essor.warehouse.lock import exclusive
with exclusive(Home(Path(sys.argv[1])), "une construction"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(essor_home: Home):
    command = [sys.executable, "-c", HOLD, str(essor_home.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_is_at_work(essor_home: Home, holder):
    since = f"processus {holder.pid}, depuis le {datetime.now():%d/%m/%Y}"

    with pytest.raises(BusyError) as refusal, exclusive(essor_home, "une synchronisation"):
        pass

    assert "une construction" in str(refusal.value)
    assert since in str(refusal.value)


def test_the_lock_of_a_killed_process_is_free(essor_home: Home, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    with exclusive(essor_home, "une synchronisation"):
        held = essor_home.lock.exists()

    assert held


def test_an_unknown_holder_is_busy_all_the_same(essor_home: Home, holder):
    (essor_home.root / "essor.lock.json").unlink()

    with (
        pytest.raises(BusyError, match="Un autre processus"),
        exclusive(essor_home, "une synchronisation"),
    ):
        pass


def test_the_lock_is_released_when_the_work_fails(essor_home: Home):
    with pytest.raises(ZeroDivisionError), exclusive(essor_home, "une construction"):
        raise ZeroDivisionError

    with exclusive(essor_home, "une synchronisation"):
        names = {path.name for path in essor_home.root.iterdir()}

    assert names == {"essor.lock", "essor.lock.json"}
