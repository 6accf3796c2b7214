"""Load what is looked at around a round, what proves a handover, the rules of the last mile."""

import json
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

FILE = Path(__file__).resolve().parent.parent / "catalogue" / "delivery.json"


def load(apps, schema_editor):
    for model, rows in json.loads(FILE.read_text(encoding="utf-8")).items():
        kind = apps.get_model("shipments", model)
        kind.objects.bulk_create([kind(**row) for row in rows])


def unload(apps, schema_editor):
    for model in json.loads(FILE.read_text(encoding="utf-8")):
        apps.get_model("shipments", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0006_delivery")]

    operations = [RunRows(load, unload)]
