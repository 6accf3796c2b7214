"""What was checked, delayed, told, licensed and destroyed stays on record."""

from django.db import migrations

from courierqa.core.insert_only import insert_only

GROWING = (
    "quality_equipmentcheck", "quality_maintenancedelay", "quality_licenceterm",
    "quality_incidentline", "quality_destruction",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0030_things")]
    operations = [insert_only(table) for table in GROWING]
