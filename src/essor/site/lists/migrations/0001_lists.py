"""The first tables: lists of organisations, and what they keep."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("territory", models.CharField(blank=True, max_length=32)),
                ("token", models.CharField(max_length=64, null=True, unique=True)),
                ("shares_notes", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="KeptOrganisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("siren", models.CharField(max_length=9)),
                ("organisation", models.CharField(max_length=300)),
                ("is_fictional", models.BooleanField()),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "held_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept",
                        to="lists.organisationlist",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "siren"],
            },
        ),
        migrations.AddConstraint(
            model_name="organisationlist",
            constraint=models.UniqueConstraint(
                models.F("member"),
                django.db.models.functions.text.Lower("name"),
                name="one_list_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptorganisation",
            constraint=models.UniqueConstraint(
                fields=("held_in", "siren"), name="kept_once_a_list"
            ),
        ),
    ]
