"""What organisations publish, as tables."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="DeclaredActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("siren", models.CharField(db_index=True, max_length=9)),
                ("organisation", models.CharField(max_length=300)),
                ("is_fictional", models.BooleanField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("said_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_reason", models.TextField(blank=True, max_length=1000)),
                ("siret", models.CharField(max_length=14)),
                ("trades", models.JSONField()),
                ("label", models.CharField(max_length=120)),
                ("presence", models.JSONField(default=list)),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("unknown", "Non précisé"),
                            ("radius", "À tant de kilomètres de l’établissement"),
                            ("zones", "Dans ces territoires"),
                            ("country", "Dans toute la France"),
                        ],
                        max_length=16,
                    ),
                ),
                ("radius_km", models.FloatField(null=True)),
                ("zones", models.JSONField(default=list)),
                ("capacity", models.CharField(blank=True, max_length=300)),
                ("certificates", models.JSONField(null=True)),
                ("available_from", models.DateField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["label", "id"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("siren", models.CharField(db_index=True, max_length=9)),
                ("organisation", models.CharField(max_length=300)),
                ("is_fictional", models.BooleanField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("said_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_reason", models.TextField(blank=True, max_length=1000)),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("premises", "Un local"),
                            ("machine", "Une machine"),
                            ("workshop", "Des heures d’atelier"),
                            ("skills", "Des compétences"),
                            ("materials", "Des matières ou des surplus"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=2000)),
                ("place", models.CharField(max_length=120)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(db_index=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("siren", models.CharField(db_index=True, max_length=9)),
                ("organisation", models.CharField(max_length=300)),
                ("is_fictional", models.BooleanField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("said_at", models.DateTimeField()),
                (
                    "fact",
                    models.CharField(
                        choices=[
                            ("name", "Nom d’usage"),
                            ("staff", "Effectif"),
                            ("address", "Adresse"),
                            ("status", "Statut"),
                            ("activity", "Activité"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(max_length=300)),
                ("explanation", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "en attente"),
                            ("accepted", "acceptée"),
                            ("refused", "refusée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="pending",
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("siren", "fact"),
                        name="one_pending_correction_a_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("state", "refused"), _negated=True),
                        name="a_refused_correction_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="offers.declaredactivity",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="offers.offer",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("activity", None), ("offer", None), _connector="XOR"),
                        name="a_report_is_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("member", "activity"),
                        name="one_pending_report_of_an_activity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("member", "offer"),
                        name="one_pending_report_of_an_offer",
                    ),
                ],
            },
        ),
    ]
