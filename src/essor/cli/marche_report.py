"""What became of each line of a list of le Marché de l’inclusion: sentences for eyes, a table for pipes."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from essor.cli.link_files import choice_text, decision_text, replace_file
from essor.errors import InvalidRequestError
from essor.linkage.entries import Outcome
from essor.spreadsheets import harmless

if TYPE_CHECKING:  # it loads Django, which is not ready when a command begins
    from essor.site.marche.importing import Imported, Told

COLUMNS = ("ligne", "nom", "numero", "decision", "siren", "siret", "activites", "raison")


def refuse_report(output: Path, read: Path) -> None:
    """Refuse a report that could not be written, before anything is read.

    Raises:
        InvalidRequestError: it is a folder, its folder does not exist, or it is the list itself.
    """
    if output.suffix.lower() != ".csv" or output.is_dir():
        raise InvalidRequestError(f"« {output} » n’est pas un fichier .csv : changez-en le nom.")
    if not output.parent.is_dir():
        raise InvalidRequestError(
            f"Le dossier « {output.parent} » n’existe pas : créez-le, ou donnez un autre nom."
        )
    if output.exists() and read.exists() and output.samefile(read):
        raise InvalidRequestError(
            f"« {output} » est la liste lue : donnez un autre nom au bilan, pour ne pas la perdre."
        )


def write_report(found: "Imported", output: Path) -> None:
    """Write a line for each line of the list, no cell being a formula.

    Raises:
        DiskError: it cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in found.lines:
        writer.writerow([harmless(cell) for cell in _cells(each)])
    replace_file(output, text.getvalue().encode("utf-8-sig"))


def sentences(lines: "Sequence[Told]") -> Iterator[str]:
    """Yield a sentence for each line that is not accepted, then one for each activity that was not read."""
    for each in lines:
        if each.outcome is not Outcome.ACCEPT:
            yield f"{_beginning(each)}, {decision_text(each.outcome)} : {each.because}"
            continue
        for sentence in each.unread:
            yield f"{_beginning(each)} : {sentence}"


def summary(found: "Imported", *, is_dry: bool) -> str:
    """Return how many lines were accepted, are to be checked, are refused, and what was written."""
    counts = Counter(each.outcome for each in found.lines)
    said = found.proposed
    lines = (
        f"Lignes lues : {len(found.lines)} ; acceptées : {counts[Outcome.ACCEPT]} ; à vérifier : "
        f"{counts[Outcome.ASK]} ; refusées : {counts[Outcome.REJECT]}.",
        f"Activités proposées : {said.added} ; changées : {said.changed} ; déjà proposées : {said.held} ; "
        f"déjà décidées par l’organisation ou un modérateur : {said.settled}.",
        "À blanc : rien n’est écrit." if is_dry else "",
    )
    return "\n".join(filter(None, lines))


def _beginning(each: "Told") -> str:
    name = each.listed.asked.query.name or each.listed.asked.number
    return f"Ligne {each.listed.line}{f' ({name})' * bool(name)}"


def _cells(each: "Told") -> tuple[str, ...]:
    asked = each.listed.asked
    choices = (f"Candidat : {choice_text(choice)}." for choice in each.choices)
    return (
        str(each.listed.line),
        asked.query.name,
        asked.number,
        decision_text(each.outcome),
        each.siren,
        each.siret,
        str(each.activities),
        " ".join(dict.fromkeys((each.because, *each.unread, *choices))),
    )
