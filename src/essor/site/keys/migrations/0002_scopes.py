"""What a key opens, and when its end was told; keys made before may still publish."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the scope of a key and the day its member was warned."""

    dependencies = [
        ("keys", "0001_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="key",
            name="scope",
            field=models.CharField(default="write", max_length=16),
        ),
        migrations.AddField(
            model_name="key",
            name="warned_at",
            field=models.DateTimeField(null=True),
        ),
    ]
