"""What may follow a reason, and when it was retired."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0013_finding_decisions")]

    operations = [
        migrations.AddField(
            model_name="reason", name="next_steps", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="reason", name="retired_at", field=models.DateTimeField(null=True)
        ),
    ]
