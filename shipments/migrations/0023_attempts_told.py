"""Whether the source of a parcel's scans tells attempts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0022_orders_insert_only")]

    operations = [
        migrations.AddField("parcelfacts", "attempts_told", models.BooleanField(default=True)),
    ]
