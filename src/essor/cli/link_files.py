"""The answers of a list, written beside its own columns: CSV, XLSX or JSON lines, and the summary."""

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile

import typer

from essor.errors import DiskError, InvalidRequestError
from essor.identifiers import is_fictional_siren
from essor.linkage.answering import Answered
from essor.linkage.answers import MOST_CHOICES, Answer, Choice
from essor.linkage.entries import Outcome
from essor.linkage.listing import Listing
from essor.spreadsheets import harmless

FORMS = (".csv", ".xlsx", ".jsonl")
ADDED = (
    "essor_siren",
    "essor_siret",
    "essor_confiance",
    "essor_decision",
    "essor_raison",
    *(f"essor_candidat_{rank}" for rank in range(1, MOST_CHOICES + 1)),
)
"""The columns added after those of the list."""

FICTIONAL = "DONNÉES FICTIVES : démonstration, à ne pas citer."

_DECISIONS = {Outcome.ACCEPT: "accepté", Outcome.ASK: "à vérifier", Outcome.REJECT: "rejeté"}
_SUMMED = {
    Outcome.ACCEPT: ("accepté", "acceptés"),
    Outcome.ASK: ("à vérifier", "à vérifier"),
    Outcome.REJECT: ("rejeté", "rejetés"),
}
# What XML forbids, and what a cell of Excel holds: longer is cut.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767


def form_of(output: Path) -> str:
    """Return the form that the name of a file asks for.

    Raises:
        InvalidRequestError: it is none of `FORMS`, or a folder.
    """
    form = output.suffix.lower()
    if output.is_dir() or form not in FORMS:
        raise InvalidRequestError(
            f"« {output} » ne dit pas une forme connue : terminez le nom par {', '.join(FORMS)}."
        )
    return form


def write(listing: Listing, answered: Sequence[Answered], output: Path | None) -> None:
    """Write the list and its answers to `output`, whole or not at all; to the screen without it.

    Raises:
        DiskError: the file cannot be written.
    """
    if output is None:
        # Half a character, which JSON may hold, has no place on a screen.
        typer.echo(csv_text(listing, answered).encode("utf-8", "replace").decode(), nl=False)
        return
    form = form_of(output)
    if form == ".xlsx":
        held = _workbook(listing, answered)
    elif form == ".jsonl":
        held = _json_lines(listing, answered).encode("utf-8", "replace")
    else:
        # The mark tells Excel that the text is UTF-8.
        held = csv_text(listing, answered).encode("utf-8-sig", "replace")
    replace_file(output, held)


def csv_text(listing: Listing, answered: Sequence[Answered]) -> str:
    """Return the list and its answers as CSV, in the separator of the list, no cell being a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=listing.separator, lineterminator="\r\n")
    for row in ((*listing.titles, *ADDED), *(_cells(each) for each in answered)):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def answer_json(found: Answer) -> str:
    """Return an answer as indented JSON."""
    return json.dumps(_fields(found), ensure_ascii=False, indent=2)


def summary(answered: Sequence[Answered]) -> str:
    """Return how many rows were accepted, are to be checked, were rejected, and which cannot be read."""
    counts = Counter(each.answer.outcome for each in answered)
    said = ", ".join(
        f"{counts[outcome]} {words[counts[outcome] > 1]}" for outcome, words in _SUMMED.items()
    )
    plural = "s" if len(answered) > 1 else ""
    lines = [f"{len(answered)} ligne{plural} : {said}."]
    if any(is_fictional_siren(each.answer.siren) for each in answered):
        lines.append(FICTIONAL)
    faults = [each.row for each in answered if each.row.fault]
    lines += [f"Ligne {row.line} : {row.fault}" for row in faults[:MOST_CHOICES]]
    if len(faults) > MOST_CHOICES:
        lines.append(f"… et {len(faults) - MOST_CHOICES} autres lignes illisibles.")
    return "\n".join(lines)


def decision_text(outcome: Outcome) -> str:
    """Return the decision in French."""
    return _DECISIONS[outcome]


def choice_text(choice: Choice) -> str:
    """Return a candidate in one line: number, name, place, probability."""
    place = f", {choice.city}" if choice.city else ""
    number = choice.siret or choice.siren
    score = "" if choice.score is None else f" ({_percent(choice.score)})"
    return f"{number} {choice.name}{place}{score}"


def _cells(each: Answered) -> tuple[str, ...]:
    found = each.answer
    choices = [choice_text(one) for one in found.choices]
    return (
        *each.row.cells,
        found.siren,
        found.siret,
        "" if found.confidence is None else f"{found.confidence:.2f}".replace(".", ","),
        _DECISIONS[found.outcome],
        found.because,
        *choices,
        *[""] * (MOST_CHOICES - len(choices)),
    )


def _fields(found: Answer) -> dict[str, object]:
    return {
        "siren": found.siren or None,
        "siret": found.siret or None,
        "confiance": None if found.confidence is None else round(found.confidence, 3),
        "decision": _DECISIONS[found.outcome],
        "raison": found.because,
        "candidats": [asdict(each) for each in found.choices],
    }


def _json_lines(listing: Listing, answered: Sequence[Answered]) -> str:
    rows = (
        dict(zip(listing.titles, each.row.cells, strict=True)) | {"essor": _fields(each.answer)}
        for each in answered
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _workbook(listing: Listing, answered: Sequence[Answered]) -> bytes:
    """Return a workbook of texts alone: no cell is a formula, and no number loses its zeros."""
    import xlsxwriter  # noqa: PLC0415 -- only this form needs it

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True, "in_memory": False}) as book:
        sheet = book.add_worksheet("Rapprochement")
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(((*listing.titles, *ADDED), *(_cells(each) for each in answered))):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, _UNWRITABLE.sub("", cell)[:_LONGEST_CELL])
    return held.getvalue()


def replace_file(output: Path, held: bytes) -> None:
    """Put the bytes in place of the file at once, so that a full disk leaves no half of a list.

    Raises:
        DiskError: it cannot be written.
    """
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}-", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(held)
                file.close()
                part.chmod(0o666 & ~_umask())
                part.replace(output)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise DiskError(
            f"« {output} » ne peut pas être écrit : vérifiez le dossier, ses droits et la place qui reste."
        ) from error


def _umask() -> int:
    """Return the mask of the process; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _percent(share: float) -> str:
    return f"{min(share, 0.99) * 100:.0f}\u202f%"
