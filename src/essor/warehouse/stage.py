"""Staging: each synchronised source read, tidied and handed to the engine; an absent one is an empty table."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import ibis
import pyarrow.parquet as pq
from ibis import _

from essor.errors import SourceError
from essor.home import Home
from essor.sources.catalogue import ATTACHMENTS, CATALOGUE
from essor.sources.source import Source, Tidy
from essor.tables.table import Table
from essor.warehouse.anomalies import Anomaly, Check, Findings, Problem
from essor.warehouse.downloads import file_of, record_of
from essor.warehouse.engine import Engine
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.questions import Ask
from essor.warehouse.raw import RawFile, read_raw, standardise

# Insee published no date with this file; a day that cannot be mistaken for one.
UNDATED = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Staged:
    """A source ready to be crossed: its record, its raw and tidied tables, what could not be read."""

    source: Source
    tidy: Tidy
    record: SourceRecord
    raw: ibis.Table
    table: ibis.Table
    unread: Findings


class Staging(Mapping[str, Staged]):
    """Every source of the catalogue by name, each staged when it is first asked for."""

    def __init__(
        self, engine: Engine, connection: duckdb.DuckDBPyConnection, home: Home, workdir: Path
    ) -> None:
        self._stage = partial(stage, engine, connection, home, workdir)
        self._entries = {entry[0].name: entry for entry in CATALOGUE}
        self._staged: dict[str, Staged] = {}

    def __getitem__(self, name: str) -> Staged:
        if name not in self._staged:
            self._staged[name] = self._stage(self._entries[name])
        return self._staged[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def stage(
    engine: Engine,
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    workdir: Path,
    entry: tuple[Source, Tidy],
) -> Staged:
    """Return `entry`'s source tidied, from its download; an essential source must be there.

    `connection` reads the file as its publisher wrote it, `engine` what was made of it.

    Raises:
        SourceError: an essential source was never synchronised, or a file breaks its promises.
    """
    source, tidy = entry
    record = record_of(home, source)
    if not record.is_present:
        nothing = _absent(engine, workdir, source)
        return Staged(source, lambda table: table, record, nothing, nothing, lambda: ())
    raw = read_raw(connection, source, file_of(home, record), workdir)
    _refuse_few(source, raw)
    record = replace(record, is_fictional=_holds_fiction(connection, raw))
    table = standardise(engine.read(raw.path), source, record.published_on or UNDATED)
    types = source.table.types
    tidied = tidy(table).select(*types).cast(types)
    unread, left_out = _unread(source, raw), _left_out(source, table, engine.ask)
    return Staged(source, tidy, record, table, tidied, lambda: (*unread, *left_out()))


def empty(engine: Engine, workdir: Path, table: Table) -> ibis.Table:
    """Return `table` without a row."""
    path = workdir / f"empty-{table.name}.parquet"
    if not path.exists():
        pq.write_table(ibis.schema(table.types).to_pyarrow().empty_table(), path)
    return engine.read(path)


def copy_contours(
    home: Home, sources: tuple[Source, ...], folder: Path
) -> Mapping[str, SourceRecord]:
    """Copy the contours that were synchronised into `folder`; return every record by source.

    Raises:
        SourceError: a file is not a GeoJSON collection of features that have a code.
    """
    records = {source.name: record_of(home, source) for source in sources}
    for record in records.values():
        if record.is_present:
            path = file_of(home, record)
            _check_geojson(path)
            folder.mkdir(exist_ok=True)
            shutil.copyfile(path, folder / path.name)
    return records


def _absent(engine: Engine, workdir: Path, source: Source) -> ibis.Table:
    if source.is_essential:
        message = (
            f"Source « {source.title} » absente : sans elle, rien ne peut être construit. "
            f"Lancez « essor sync », ou « essor demo » pour la démonstration."
        )
        raise SourceError(message)
    return empty(engine, workdir, source.table)


def _refuse_few(source: Source, raw: RawFile) -> None:
    if raw.rows < source.min_rows:
        message = (
            f"Source « {source.title} » : {raw.rows} lignes, {source.min_rows} attendues au moins ; "
            f"le fichier est sans doute tronqué. Remplacez-le depuis {source.page}"
        )
        raise SourceError(message)


def _holds_fiction(connection: duckdb.DuckDBPyConnection, raw: RawFile) -> bool:
    if not raw.is_fictional_column:
        return False
    query = "SELECT coalesce(bool_or(is_fictional::BOOLEAN), false) FROM read_parquet(?)"
    return bool(connection.execute(query, [str(raw.path)]).fetchall()[0][0])


def _unread(source: Source, raw: RawFile) -> tuple[Anomaly, ...]:
    check = Check(source.name, "", Problem.UNREADABLE, is_row_kept=False)
    lines = (check.counted(raw.rejected_rows),) if raw.rejected_rows else ()
    values = tuple(
        Check(source.name, column, Problem.UNREADABLE, is_row_kept=True).counted(rows)
        for column, rows in raw.unreadable_values
    )
    return lines + values


def _left_out(source: Source, raw: ibis.Table, ask: Ask) -> Findings:
    """Return the lines that `tidy` leaves out because nobody can be told from them."""
    is_attached = ATTACHMENTS.get(source.name)
    if is_attached is None:
        return lambda: ()
    counted = ask(raw.filter(~is_attached(raw)).aggregate(rows=_.count()))
    check = Check(source.name, "", Problem.ORPHAN, is_row_kept=False)
    return lambda: [check.counted(row["rows"]) for row in counted() if row["rows"]]


def _check_geojson(path: Path) -> None:
    try:
        collection = json.loads(path.read_text("utf-8"))
        codes = [feature["properties"]["code"] for feature in collection["features"]]
    except (ValueError, KeyError, TypeError) as broken:
        message = (
            f"{path.name} n’est pas une collection GeoJSON de territoires (propriété « code ») : "
            "remplacez le fichier, ou retirez-le du miroir."
        )
        raise SourceError(message) from broken
    if not codes:
        message = f"{path.name} ne contient aucun territoire : remplacez le fichier."
        raise SourceError(message)
