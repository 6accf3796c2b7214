"""Load the classes of exceptions and the hours of the watch: proposals until confirmed."""

import json
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

HERE = Path(__file__).resolve().parent.parent / "catalogue"
KINDS = (("ExceptionClass", "exceptions"), ("WatchLimit", "watch_limits"))


def load(apps, schema_editor):
    for model, name in KINDS:
        rows = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
        kind = apps.get_model("shipments", model)
        kind.objects.bulk_create([kind(**row) for row in rows])


def unload(apps, schema_editor):
    for model, _name in KINDS:
        apps.get_model("shipments", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0016_exceptions_in_depth")]

    operations = [RunRows(load, unload)]
