"""The counts of the work list by class stay in the index of open cases."""

from django.db import migrations, models

OPEN = [
    "answered", "first_handling", "followed_up", "investigating", "received", "registered",
    "transferred",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("complaints", "0030_settling_facts")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="comp_case_open_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["next_due_at", "-id", "status", "owner", "told_at", "site", "case_class"],
                name="comp_case_open_due",
                condition=models.Q(status__in=OPEN),
            ),
        ),
    ]
