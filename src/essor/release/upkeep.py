"""What a person does to the releases between two builds: go back to one, remove the old ones."""

from essor.home import Home
from essor.release import store
from essor.release.manifest import Manifest
from essor.release.opened import open_release
from essor.warehouse.disk import writing_in
from essor.warehouse.lock import exclusive


def use(home: Home, number: int) -> Manifest:
    """Put release `number` in service, once it is found whole, and return its manifest.

    Raises:
        NoReleaseError: that release is not on the disk.
        BrokenReleaseError: it cannot serve; the one in service stays.
        BusyError: a build or a synchronisation is running.
        DiskError: the disk refuses.
    """
    release = open_release(home, number)
    with writing_in(home.releases), exclusive(home, "un changement de version"):
        store.switch(home, number)
    return release.manifest


def prune(home: Home, keep: int = store.KEPT) -> tuple[int, ...]:
    """Remove all but the newest `keep` releases and return the numbers removed.

    The release in service and those that a process is reading stay.

    Raises:
        InvalidRequestError: `keep` is below 1.
        BusyError: a build or a synchronisation is running.
        DiskError: the disk refuses.
    """
    if not home.releases.is_dir():
        return ()
    with writing_in(home.releases), exclusive(home, "un nettoyage des versions"):
        store.discard_debris(home)
        return store.prune(home, keep)
