"""Printed months cannot be changed: the database itself refuses."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("kpi", "0002_target_proposals")]

    operations = [insert_only("kpi_snapshot"), insert_only("kpi_reportfile")]
