"""The first tables: needs posted, the exchanges about them, the messages of these."""

import uuid

import django.core.validators
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
            name="Exchange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("siren", models.CharField(db_index=True, max_length=9)),
                ("siret", models.CharField(blank=True, max_length=14)),
                ("organisation", models.CharField(max_length=300)),
                ("is_invited", models.BooleanField()),
                ("why", models.JSONField(default=dict)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("waiting", "invitation sans réponse"),
                            ("interested", "intéressée"),
                            ("refused", "ne répondra pas"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                (
                    "refusing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_far", "Trop loin"),
                            ("no_capacity", "Plus de capacité"),
                            ("other_trade", "Hors de notre métier"),
                            ("too_soon", "Délai trop court"),
                            ("too_small", "Quantité trop petite"),
                            ("too_large", "Quantité trop grande"),
                            ("other", "Autre raison"),
                        ],
                        max_length=16,
                    ),
                ),
                ("refusing_text", models.TextField(blank=True, max_length=1000)),
                ("is_retained", models.BooleanField(null=True)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["begun_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("siren", models.CharField(blank=True, db_index=True, max_length=9)),
                ("organisation", models.CharField(blank=True, max_length=300)),
                ("is_fictional", models.BooleanField()),
                ("text", models.TextField(max_length=5000)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("radius_km", models.FloatField(null=True)),
                ("quantity", models.CharField(blank=True, max_length=100)),
                ("deadline", models.DateField(null=True)),
                (
                    "reserved",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handicap", "Handicap : EA et ESAT (L. 2113-12)"),
                            ("insertion", "Insertion : SIAE (L. 2113-13)"),
                            ("mixte", "Handicap et insertion (L. 2113-14)"),
                            ("ess", "Économie sociale et solidaire (L. 2113-15)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("kept", models.JSONField(default=list)),
                ("record", models.JSONField()),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Public : toute organisation peut proposer de répondre"),
                            (
                                "invited",
                                "Sur invitation : seules les organisations invitées le lisent",
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("open", "ouvert"),
                            ("expired", "arrivé à son terme"),
                            ("closed", "clos"),
                            ("withdrawn", "retiré"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_reason", models.TextField(blank=True, max_length=1000)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="postings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="exchange",
            name="posting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="exchanges",
                to="needs.posting",
            ),
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("buyer", "acheteur"), ("supplier", "fournisseur")], max_length=16
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("none", "non signalé"),
                            ("pending", "signalé"),
                            ("kept", "gardé par un modérateur"),
                            ("hidden", "masqué par un modérateur"),
                        ],
                        default="none",
                        max_length=16,
                    ),
                ),
                ("report_reason", models.TextField(blank=True, max_length=1000)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="needs.exchange",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "id"],
                "indexes": [models.Index(fields=["report"], name="needs_messa_report_636be6_idx")],
            },
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["state", "visibility", "expires_on"], name="needs_posti_state_587d98_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("expires_on__isnull", False), ("opened_at__isnull", False)),
                    _connector="XOR",
                ),
                name="a_need_published_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at", None),
                    models.Q(("hidden_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="a_need_hidden_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(fields=("posting", "siren"), name="one_exchange"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("refusing", ""), ("stance", "refused"), _negated=True),
                name="an_organisation_that_refuses_says_why",
            ),
        ),
    ]
