"""Proposed targets of figures about measures, their effects and what came back."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {"I04": "0.95", "I05": "0.90", "I06": "0.05", "H07": "0.90"}


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
    dependencies = [("kpi", "0012_baselines")]
    operations = [RunRows(propose, withdraw)]
