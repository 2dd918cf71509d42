"""The embedded demonstration: real geography, fictional organisations, shipped with Essor."""

from pathlib import Path


def folder() -> Path:
    """Return the folder of the embedded mirror: the same file names as the publishers' files."""
    return Path(__file__).parent / "mirror"
