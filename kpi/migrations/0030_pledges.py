"""Promises on the public page, and what is set aside for objectives."""

from datetime import date
from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

# Proposals, marked as such until somebody confirms them: figure, value, words in two languages.
SINCE = date(2026, 1, 1)
PLEDGES = (
    ("on-time", "T01", "0.95", "按承诺时限送达", "Delivered within the time we promised"),
    ("intact", "S01", "0.999", "快件完好无损", "Your parcel arrives whole"),
    ("not-lost", "S02", "20", "快件不丢失", "Your parcel does not get lost"),
    (
        "asked-first",
        "D05",
        "0.95",
        "投柜、代收前先征得同意",
        "We ask before we leave it in a locker or with somebody",
    ),
    ("seven-days", "C03", "0.98", "投诉七日内处理完毕", "Complaints are settled within seven days"),
    ("paid-in-time", "P03", "0.95", "赔付按时到账", "Compensation is paid in time"),
)


def pledge(apps, schema_editor):
    rows = apps.get_model("kpi", "Pledge").objects
    for place, (code, metric, value, text, text_en) in enumerate(PLEDGES, 1):
        rows.get_or_create(code=code, defaults={
            "metric": metric, "value": Decimal(value), "text": text, "text_en": text_en,
            "position": place, "since": SINCE,
        })  # fmt: skip


def withdraw(apps, schema_editor):
    codes = [one[0] for one in PLEDGES]
    apps.get_model("kpi", "Pledge").objects.filter(code__in=codes, is_proposal=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0021_proposals_of_upkeep"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.SlugField(max_length=30, unique=True)),
                ("metric", models.CharField(max_length=8)),
                ("value", models.DecimalField(decimal_places=4, max_digits=12)),
                ("text", models.CharField(max_length=120)),
                ("text_en", models.CharField(max_length=160)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("is_proposal", models.BooleanField(default=True)),
                ("since", models.DateField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveResource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metric", models.CharField(max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "People"),
                            ("vehicles", "Vehicles"),
                            ("money", "Money"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["year", "metric"], name="kpi_resource_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="kpi_resource_some"
                    )
                ],
            },
        ),
        RunRows(pledge, withdraw),
        insert_only("kpi_objectiveresource"),
    ]
