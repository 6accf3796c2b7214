"""What a person made of a finding; the history of it is kept by the core's status changes."""

from django.db import migrations, models
from django.db.models import Q

from courierqa.core.rows_of_migrations import RunRows


def heal(apps, schema_editor):
    """Findings closed so far were closed by a later scan."""
    rows = apps.get_model("shipments", "Finding").objects.exclude(closed_at=None)
    rows.update(decision="healed")


class Migration(migrations.Migration):
    dependencies = [("shipments", "0012_event_fields")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "To decide"),
                    ("confirmed", "Confirmed"),
                    ("dismissed", "Scan declared wrong"),
                    ("noted", "Noted, nothing to correct"),
                    ("healed", "Healed by a later scan"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=Q(closed_at=None), fields=["site_id", "kind"], name="ship_finding_open"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["-found_at", "-id"], name="ship_finding_newest"),
        ),
        RunRows(heal, migrations.RunPython.noop),
    ]
