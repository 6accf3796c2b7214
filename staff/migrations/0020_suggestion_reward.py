"""What an adopted suggestion brought."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0013_counted_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="reward",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestion",
                to="staff.rewardproposal",
            ),
        ),
    ]
