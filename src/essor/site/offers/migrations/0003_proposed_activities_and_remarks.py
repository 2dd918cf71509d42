"""What a list tells of an organisation until it confirms it; errors that visitors find on cards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_zones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
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
                (
                    "fact",
                    models.CharField(
                        choices=[
                            ("name", "Nom d’usage"),
                            ("staff", "Effectif"),
                            ("address", "Adresse"),
                            ("status", "Statut"),
                            ("activity", "Activité"),
                            ("closed", "Fermeture ou reprise"),
                            ("other", "Autre chose"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=300)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
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
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="declaredactivity",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="declaredactivity",
            name="told_as",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="declaredactivity",
            name="told_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            model_name="declaredactivity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("told_by", ""), _negated=True),
                fields=("siret", "told_by", "told_as"),
                name="one_activity_a_name_of_a_list",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("siren", "fact", "value"),
                name="one_pending_remark_a_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("state", "refused"), _negated=True),
                name="a_refused_remark_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "pending"), ("email", ""), _connector="OR"),
                name="a_remark_decided_keeps_no_address",
            ),
        ),
    ]
