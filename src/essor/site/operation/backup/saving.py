"""A backup is made from one moment of the database, while the site goes on."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.crypto import salted_hmac

from essor.site.environment import people_database_file
from essor.site.operation.backup.file import FORMAT, Manifest, Row, Table, Whole, write
from essor.site.operation.backup.schema import Schema, columns, encoded, schema_of
from essor.warehouse.disk import writing_in

_AT_ONCE = 500
"""Rows held in memory at a time."""


def save(path: Path) -> Whole:
    """Write the people's data in a file, for its owner alone, and return what it holds.

    Raises:
        PeopleDatabaseError: a later version of Essor migrated the database.
        DiskError: the disk refuses.
    """
    with still(connections["default"], path.parent) as connection:
        return write_all(path, connection)


def write_all(path: Path, connection: BaseDatabaseWrapper) -> Whole:
    """Write in a file all that a database holds of people."""
    schema = schema_of(connection)
    manifest = Manifest(
        format=FORMAT,
        essor=version("essor"),
        made_at=timezone.now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        key=_fingerprint(settings.SECRET_KEY),
        migrations=schema.migrations,
    )
    return write(path, manifest, _lines(schema, connection.alias))


def is_key_known(fingerprint: str) -> bool:
    """Return whether a backup was made with a key that this site has, or had."""
    return any(
        _fingerprint(key) == fingerprint
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


@contextmanager
def still(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """Give the database as it is at this moment: nobody who writes waits, nothing moves.

    SQLite is copied by its own means beside the backup, for nobody else to read; PostgreSQL keeps
    the moment for one transaction.
    """
    if connection.vendor == "sqlite":
        with _copied(connection, folder) as copy:
            yield copy
        return
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@contextmanager
def another_database(file: Path, alias: str) -> Iterator[BaseDatabaseWrapper]:
    """Give a file of SQLite as one more database of Django's, while the block lasts."""
    told = connections.configure_settings({"default": {}, alias: people_database_file(file)})
    connections.settings[alias] = told[alias]
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias], connections.settings[alias]


@contextmanager
def _copied(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    with writing_in(folder), tempfile.TemporaryDirectory(prefix=".essor-", dir=folder) as private:
        copy = Path(private) / "people.sqlite3"
        with (
            closing(
                sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
            ) as held,
            closing(sqlite3.connect(copy)) as made,
        ):
            held.backup(made)
        with another_database(copy, "copy") as opened:
            yield opened


def _fingerprint(key: str) -> str:
    """Return what tells a key from another, and nothing more of it."""
    return salted_hmac("essor.backup", "key", secret=key).hexdigest()[:16]


def _lines(schema: Schema, alias: str) -> Iterator[Table | Row]:
    for name, model in schema.tables.items():
        fields = columns(model)
        yield Table(name, tuple(column.attname for column in fields))
        rows = model._base_manager.using(alias).order_by("pk")
        for row in rows.iterator(chunk_size=_AT_ONCE):
            yield list(encoded(row, fields))
