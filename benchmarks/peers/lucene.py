"""Lucene: BM25 with its French analyser, run by Java from the jar that PySerini ships."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.ranking import Document, Ranked, Ranker

_PROGRAM = Path(__file__).with_name("Bm25French.java")
_JARS = "resources/jars/anserini-*-fatjar.jar"


def ranker(jar: Path | None) -> Ranker:
    """Return what ranks with Lucene, from that jar or that of PySerini if it is installed.

    Raises:
        PeerMissingError: there is no Java compiler here, or no jar.
    """
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        message = "Java 17 with its compiler is not installed (Debian: openjdk-17-jdk-headless)"
        raise PeerMissingError(message)
    found = jar or _installed()
    if found is None or not found.exists():
        message = "no jar holds Lucene (PySerini 1.6.0 ships one: see benchmarks/README.md)"
        raise PeerMissingError(message)
    return partial(_ranked, java, found)


def _installed() -> Path | None:
    package = find_spec("pyserini")
    folders = package.submodule_search_locations if package else None
    return next((jar for each in folders or () for jar in sorted(Path(each).glob(_JARS))), None)


def _ranked(
    java: str, jar: Path, documents: Sequence[Document], queries: Sequence[str], count: int
) -> list[Ranked]:
    with tempfile.TemporaryDirectory() as scratch:
        texts, asked = Path(scratch) / "documents", Path(scratch) / "queries"
        texts.write_text(_lines([document.text for document in documents]), encoding="utf-8")
        asked.write_text(_lines(queries), encoding="utf-8")
        command = (java, "-cp", str(jar), str(_PROGRAM), str(texts), str(asked), str(count))
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        message = f"Lucene failed: {done.stderr.strip()[-200:]}"
        raise PeerMissingError(message)
    return [_read(line, documents) for line in done.stdout.split("\n")[: len(queries)]]


def _lines(texts: Sequence[str]) -> str:
    """Return one text a line, whatever ends of line they hold."""
    return "".join(" ".join(text.split()) + "\n" for text in texts)


def _read(line: str, documents: Sequence[Document]) -> Ranked:
    pairs = (hit.partition(":") for hit in line.split())
    return [(documents[int(number)].id, float(score)) for number, _, score in pairs]
