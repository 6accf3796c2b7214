"""The proposed targets of the figures about appointments, acceptance, sorting and traces."""

from datetime import date
from decimal import Decimal

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("kpi", "0005_wide_sums")]
    operations = [migrations.RunPython(propose, withdraw)]
