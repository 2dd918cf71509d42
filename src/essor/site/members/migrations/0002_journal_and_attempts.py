"""The journal is never changed, whoever writes SQL; the counts of attempts have their table."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = """
CREATE TRIGGER members_journal_is_kept BEFORE UPDATE ON members_journalentry
BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END
"""
_POSTGRESQL = """
CREATE FUNCTION members_journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an entry of the journal is never changed'; END $$;
CREATE TRIGGER members_journal_is_kept BEFORE UPDATE ON members_journalentry
FOR EACH ROW EXECUTE FUNCTION members_journal_is_kept();
"""
_NOT_KEPT = {
    "sqlite": "DROP TRIGGER members_journal_is_kept",
    "postgresql": "DROP FUNCTION members_journal_is_kept() CASCADE",
}


def _keep(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL)


def _keep_no_more(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_NOT_KEPT[editor.connection.vendor])


def _count(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """What no model says."""

    dependencies = (("members", "0001_people"),)
    operations = (
        migrations.RunPython(_keep, _keep_no_more),
        migrations.RunPython(_count, migrations.RunPython.noop),
    )
