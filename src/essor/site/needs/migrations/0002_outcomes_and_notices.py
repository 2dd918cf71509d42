"""What came of needs, and what members are told of them."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0001_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("concluded", "Affaire conclue ici"),
                            ("elsewhere", "Conclue ailleurs"),
                            ("nothing", "Rien de conclu"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "amount",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("up_to_10k", "moins de 10\u202f000\xa0€"),
                            ("up_to_50k", "de 10\u202f000 à 50\u202f000\xa0€"),
                            ("up_to_250k", "de 50\u202f000 à 250\u202f000\xa0€"),
                            ("more", "plus de 250\u202f000\xa0€"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "hindrance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_answer", "Pas de réponse"),
                            ("too_expensive", "Prix"),
                            ("capacity", "Capacité ou délai"),
                            ("quality", "Qualité ou certificat"),
                            ("distance", "Distance"),
                            ("given_up", "Besoin abandonné ou reporté"),
                            ("other", "Autre raison"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "satisfaction",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=1000)),
                ("said_at", models.DateTimeField(auto_now=True)),
                (
                    "exchange",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome",
                        to="needs.exchange",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="needs.posting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=400)),
                ("address", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="needs.posting",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_immediate", models.BooleanField(default=False)),
                ("digest_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rhythm",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                condition=models.Q(("exchange", None)),
                fields=("posting",),
                name="one_outcome_of_the_buyer",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(("hindrance", ""), ("result", "nothing"), _negated=True),
                name="nothing_concluded_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["told_at"], name="needs_notic_told_at_e294ff_idx"),
        ),
    ]
