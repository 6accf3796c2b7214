"""A message names the version of the text it was written from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_insert_only")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="text_version",
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
