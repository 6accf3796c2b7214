"""Baselines of charts set anew, insert-only: from which month, by whom, why."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0011_exempt_counts"),
        ("staff", "0012_goals_and_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metric", models.CharField(max_length=8)),
                ("month", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["metric", "month"],
                        condition=Q(site=None),
                        name="kpi_baseline_once",
                    ),
                    models.UniqueConstraint(
                        fields=["metric", "site", "month"], name="kpi_baseline_once_per_site"
                    ),
                ],
            },
        ),
        insert_only("kpi_baseline"),
    ]
