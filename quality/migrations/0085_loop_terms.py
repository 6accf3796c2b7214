"""The terms of the loop as versions that only grow; without a row the proposals hold."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0070_upkeep_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LoopTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan_days", models.PositiveSmallIntegerField(default=7)),
                ("plan_days_major", models.PositiveSmallIntegerField(default=3)),
                ("climb_slight", models.PositiveSmallIntegerField(default=120)),
                ("climb_serious", models.PositiveSmallIntegerField(default=30)),
                ("climb_grave", models.PositiveSmallIntegerField(default=10)),
                ("reason", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        insert_only("quality_loopterms"),
    ]
