"""Cells of durations, and the proposed targets of the figures that come with them."""

from datetime import date
from decimal import Decimal

from django.db import migrations, models

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "T08": "0.95",
    "T09": "0.95",
    "T10": "0.02",
    "D10": "5",
    "S05": "0.995",
    "A01": "1",
    "A02": "1",
    "A03": "0.99",
    "A04": "1",
    "A05": "200",
}


def propose(apps, schema_editor):
    target = apps.get_model("kpi", "Target")
    for metric, value in PROPOSALS.items():
        target.objects.get_or_create(
            metric=metric,
            site=None,
            valid_from=VALID_FROM,
            defaults={"value": Decimal(value), "is_proposal": True},
        )


def withdraw(apps, schema_editor):
    apps.get_model("kpi", "Target").objects.filter(
        metric__in=PROPOSALS, valid_from=VALID_FROM, is_proposal=True, site=None, set_by=None
    ).delete()


def _durations(name, day):
    whole = models.PositiveIntegerField
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("metric", models.CharField(max_length=8)),
            (day, models.DateField()),
            ("site_id", models.BigIntegerField()),
            ("product_id", models.BigIntegerField()),
            ("buckets", models.JSONField(default=list)),
            ("measured", whole()),
            ("minutes", models.PositiveBigIntegerField()),
            ("still_open", whole()),
            ("left", whole()),
            ("missing", whole()),
        ],
        options={
            "indexes": [models.Index(fields=[day, "metric"], name=f"kpi_duration_{day}")],
            "constraints": [
                models.UniqueConstraint(
                    fields=["metric", day, "site_id", "product_id"],
                    name=f"kpi_duration_{day}_once",
                )
            ],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("kpi", "0005_wide_sums")]
    operations = [
        _durations("DurationCell", "day"),
        _durations("DurationMonth", "month"),
        RunRows(propose, withdraw),
    ]
