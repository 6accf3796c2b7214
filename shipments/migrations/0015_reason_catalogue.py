"""The usual next steps of each reason, and reasons of holds and returns (parcels.md §4.3)."""

import json
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

FILE = Path(__file__).resolve().parent.parent / "catalogue" / "reason_steps.json"


def load(apps, schema_editor):
    reasons = apps.get_model("shipments", "Reason")
    told = json.loads(FILE.read_text(encoding="utf-8"))
    for row in told["reasons"]:
        reasons.objects.get_or_create(code=row["code"], defaults=row)
    for code, steps in told["steps"].items():
        reasons.objects.filter(code=code, next_steps=[]).update(next_steps=steps)


def unload(apps, schema_editor):
    codes = [row["code"] for row in json.loads(FILE.read_text(encoding="utf-8"))["reasons"]]
    apps.get_model("shipments", "Reason").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0014_reason_steps")]

    operations = [RunRows(load, unload)]
