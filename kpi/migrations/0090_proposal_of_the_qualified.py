"""The proposed share of people qualified for their post (H04)."""

from datetime import date
from decimal import Decimal

from django.db import migrations

VALID_FROM = date(2025, 1, 1)
PROPOSALS = {"H04": "1"}


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
    dependencies = [("kpi", "0081_proposal_of_objectives")]
    operations = [migrations.RunPython(propose, withdraw)]
