"""Proposed targets of figures about exceptions, handovers, claims, surveys and people."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "D05": "1", "D06": "0.99", "D07": "0.995", "D08": "0", "D09": "0.5", "D11": "0.05",
    "S07": "0.90", "A06": "0", "E01": "300", "E02": "0.95", "E03": "0.95", "E04": "0.95",
    "C06": "0.90", "C07": "0.95", "C08": "0.05", "C13": "1", "C14": "0.01",
    "P01": "5", "P02": "0.95", "P03": "1", "P04": "3",
    "V01": "85", "V02": "0.90", "V04": "0.10",
    "H01": "0.95", "H02": "0.90", "H03": "0.80", "H05": "85", "H05A": "0.30", "H05C": "0.05",
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
    dependencies = [("kpi", "0006_durations_and_proposals")]
    operations = [RunRows(propose, withdraw)]
