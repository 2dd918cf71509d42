"""Second factors are sealed; a moderator is told that claims wait."""

from collections.abc import Callable

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from essor.site.members.sealing import changed, sealed_once, unseal


def _seal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _change(apps, editor, sealed_once)


def _unseal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _change(apps, editor, unseal)


def _change(
    apps: StateApps, editor: BaseDatabaseSchemaEditor, change: Callable[[str], str]
) -> None:
    factors = apps.get_model("mfa", "Authenticator")._base_manager.using(editor.connection.alias)
    for factor in list(factors.all()):
        factor.data = changed(factor.data, change)
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = (
        ("members", "0002_journal_and_attempts"),
        ("mfa", "0003_authenticator_type_uniq"),
    )
    operations = (
        migrations.AddField("appointment", "told_at", models.DateTimeField(null=True)),
        migrations.RunPython(_seal, _unseal),
    )
