"""What insurers and partners paid back for claims."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0050_case_spells"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("insurer", "Insurer"),
                            ("partner", "Partner company"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("party", models.CharField(max_length=80)),
                ("received_on", models.DateField()),
                ("document_no", models.CharField(max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="complaints.claim",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="complaints.recovery",
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "id"],
                "indexes": [
                    models.Index(fields=["received_on"], name="complaints__receive_f17b38_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__gt", 0), ("reason", ""), ("takes_back", None)),
                            models.Q(
                                ("amount_fen__lt", 0),
                                ("takes_back__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comp_recovery_sign",
                    )
                ],
            },
        ),
        insert_only("complaints_recovery"),
    ]
