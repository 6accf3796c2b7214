from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0004_publictext")]

    operations = [
        migrations.AddField(
            model_name="proof",
            name="received_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
