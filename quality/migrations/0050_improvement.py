"""Improvement programmes, meetings, notices to staff, tasks across units, retention."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.new_tables import NewTables


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0041_minutes_only_grow"),
        ("shipments", "0035_things"),
        ("staff", "0020_suggestion_reward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Benchmark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("metric", models.CharField(max_length=8)),
                        ("who", models.CharField(max_length=80)),
                        ("value", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("source", models.CharField(max_length=200)),
                        ("link", models.URLField(blank=True, max_length=300)),
                        ("on", models.DateField()),
                        ("lesson", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["metric", "-on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("planned_day", models.DateField()),
                        ("due_day", models.DateField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("team", "Team meeting"),
                                    ("work", "Work meeting of the company"),
                                    ("quality", "Quality meeting"),
                                    ("other", "Another one"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("agenda", models.CharField(max_length=1000)),
                        ("place", models.CharField(blank=True, max_length=80)),
                        ("minutes", models.TextField(blank=True)),
                        ("held_on", models.DateField(null=True)),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "chair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "minutes_by",
                            models.ForeignKey(
                                null=True,
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
                        "ordering": ["-due_day", "-id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=500)),
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
                            "nonconformity",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.nonconformity",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="quality.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="CommonTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("title", models.CharField(max_length=100)),
                        ("text", models.CharField(blank=True, max_length=1000)),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="quality.decision",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="quality.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "presence",
                            models.CharField(
                                choices=[
                                    ("there", "Was there"),
                                    ("excused", "Excused"),
                                    ("absent", "Absent"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="quality.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["employee__number"],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("team", "Team meeting"),
                                    ("work", "Work meeting of the company"),
                                    ("quality", "Quality meeting"),
                                    ("other", "Another one"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("agenda", models.CharField(max_length=1000)),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("day", "Daily"),
                                    ("week", "Weekly"),
                                    ("month", "Monthly"),
                                    ("quarter", "Quarterly"),
                                    ("half_year", "Half-yearly"),
                                    ("year", "Yearly"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("anchor", models.DateField()),
                        ("ends_on", models.DateField(null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
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
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="meeting",
                    name="plan",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="quality.meetingseries",
                    ),
                ),
                migrations.CreateModel(
                    name="ProcessChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("what", models.CharField(max_length=1000)),
                        ("reason", models.CharField(max_length=1000)),
                        (
                            "risk",
                            models.CharField(
                                choices=[("low", "Low"), ("middle", "Middle"), ("high", "High")],
                                max_length=8,
                            ),
                        ),
                        ("risk_note", models.CharField(max_length=500)),
                        ("training", models.CharField(blank=True, max_length=300)),
                        ("effective_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "documents",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="quality.document"
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="quality.process",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-effective_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("programme", "Programme"), ("plan", "Plan")],
                                max_length=10,
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                choices=[
                                    ("time", "Time"),
                                    ("handling", "Handling and safety of parcels"),
                                    ("service", "Service and complaints"),
                                    ("delivery", "Delivery"),
                                    ("people", "People and training"),
                                    ("cost", "Cost"),
                                    ("green", "Green"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("problem", models.CharField(max_length=1000)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Waiting for approval"),
                                    ("running", "Running"),
                                    ("ended", "Ended"),
                                    ("dropped", "Given up"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("metric", models.CharField(max_length=8)),
                        ("target", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("start_on", models.DateField()),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("budget_fen", models.PositiveBigIntegerField(default=0)),
                        ("cost_fen", models.PositiveBigIntegerField(null=True)),
                        ("baseline", models.JSONField(default=dict)),
                        ("baseline_at", models.DateTimeField(null=True)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("reading", models.JSONField(default=dict)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("keep", "Keep it"),
                                    ("adjust", "Adjust it"),
                                    ("stop", "Stop it"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("verdict_note", models.CharField(blank=True, max_length=1000)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "actions",
                            models.ManyToManyField(
                                blank=True, related_name="programmes", to="quality.action"
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="quality.programme",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.product",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="quality.programme",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
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
                        (
                            "team",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=80)),
                        ("starts", models.CharField(max_length=80)),
                        ("starts_en", models.CharField(max_length=120)),
                        ("months", models.PositiveSmallIntegerField()),
                        ("basis", models.CharField(max_length=200)),
                        ("basis_en", models.CharField(blank=True, max_length=300)),
                        ("is_proposal", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__gte", 1)), name="qual_kept_a_while"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Routine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("survey", "Survey"),
                                    ("review", "Review"),
                                    ("training", "Training"),
                                    ("trend", "Look at trends"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("title_en", models.CharField(blank=True, max_length=140)),
                        ("link", models.CharField(blank=True, max_length=100)),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("day", "Daily"),
                                    ("week", "Weekly"),
                                    ("month", "Monthly"),
                                    ("quarter", "Quarterly"),
                                    ("half_year", "Half-yearly"),
                                    ("year", "Yearly"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("anchor", models.DateField()),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_proposal", models.BooleanField(default=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="RoutineTurn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("planned_day", models.DateField()),
                        ("due_day", models.DateField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("result", models.CharField(blank=True, max_length=500)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turns",
                                to="quality.routine",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_day", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StaffNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("title", models.CharField(max_length=100)),
                        ("text", models.TextField()),
                        ("roles", models.JSONField(default=list)),
                        ("carriers", models.JSONField(default=list)),
                        ("due_on", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("published_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
                            ),
                        ),
                        (
                            "sites",
                            models.ManyToManyField(blank=True, related_name="+", to="staff.site"),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="quality.staffnotice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="StrategyDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "field",
                            models.CharField(
                                choices=[
                                    ("range", "Range of services"),
                                    ("mode", "Way of serving"),
                                    ("contact", "Contact with customers"),
                                    ("price", "Prices"),
                                    ("network", "Network"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("situation", models.CharField(max_length=1000)),
                        ("decision", models.CharField(max_length=1000)),
                        ("reason", models.CharField(max_length=1000)),
                        ("decided_on", models.DateField()),
                        ("effective_on", models.DateField()),
                        ("review_on", models.DateField()),
                        ("outcome", models.CharField(blank=True, max_length=1000)),
                        ("reviewed_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="strategies",
                                to="quality.programme",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-decided_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="TaskPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("done", "Done")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("reference", models.CharField(blank=True, max_length=100)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="quality.commontask",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="KeptFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=100)),
                        ("file", models.FileField(upload_to="improvement/%Y/%m/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "benchmark",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="quality.benchmark",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="quality.taskpart",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("month", "Quality month"),
                                    ("contest", "Skills contest"),
                                    ("circle", "Quality circle"),
                                    ("talk", "Talk or lecture"),
                                    ("customers", "Day with customers"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("aim", models.CharField(max_length=300)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("held", "Held"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("took_part", models.PositiveIntegerField(null=True)),
                        ("result", models.CharField(blank=True, max_length=1000)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
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
                        "ordering": ["starts_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="qual_activity_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("status", "planned")),
                                    models.Q(
                                        models.Q(("status", "planned"), _negated=True),
                                        models.Q(("result", ""), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="qual_activity_ended",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.UniqueConstraint(
                        fields=("meeting", "position"), name="qual_meeting_decision_place"
                    ),
                ),
                migrations.AddIndex(
                    model_name="commontask",
                    index=models.Index(fields=["status", "due_on", "id"], name="qual_task_due"),
                ),
                migrations.AddConstraint(
                    model_name="commontask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="qual_task_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendance",
                    constraint=models.UniqueConstraint(
                        fields=("meeting", "employee"), name="qual_attended_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meetingseries",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("interval__gte", 1)), name="qual_series_interval"
                    ),
                ),
                migrations.AddIndex(
                    model_name="meeting",
                    index=models.Index(fields=["-due_day", "-id"], name="qual_meeting_newest"),
                ),
                migrations.AddIndex(
                    model_name="meeting",
                    index=models.Index(fields=["done_at", "due_day"], name="qual_meeting_due"),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_meeting_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("held_on", None)),
                            models.Q(
                                ("done_at__isnull", False),
                                ("held_on__isnull", False),
                                ("minutes_by__isnull", False),
                                models.Q(("minutes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="qual_meeting_held_iff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("cancelled_at", None), _connector="OR"
                        ),
                        name="qual_meeting_one_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="processchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_change_four_eyes",
                    ),
                ),
                migrations.AddIndex(
                    model_name="programme",
                    index=models.Index(
                        fields=["status", "due_on", "id"], name="qual_programme_board"
                    ),
                ),
                migrations.AddIndex(
                    model_name="programme",
                    index=models.Index(fields=["site", "status"], name="qual_programme_site"),
                ),
                migrations.AddConstraint(
                    model_name="programme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("start_on"))),
                        name="qual_programme_lasts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "dropped"]),
                            ("baseline_at__isnull", False),
                            _connector="OR",
                        ),
                        name="qual_programme_begins_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_by__isnull", False),
                                ("status", "ended"),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "ended"), _negated=True),
                                ("judged_by", None),
                                ("verdict", ""),
                            ),
                            _connector="OR",
                        ),
                        name="qual_programme_judged_iff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routine",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("interval__gte", 1)), name="qual_routine_interval"
                    ),
                ),
                migrations.AddIndex(
                    model_name="routineturn",
                    index=models.Index(fields=["done_at", "due_day"], name="qual_routine_due"),
                ),
                migrations.AddConstraint(
                    model_name="routineturn",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_routineturn_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routineturn",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="qual_routine_done",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffnotice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("status", "draft")),
                            models.Q(
                                models.Q(("status", "draft"), _negated=True),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="qual_notice_published_iff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="receipt",
                    index=models.Index(
                        fields=["employee", "confirmed_at"], name="qual_receipt_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="receipt",
                    constraint=models.UniqueConstraint(
                        fields=("notice", "employee"), name="qual_receipt_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="taskpart",
                    index=models.Index(fields=["owner", "status"], name="qual_part_owner"),
                ),
                migrations.AddConstraint(
                    model_name="taskpart",
                    constraint=models.UniqueConstraint(
                        fields=("task", "position"), name="qual_part_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taskpart",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None), ("status", "open")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("status", "done"),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="qual_part_done_iff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keptfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("benchmark__isnull", False), ("part", None)),
                            models.Q(("benchmark", None), ("part__isnull", False)),
                            _connector="OR",
                        ),
                        name="qual_kept_of_one",
                    ),
                ),
            ]
        ),
    ]
