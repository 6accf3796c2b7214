"""A customer is asked for proof of a claim; the clock of its decision stands still meanwhile."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0008_case_filters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProofRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("customer", "The customer replied"),
                            ("hand", "Ended by hand"),
                            ("limit", "The longest pause was over"),
                            ("step", "The case moved on"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="complaints.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("claim",),
                        name="comp_one_open_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gte", models.F("asked_at")),
                            models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("asked_at")),
                                _connector="OR",
                            ),
                        ),
                        name="comp_proof_in_order",
                    ),
                ],
            },
        ),
    ]
