"""When a parcel that waited was taken away without having been collected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0024_attempts_told_of_imports")]

    operations = [
        migrations.AddField(
            model_name="placement", name="left_at", field=models.DateTimeField(null=True)
        ),
    ]
