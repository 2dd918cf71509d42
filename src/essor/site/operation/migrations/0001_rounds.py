"""When each task of a timer last went to its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Round",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
            ],
        ),
    )
