"""Proposed targets of figures about steps on the way."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "T12": "0.90", "D03": "115", "D04": "0.01", "D10B": "50", "E05": "0.02",
    "D02A": "0.01", "D02B": "0.01", "D02C": "0.0001", "D02D": "0.002",
}  # fmt: skip


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
    dependencies = [("kpi", "0017_proposals_of_inspections")]
    operations = [RunRows(propose, withdraw)]
