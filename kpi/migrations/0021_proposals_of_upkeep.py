"""Proposed targets of figures about audits, readings, vehicles and safety."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {
    "I03": "0.95", "I03A": "0.95", "I07": "1", "I09": "0.98", "F01": "0.98", "F02": "1",
    "F05": "1", "F06": "1", "F07": "20", "F08": "0.95", "X03": "1", "G04": "0.50",
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
    dependencies = [("kpi", "0020_proposals_of_steps")]
    operations = [RunRows(propose, withdraw)]
