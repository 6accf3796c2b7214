"""The proposed targets of the figures that came after the first nine; proposals like those."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "T04": "0.95",
    "T11": "2",
    "D02": "0.99",
    "S04": "20",
    "C02": "3",
    "C04": "0.98",
    "C05": "0.85",
    "C11": "20",
    "C12": "10",
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


class Migration(migrations.Migration):
    dependencies = [("kpi", "0003_snapshots_insert_only")]
    operations = [RunRows(propose, withdraw)]
