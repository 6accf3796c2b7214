"""The planned days of surveys; those of rounds held before are known, skipped ones are not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.rows_of_migrations import RunRows

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
ZONE = ZoneInfo(settings.BUSINESS_TIME_ZONE)


def fill(apps, schema_editor):
    held = apps.get_model("complaints", "SurveyRound").objects.order_by("pk")
    made = apps.get_model("complaints", "SurveyOccurrence").objects
    rows = held.values_list("plan_id", "planned_on", "held_at")
    for plan, day, at in rows.iterator(chunk_size=500):
        due = datetime.combine(day + DAY, time.min, ZONE) - INSTANT
        made.create(plan_id=plan, planned_on=day, due_at=due, held_at=at)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0052_recommending")]

    operations = [
        migrations.CreateModel(
            name="SurveyOccurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occurrences",
                        to="complaints.surveyplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-planned_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "planned_on"), name="comp_occurrence_once"
                    )
                ],
            },
        ),
        RunRows(fill, migrations.RunPython.noop),
    ]
