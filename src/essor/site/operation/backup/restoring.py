"""A backup is put back whole or not at all, in a database of either kind."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from essor.errors import BackupError, InvalidRequestError
from essor.home import Home
from essor.site.members import database
from essor.site.members.journal import note
from essor.site.operation.backup.file import Table, Whole, lines, verified
from essor.site.operation.backup.saving import another_database, write_all
from essor.site.operation.backup.schema import (
    LEFT_OUT,
    Schema,
    columns,
    decoded,
    schema_of,
    targets,
)

_AT_ONCE = 500
_SESSIONS = "django_session"


def restore(path: Path, home: Home, *, replaces: bool) -> Whole:
    """Put a backup in the people's database, in one transaction, and return what it held.

    One made by an earlier version of Essor is first brought to this one, aside, in the home.

    Raises:
        BackupError: the file is cut, altered or of a later version, or the database refuses it.
        InvalidRequestError: the database holds people, and nobody said to replace them.
        PeopleDatabaseError: it lags behind, is locked or does not answer.
        DiskError: the disk refuses.
    """
    whole = verified(path)
    database.make_empty_ready()
    connection = connections["default"]
    schema = schema_of(connection)
    _refuse_later(path, whole, connection)
    if not replaces and _holds_rows(schema, connection.alias):
        message = (
            "La base des personnes n’est pas vide : sauvegardez-la, puis relancez avec --replace, "
            "qui supprime tout ce qu’elle contient."
        )
        raise InvalidRequestError(message)
    with _of_this_version(path, whole, schema, home) as current, transaction.atomic():
        _load(current, connection)
        note(None, "data.restored", f"backup:{whole.manifest.made_at}")
    return whole


def _refuse_later(path: Path, whole: Whole, connection: BaseDatabaseWrapper) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [
        name
        for app, names in whole.manifest.migrations.items()
        for name in names
        if app not in LEFT_OUT and (app, name) not in known
    ]
    if unknown:
        message = (
            f"« {path.name} » a été écrit par une version d’Essor plus récente que celle-ci "
            f"({whole.manifest.essor}) : mettez Essor à jour, puis relancez."
        )
        raise BackupError(message)


def _holds_rows(schema: Schema, alias: str) -> bool:
    return any(model._base_manager.using(alias).exists() for model in schema.tables.values())


@contextmanager
def _of_this_version(path: Path, whole: Whole, schema: Schema, home: Home) -> Iterator[Path]:
    """Give the backup as this version of Essor would have written it."""
    if _kept(whole.manifest.migrations) == _kept(schema.migrations):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home.root) as private:
        with another_database(Path(private) / "people.sqlite3", "earlier") as earlier:
            executor = MigrationExecutor(earlier)
            executor.migrate(targets(_kept(whole.manifest.migrations), executor.loader))
            with transaction.atomic(using=earlier.alias):
                _load(path, earlier)
            call_command("migrate", database=earlier.alias, interactive=False, verbosity=0)
            current = Path(private) / path.name
            write_all(current, earlier)
        yield current


def _kept(migrations: dict[str, list[str]]) -> dict[str, list[str]]:
    return {app: names for app, names in migrations.items() if app not in LEFT_OUT}


def _load(path: Path, connection: BaseDatabaseWrapper) -> None:
    """Replace all that a database holds of people, in the transaction of whoever calls."""
    schema = schema_of(connection)
    models = list(schema.tables.values())
    try:
        with connection.cursor() as cursor:
            _empty(connection, models)
            for rows in _batches(path, schema):
                type(rows[0])._base_manager.using(connection.alias).bulk_create(rows)
            connection.check_constraints()
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    except (DatabaseError, ValidationError, ValueError, KeyError) as error:
        message = (
            f"La base refuse ce que contient « {path.name} » ({type(error).__name__}) : rien n’est "
            "changé ; signalez-le à l’équipe d’Essor."
        )
        raise BackupError(message) from error


def _empty(connection: BaseDatabaseWrapper, models: list[type[Model]]) -> None:
    """Delete all; sessions too, for a number may become that of somebody else."""
    tables = [model._meta.db_table for model in models]
    if _SESSIONS in connection.introspection.table_names():
        tables.append(_SESSIONS)
    names = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Who reads goes on; who writes waits for the end.
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")


def _batches(path: Path, schema: Schema) -> Iterator[list[Model]]:
    """Yield the rows of a backup, those of one table at a time, a few at a time."""
    rows: list[Model] = []
    for line in lines(path):
        if isinstance(line, Table):
            if rows:
                yield rows
            model, rows = schema.tables[line.name], []
            held = {column.attname: column for column in columns(model)}
            fields = [held[name] for name in line.columns]
            continue
        rows.append(decoded(model, fields, list(line)))
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows
