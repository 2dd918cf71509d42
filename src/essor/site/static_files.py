"""What pages load besides themselves: its addresses change with what it holds, so that browsers keep it."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage

FOLDER = Path(__file__).parent / "static"
_ROOM = "essor/"


class VersionedStaticFiles(StaticFilesStorage):
    """Our own files in the folder that is named after what they hold (see `theme/build.mjs`)."""

    def url(self, name: str | None) -> str:
        """Return the address of a file that a page names without the version: « essor/essor.css »."""
        return super().url(versioned(name or ""))


def versioned(name: str) -> str:
    """Return the name under which a file of ours is kept; that of another, or of none built, is its own."""
    version = _version()
    is_ours = bool(version) and name.startswith(_ROOM)
    return f"{_ROOM}{version}/{name.removeprefix(_ROOM)}" if is_ours else name


@cache
def _version() -> str:
    path = FOLDER / _ROOM / "version"
    return path.read_text("ascii").strip() if path.is_file() else ""
