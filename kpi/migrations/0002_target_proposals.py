"""The proposed targets (domain rules C1 to C6); each stays a proposal until somebody confirms it."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "T01": "0.95",
    "T02": "0.97",
    "T03": "0.8375",
    "D01": "0.90",
    "S01": "0.9995",
    "S02": "50",
    "S03": "100",
    "C01": "4",
    "C03": "1",
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
        valid_from=VALID_FROM, is_proposal=True, site=None, set_by=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("kpi", "0001_initial"), ("staff", "0001_initial")]
    operations = [RunRows(propose, withdraw)]
