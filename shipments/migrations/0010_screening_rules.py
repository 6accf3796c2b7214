"""Air and rail parcels are screened without exception (seed 003 一(二)); more rules are data."""

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

RULES = (("air", "航空件", "Air parcels"), ("rail", "高铁件", "High-speed rail parcels"))


def load(apps, schema_editor):
    rule = apps.get_model("shipments", "ScreeningRule")
    for mode, name, name_en in RULES:
        rule.objects.get_or_create(
            mode=mode, region="", defaults={"name": name, "name_en": name_en}
        )


class Migration(migrations.Migration):
    dependencies = [("shipments", "0009_network")]

    operations = [RunRows(load, migrations.RunPython.noop)]
