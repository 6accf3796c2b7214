"""A point that failed in an inspection raises nonconformities too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0012_checklists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="nonconformity",
            name="source",
            field=models.CharField(
                choices=[
                    ("parcel", "Parcel"),
                    ("case", "Complaint"),
                    ("exception", "Exception"),
                    ("violation", "Violation"),
                    ("observation", "Spot check or ride-along"),
                    ("exam", "Failed exam"),
                    ("survey", "Survey answer"),
                    ("signal", "Signal of a figure"),
                    ("incident", "Privacy incident"),
                    ("inspection", "Inspection"),
                    ("other", "Seen by somebody"),
                ],
                max_length=12,
            ),
        ),
    ]
