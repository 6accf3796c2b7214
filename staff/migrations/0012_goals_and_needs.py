"""Personal goals, needs from exams, and the counts behind a check of effect."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0011_entry_of_a_deduction"),
    ]

    operations = [
        migrations.AddField(
            model_name="effectcheck",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="trainingneed",
            name="source",
            field=models.CharField(
                choices=[
                    ("hand", "Seen at work"),
                    ("complaint", "Complaint"),
                    ("inspection", "Inspection on site"),
                    ("grade", "Monthly grade"),
                    ("exam", "Exam not passed"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("figure", "A figure to reach"),
                            ("development", "Personal development"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("T01", "On-time delivery"),
                            ("D01", "First-attempt success"),
                            ("C02", "Upheld complaints"),
                            ("CONDUCT", "Inspection and conduct"),
                            ("CONSENT", "Consent and proof"),
                            ("V02", "Customer rating"),
                            ("S06", "Exceptions told and scans in time"),
                            ("TRAINING", "Training"),
                        ],
                        max_length=12,
                    ),
                ),
                ("target", models.FloatField(null=True)),
                ("set_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Under way"),
                            ("reached", "Reached"),
                            ("missed", "Not reached"),
                            ("dropped", "Given up"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="staff.employee",
                    ),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "figure"),
                                ("target__isnull", False),
                                models.Q(("part", ""), _negated=True),
                            ),
                            models.Q(("kind", "development"), ("part", ""), ("target", None)),
                            _connector="OR",
                        ),
                        name="staff_goal_figure_iff_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="staff_goal_closed_iff_at",
                    ),
                ],
            },
        ),
    ]
