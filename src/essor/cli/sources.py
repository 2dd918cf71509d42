"""`essor sources`: every source, who publishes it, and how fresh the file we hold is."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidRequestError
from essor.observatory.typography import number

if TYPE_CHECKING:
    from essor.sources.source import Source
    from essor.warehouse.provenance import SourceRecord

# A page that is not shown on a terminal is not cut to the width of one.
_PIPE_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A source as the list shows it; one that is absent has no file, no date and no row."""

    name: str
    title: str
    publisher: str
    licence: str
    cadence: str
    state: str
    freshness: str
    published_on: date | None
    retrieved_on: date | None
    date_basis: str | None
    rows: int | None
    bytes: int | None
    file: str | None
    expected_files: str
    is_essential: bool
    is_fictional: bool
    page: str
    address: str | None


def sources(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Écrire du CSV.")] = False,
) -> None:
    """Lister les sources : producteur, licence, date, lignes, fraîcheur et page de chacune."""
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.sources.catalogue import SOURCES  # noqa: PLC0415 - start-up time
    from essor.warehouse.downloads import record_of  # noqa: PLC0415 - start-up time

    if as_json and as_csv:
        raise InvalidRequestError("« --json » et « --csv » s’excluent : choisissez l’un des deux.")
    here = home()
    today = datetime.now().astimezone().date()
    lines = listed(((source, record_of(here, source)) for source in SOURCES), today)
    if as_json:
        found = [asdict(line) for line in lines]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    elif as_csv:
        _write_csv(lines)
    else:
        _print_table(lines)


def listed(records: "Iterable[tuple[Source, SourceRecord]]", today: date) -> tuple[Line, ...]:
    """Return one line a source, as it stands on the day `today`."""
    return tuple(_line(source, record, today) for source, record in records)


def _line(source: "Source", record: "SourceRecord", today: date) -> Line:
    from essor.warehouse.freshness import freshness  # noqa: PLC0415 - start-up time
    from essor.warehouse.provenance import DateBasis  # noqa: PLC0415 - start-up time

    is_published = record.date_basis is not DateBasis.RETRIEVED
    return Line(
        name=source.name,
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        cadence=source.cadence.value,
        state=_state(record),
        freshness=freshness(source.cadence, record.published_on, today, record.date_basis),
        published_on=record.published_on if is_published else None,
        retrieved_on=None if is_published else record.published_on,
        date_basis=record.date_basis.value if record.date_basis else None,
        rows=record.rows,
        bytes=record.bytes,
        file=record.file,
        expected_files=" ; ".join(source.files),
        is_essential=source.is_essential,
        is_fictional=record.is_fictional,
        page=source.page,
        address=source.address,
    )


def _state(record: "SourceRecord") -> str:
    if not record.is_present:
        return "absente"
    return "fictive" if record.is_fictional else "présente"


def _write_csv(lines: Sequence[Line]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([field.name for field in fields(Line)])
    writer.writerows(asdict(line).values() for line in lines)


def _print_table(lines: Sequence[Line]) -> None:
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.table import Table  # noqa: PLC0415 - start-up time

    table = Table(box=None, pad_edge=False, show_lines=False)
    table.add_column("Source", no_wrap=True)
    table.add_column("État", no_wrap=True)
    table.add_column("Date", no_wrap=True)
    table.add_column("Lignes", justify="right", no_wrap=True)
    table.add_column("Producteur, licence et page", overflow="fold")
    for line in lines:
        table.add_row(*_cells(line))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPE_WIDTH)
    console.print(table)


def _cells(line: Line) -> tuple[str, str, str, str, str]:
    is_there = line.published_on or line.retrieved_on
    state = f"{line.state}\n{line.freshness}" if is_there else line.state
    rows = "–" if line.rows is None else number(line.rows)
    return line.name, state, _dated(line), rows, f"{line.publisher} ({line.licence})\n{line.page}"


def _dated(line: Line) -> str:
    if line.published_on is not None:
        return f"{line.published_on:%d/%m/%Y}\n({line.date_basis})"
    if line.retrieved_on is not None:
        return f"récupéré le {line.retrieved_on:%d/%m/%Y}\n(publication inconnue)"
    return "–"
