"""Load the products of seed 004 §6.1.2, the reasons with their parties, the prohibited goods."""

import json
from datetime import time
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

HERE = Path(__file__).resolve().parent.parent / "catalogue"
KINDS = (("Product", "products"), ("Reason", "reasons"), ("ProhibitedItem", "prohibited"))


def _rows(name):
    rows = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    for row in rows:
        if "cutoff" in row:
            row["cutoff"] = time.fromisoformat(row["cutoff"])
    return rows


def load(apps, schema_editor):
    for model, name in KINDS:
        kind = apps.get_model("shipments", model)
        # A column that later versions dropped is no longer filled.
        known = {field.name for field in kind._meta.get_fields()}
        rows = [{k: v for k, v in row.items() if k in known} for row in _rows(name)]
        kind.objects.bulk_create([kind(**row) for row in rows])


def unload(apps, schema_editor):
    for model, _name in KINDS:
        apps.get_model("shipments", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0001_initial")]

    operations = [RunRows(load, unload)]
