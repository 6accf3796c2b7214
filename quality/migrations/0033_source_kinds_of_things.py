"""A nonconformity may come from a vehicle, a machine, a licence, a hazard, an incident."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0032_emergency_plans"),
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
                    ("vehicle", "Vehicle"),
                    ("equipment", "Equipment"),
                    ("maintenance", "Service overdue"),
                    ("ticket", "Call for help"),
                    ("licence", "Licence"),
                    ("hazard", "Hazard"),
                    ("safety", "Safety incident"),
                    ("drill", "Drill"),
                    ("other", "Seen by somebody"),
                ],
                max_length=12,
            ),
        ),
    ]
