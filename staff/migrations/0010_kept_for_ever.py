"""Versions, moves, signatures, observations, practical tests and the ledger only grow."""

from django.db import migrations

from courierqa.core.insert_only import insert_only

TABLES = ("postversion", "move", "signature", "observation", "practicetest", "ledgerentry")


class Migration(migrations.Migration):
    dependencies = [("staff", "0009_catalogue_of_topics")]
    operations = [insert_only(f"staff_{name}") for name in TABLES]
