"""The work list finds open cases by date without touching the answered ones."""

from django.db import migrations, models

OPEN = [
    "answered", "first_handling", "followed_up", "investigating", "received", "registered",
    "transferred",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("complaints", "0022_claim_proof")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["next_due_at", "-id", "status", "owner", "told_at", "site"],
                name="comp_case_open_due",
                condition=models.Q(status__in=OPEN),
            ),
        ),
    ]
