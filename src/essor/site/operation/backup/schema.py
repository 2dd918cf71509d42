"""The tables of the people's data, as they are in a database of any version of Essor.

They are read from its migrations, not from the models of the day: a database that lags behind can be
saved before it is migrated, and what was saved long ago can be read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model
from django.db.models.fields.json import JSONField

from essor.errors import PeopleDatabaseError

LEFT_OUT = frozenset({"auth", "contenttypes", "operation", "sessions"})
"""Applications whose rows are not people's data: made again by migrations, or over by then."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a database, by name, and the migrations that made them."""

    tables: dict[str, type[Model]]
    migrations: dict[str, list[str]]


def schema_of(connection: BaseDatabaseWrapper) -> Schema:
    """Return the tables of a database as its migrations left them.

    Raises:
        PeopleDatabaseError: a later version of Essor migrated it: this one would save it badly.
    """
    loader = MigrationLoader(connection)
    known = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    if known - set(loader.disk_migrations):
        message = (
            "La base des personnes est d’une version d’Essor plus récente que celle-ci : lancez la "
            "commande avec cette version."
        )
        raise PeopleDatabaseError(message)
    state = loader.project_state(_leaves(loader, known))
    models = state.apps.get_models(include_auto_created=True)
    tables = {
        model._meta.label_lower: model for model in models if model._meta.app_label not in LEFT_OUT
    }
    return Schema(dict(sorted(tables.items())), _by_application(known))


def columns(model: type[Model]) -> list["Field[object, object]"]:
    """Return the columns of a table; written dates are kept as they are, never set to the day."""
    found = list(model._meta.concrete_fields)
    for column in found:
        for habit in ("auto_now", "auto_now_add"):
            if hasattr(column, habit):
                setattr(column, habit, False)
    return found


def encoded(row: Model, fields: list["Field[object, object]"]) -> Iterator[object]:
    """Yield the values of a row, as JSON writes them."""
    for column in fields:
        value = column.value_from_object(row)
        is_plain = value is None or isinstance(value, bool | int | float | str)
        yield value if is_plain or isinstance(column, JSONField) else column.value_to_string(row)


def decoded(
    model: type[Model], fields: list["Field[object, object]"], values: list[object]
) -> Model:
    """Return the row that `encoded` gave the values of."""
    given = {
        column.attname: value if isinstance(column, JSONField) else column.to_python(value)
        for column, value in zip(fields, values, strict=True)
    }
    return model(**given)


def targets(migrations: dict[str, list[str]], loader: MigrationLoader) -> list[tuple[str, str]]:
    """Return the last migrations of a set: those from which all the others follow."""
    return _leaves(loader, {(app, name) for app, names in migrations.items() for name in names})


def _leaves(loader: MigrationLoader, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    followed = {
        parent.key
        for key in known
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(known - followed)


def _by_application(known: set[tuple[str, str]]) -> dict[str, list[str]]:
    applications: dict[str, list[str]] = {}
    for app, name in sorted(known):
        applications.setdefault(app, []).append(name)
    return applications
