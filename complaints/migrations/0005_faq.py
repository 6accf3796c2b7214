"""Answers to common questions in versions, insert-only; a reason for cases that are questions."""

import json
from datetime import UTC, datetime
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

ANSWERS = Path(__file__).resolve().parent.parent / "catalogue" / "faq.json"
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def load_answers(apps, schema_editor):
    """Write version 1 of each answer."""
    kind = apps.get_model("complaints", "Faq")
    rows = json.loads(ANSWERS.read_text(encoding="utf-8"))
    kind.objects.bulk_create(kind(**row, made_at=FIRST_DAY, made_by=None) for row in rows)


def add_reason(apps, schema_editor):
    """Questions are not complaints: their reason is in no complaint form."""
    apps.get_model("complaints", "Reason").objects.get_or_create(
        code="question",
        defaults={
            "group": 8, "position": 1, "case_class": "other", "name": "咨询",
            "name_en": "Question", "severity": 1, "first_hours": 8, "resolve_hours": 72,
            "is_active": False,
        },
    )  # fmt: skip


def remove_reason(apps, schema_editor):
    apps.get_model("complaints", "Reason").objects.filter(code="question", cases=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0004_claim_opened_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Faq",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=120)),
                ("question_en", models.CharField(max_length=160)),
                ("answer", models.TextField()),
                ("answer_en", models.TextField()),
                ("keywords", models.CharField(blank=True, max_length=300)),
                ("keywords_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=100)),
                ("is_published", models.BooleanField(default=True)),
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
                "ordering": ["position", "code", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="comp_faq_version_once"
                    )
                ],
            },
        ),
        RunRows(load_answers, migrations.RunPython.noop),
        RunRows(add_reason, remove_reason),
        insert_only("complaints_faq"),
    ]
