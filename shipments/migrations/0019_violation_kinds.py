"""Load the kinds of violations around a delivery."""

import json
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

FILE = Path(__file__).resolve().parent.parent / "catalogue" / "violations.json"


def load(apps, schema_editor):
    kind = apps.get_model("shipments", "ViolationKind")
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    kind.objects.bulk_create([kind(**row) for row in rows])


def unload(apps, schema_editor):
    apps.get_model("shipments", "ViolationKind").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0018_conduct")]

    operations = [RunRows(load, unload)]
