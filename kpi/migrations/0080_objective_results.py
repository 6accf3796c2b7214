"""What was found of each objective on its day of assessment (I08); rows are only added."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0070_draft_discards"),
        ("staff", "0030_due_day_of_grades"),
    ]

    operations = [
        migrations.CreateModel(
            name="ObjectiveResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metric", models.CharField(max_length=8)),
                ("month", models.DateField()),
                ("wanted", models.DecimalField(decimal_places=4, max_digits=12)),
                ("value", models.DecimalField(decimal_places=8, max_digits=24, null=True)),
                ("records", models.BigIntegerField()),
                ("is_reached", models.BooleanField()),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="kpi.target",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.team",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["month", "metric"], name="kpi_result_month")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(site=None, team=None),
                        fields=["metric", "month"],
                        name="kpi_result_once",
                    ),
                    models.UniqueConstraint(
                        condition=Q(team=None),
                        fields=["metric", "site", "month"],
                        name="kpi_result_once_per_site",
                    ),
                    models.UniqueConstraint(
                        fields=["metric", "team", "month"], name="kpi_result_once_per_team"
                    ),
                    models.CheckConstraint(
                        condition=Q(is_reached=False) | ~Q(value=None),
                        name="kpi_result_measured",
                    ),
                ],
            },
        ),
        insert_only("kpi_objectiveresult"),
    ]
