"""Every claim has its day of decision; rules and incident notes can only be added."""

from django.db import migrations, models

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("complaints", "0014_claims_catalogue")]
    operations = [
        migrations.AlterField("claim", "due_at", models.DateTimeField()),
        insert_only("complaints_claimrule"),
        insert_only("complaints_incidentnote"),
    ]
