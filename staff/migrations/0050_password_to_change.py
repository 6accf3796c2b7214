"""Whether the password was set by somebody else and is changed at the next sign-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0030_due_day_of_grades")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
    ]
