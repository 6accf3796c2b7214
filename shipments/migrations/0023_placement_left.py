"""When a parcel that waited was taken away without having been collected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0022_orders_insert_only")]

    operations = [
        migrations.AddField(
            model_name="placement", name="left_at", field=models.DateTimeField(null=True)
        ),
    ]
