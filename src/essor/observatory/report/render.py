"""The rendering of a report: from its contents to a PDF file, typeset by Typst without network."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from essor.errors import DiskError, InvalidRequestError
from essor.observatory.report.contents import Report
from essor.observatory.report.document import Document, document, shortened
from essor.observatory.report.drawings import drawings
from essor.observatory.report.members import MOST_NAMED

MOST_PAGES = 8
STANDARD: Final = "ua-1"
"""PDF/UA-1, the accessible PDF: tagged, titled, in a known language, every image described."""

_NAMED_AT_MOST = (MOST_NAMED, 50, 30, 10)
"""How many organisations are named, until the report is short enough."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A report written: where, and how many pages it has."""

    path: Path
    pages: int


@dataclass(frozen=True, slots=True)
class Pdf:
    """A report as bytes, and how many pages it has."""

    content: bytes
    pages: int


def write_pdf(report: Report, path: Path) -> Rendering:
    """Write the report at `path`, replacing what was there in one rename; return its pages.

    Raises:
        InvalidRequestError: the name does not end in .pdf, or names a folder.
        DiskError: the folder is missing, or the disk refuses or is full.
    """
    check_destination(path)
    pdf = render(report)
    _replace(path, pdf.content)
    return Rendering(path, pdf.pages)


def check_destination(path: Path) -> None:
    """Refuse, before any work, a path where no report can be written.

    Raises:
        InvalidRequestError: the name does not end in .pdf, or names a folder.
        DiskError: the folder is missing or not writable.
    """
    if path.suffix.lower() != ".pdf":
        raise InvalidRequestError(
            f"« {path} » ne finit pas par .pdf : le rapport est un PDF, donnez-lui ce nom."
        )
    if path.is_dir():
        raise InvalidRequestError(f"« {path} » est un dossier : donnez le nom d’un fichier.")
    if not path.parent.is_dir():
        raise DiskError(f"Le dossier « {path.parent} » n’existe pas : créez-le, ou changez de nom.")
    if not os.access(path.parent, os.W_OK):
        raise DiskError(f"Le dossier « {path.parent} » refuse l’écriture : choisissez-en un autre.")


def render(report: Report) -> Pdf:
    """Return the report typeset, on eight pages at most: names give way before anything else."""
    drawn = drawings(report)
    whole = document(report, drawn.keys())
    with tempfile.TemporaryDirectory(prefix="essor-report-") as folder:
        root = Path(folder)
        _lay_out(root, drawn)
        for most in _NAMED_AT_MOST:
            pdf = _typeset(root, shortened(whole, report, most), report)
            if pdf.pages <= MOST_PAGES:
                break
    return pdf


def _lay_out(root: Path, drawn: Mapping[str, str]) -> None:
    template = files("essor.observatory.report") / "report.typ"
    (root / "report.typ").write_text(template.read_text("utf-8"), "utf-8")
    for name, svg in drawn.items():
        (root / f"{name}.svg").write_text(svg, "utf-8")


def _typeset(root: Path, pages: Document, report: Report) -> Pdf:
    (root / "data.json").write_text(json.dumps(asdict(pages), ensure_ascii=False), "utf-8")
    compiler = typst.Compiler(root / "report.typ", root=root, ignore_system_fonts=True)
    built_at = datetime.combine(report.edition.built_on, time(), UTC)
    content = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=built_at)
    count = json.loads(compiler.query("<pages>", field="value", one=True))
    if not isinstance(content, bytes):
        raise TypeError("Typst gave no document.")
    return Pdf(content, int(count))


def _replace(path: Path, content: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}-", delete=False
        ) as file:
            aside = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                aside.chmod(0o644)
                aside.replace(path)
            except BaseException:
                aside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise DiskError(
            f"Impossible d’écrire « {path} » ({error.strerror}) : "
            "libérez de la place ou changez de nom."
        ) from error
