"""Where an offer is, as a search places it; and the mark of what is published, for needs opened before."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Draw the mark: needs that are open already are found, though nothing else was ever published."""
    # A new database stays empty: a backup may be put in it, and its pages ask nothing of it.
    if apps.get_model("needs", "Posting").objects.exists():
        apps.get_model("offers", "Stamp").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_needs"), ("offers", "0001_offers")]

    operations = [
        migrations.AddField(
            "offer",
            "zone",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
