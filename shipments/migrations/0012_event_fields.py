"""What richer devices say of an event (parcels.md §4.1). Nullable columns: no row is written."""

from django.db import migrations, models


def _field(name, field):
    return migrations.AddField(model_name="scanevent", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("shipments", "0011_exchange")]

    operations = [
        _field("device_recorded_at", models.DateTimeField(null=True)),
        _field("is_mock", models.BooleanField(null=True)),
        _field("read_point", models.CharField(max_length=40, null=True)),
        _field(
            "audience",
            models.CharField(
                choices=[("internal", "Internal"), ("customer", "Customer")],
                max_length=8,
                null=True,
            ),
        ),
        _field("batch", models.UUIDField(null=True)),
    ]
