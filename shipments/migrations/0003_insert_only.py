"""Scan events can only be added: the database itself refuses to change or remove them."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("shipments", "0002_catalogue")]

    operations = [insert_only("shipments_scanevent")]
