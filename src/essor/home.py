"""Where Essor keeps its state: one folder, `ESSOR_HOME`, and the names inside it."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything Essor writes."""

    root: Path

    @property
    def downloads(self) -> Path:
        """Return the folder of the publishers' files, one subfolder a source."""
        return self.root / "downloads"

    @property
    def releases(self) -> Path:
        """Return the folder of the releases, one subfolder each, and the `current` link."""
        return self.root / "releases"

    @property
    def lock(self) -> Path:
        """Return the file whose lock a build or a synchronisation holds."""
        return self.root / "essor.lock"


def home() -> Home:
    """Return the home named by `ESSOR_HOME`, by default the user's data folder."""
    named = os.environ.get("ESSOR_HOME")
    return Home(Path(named).expanduser() if named else Path(platformdirs.user_data_dir("essor")))
