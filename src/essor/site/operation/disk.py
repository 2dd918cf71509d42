"""The room that is left on the disk of the home."""

import shutil

from essor.home import Home


def free_bytes(home: Home) -> int:
    """Return what is free where the home is, or will be."""
    folder = next(each for each in (home.root, *home.root.parents) if each.is_dir())
    return shutil.disk_usage(folder).free
