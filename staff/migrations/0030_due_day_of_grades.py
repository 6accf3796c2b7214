"""By which day of the next month a month's grades are confirmed (H06); a proposal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0020_suggestion_reward")]

    operations = [
        migrations.AddField(
            model_name="assessmentscheme",
            name="due_day",
            field=models.PositiveSmallIntegerField(default=10),
        ),
    ]
