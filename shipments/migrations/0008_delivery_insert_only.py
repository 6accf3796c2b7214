"""Checks of a round and the cash ledger can only be added to: the database itself refuses more."""

from django.db import migrations

from courierqa.core.insert_only import insert_only

TABLES = ("roundcheck", "orderacceptance", "slot", "codentry", "codhandin")


class Migration(migrations.Migration):
    dependencies = [("shipments", "0007_delivery_rules")]

    operations = [insert_only(f"shipments_{name}") for name in TABLES]
