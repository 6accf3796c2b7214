"""How many keys an entry of the ledger destroyed, and until when backups hold copies (INF-05)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0091_licences_of_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="destruction",
            name="backups_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="destruction",
            name="keys",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
