"""Published texts in versions, insert-only, and the words the product comes with."""

import json
from datetime import UTC, datetime
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

TEXTS = Path(__file__).resolve().parent.parent / "catalogue" / "texts.json"
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def load_texts(apps, schema_editor):
    """Write version 1 of each text; a company publishes its own as version 2."""
    kind = apps.get_model("shipments", "PublicText")
    rows = json.loads(TEXTS.read_text(encoding="utf-8"))
    kind.objects.bulk_create(
        kind(**row, valid_from=FIRST_DAY, made_at=FIRST_DAY, made_by=None) for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0003_insert_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("standards", "Service pledges"),
                            ("delivery", "Delivery rules"),
                            ("compensation", "Compensation rules"),
                            ("contact", "How to reach us"),
                            ("privacy", "Privacy statement"),
                        ],
                        max_length=15,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("title_en", models.CharField(max_length=80)),
                ("body", models.TextField()),
                ("body_en", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("is_proposal", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="ship_text_version_once"
                    )
                ],
            },
        ),
        RunRows(load_texts, migrations.RunPython.noop),
        insert_only("shipments_publictext"),
    ]
