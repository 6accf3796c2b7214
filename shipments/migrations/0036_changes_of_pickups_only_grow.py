"""Changes of pickups can only grow again: SQLite drops a table's triggers when a column is added."""

from django.db import migrations

from courierqa.core.insert_only import guard, guarded_tables
from courierqa.core.rows_of_migrations import RunRows

TABLE = "shipments_pickupchange"


def close(apps, editor):
    if TABLE not in guarded_tables(editor.connection):
        guard(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("shipments", "0035_things")]

    operations = [RunRows(close, migrations.RunPython.noop)]
