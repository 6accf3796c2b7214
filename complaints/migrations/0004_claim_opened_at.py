"""A claim says when it was opened; claims from before were opened when they were written."""

from django.db import migrations, models
from django.db.models import F

from courierqa.core.rows_of_migrations import RunRows


def fill(apps, schema_editor):
    apps.get_model("complaints", "Claim").objects.update(opened_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("complaints", "0003_repeated_cases")]
    operations = [
        migrations.AddField("claim", "opened_at", models.DateTimeField(null=True)),
        RunRows(fill, migrations.RunPython.noop),
        migrations.AlterField("claim", "opened_at", models.DateTimeField()),
    ]
