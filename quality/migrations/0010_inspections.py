"""Checklists, plans, inspections with their points and findings; evaluations and reviews."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.new_tables import NewTables


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0004_loop_rows"),
        ("shipments", "0030_notice_classes"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Norm",
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
                        ("name", models.CharField(max_length=120)),
                        ("name_en", models.CharField(max_length=120)),
                        ("basis", models.CharField(blank=True, max_length=160)),
                        ("basis_en", models.CharField(blank=True, max_length=160)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="CameraClip",
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
                        ("camera", models.CharField(max_length=60)),
                        ("from_at", models.DateTimeField()),
                        ("to_at", models.DateTimeField()),
                        ("kept_at", models.CharField(max_length=160)),
                        ("keep_until", models.DateField()),
                        ("about", models.CharField(db_index=True, max_length=60)),
                        ("note", models.CharField(blank=True, max_length=300)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-from_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Checklist",
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
                        ("name", models.CharField(max_length=80)),
                        ("name_en", models.CharField(max_length=80)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
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
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistVersion",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("replaced", "Replaced"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("is_proposal", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="quality.checklist",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["checklist", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistLine",
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
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("people", "People"),
                                    ("handling", "Handling"),
                                    ("security", "Security"),
                                    ("fire", "Fire and power"),
                                    ("vehicle", "Vehicles"),
                                    ("privacy", "Privacy"),
                                    ("notices", "Notices"),
                                    ("premises", "Premises"),
                                    ("warehouse", "Warehouse"),
                                    ("office", "Office order"),
                                    ("skills", "Skills of staff"),
                                    ("methods", "Working methods"),
                                    ("terminals", "Terminals"),
                                    ("it", "IT equipment"),
                                    ("meters", "Meters and scales"),
                                    ("drills", "Drills"),
                                    ("channels", "Complaint channels"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.CharField(max_length=160)),
                        ("text_en", models.CharField(max_length=160)),
                        ("is_critical", models.BooleanField(default=False)),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("inspection", "Inspection"),
                                    ("visit", "Visit"),
                                    ("data", "Data analysis"),
                                    ("complaints", "Complaint analysis"),
                                    ("audit", "Audit"),
                                    ("statistics", "Statistics"),
                                    ("measure", "Measuring"),
                                    ("call", "Test call or test form"),
                                ],
                                default="inspection",
                                max_length=12,
                            ),
                        ),
                        ("limit", models.CharField(blank=True, max_length=80)),
                        ("limit_en", models.CharField(blank=True, max_length=80)),
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
                                default="month",
                                max_length=10,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="quality.checklistversion",
                            ),
                        ),
                        (
                            "norm",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="quality.norm",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationPlan",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("scope", models.CharField(max_length=500)),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalEvaluation",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("unit", "Quality coordination unit"),
                                    ("agency", "Outside body"),
                                    ("customer", "Customer"),
                                    ("regulator", "Regulator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("body", models.CharField(max_length=120)),
                        ("subject", models.CharField(max_length=160)),
                        ("on", models.DateField()),
                        ("result", models.CharField(max_length=1000)),
                        ("name", models.CharField(max_length=100)),
                        ("file", models.FileField(upload_to="inspections/%Y/%m/")),
                        ("file_kind", models.CharField(max_length=8)),
                        ("sha256", models.CharField(max_length=64)),
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
                        "ordering": ["-on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Inspection",
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
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("random", "Random"), ("targeted", "Targeted")],
                                max_length=10,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("on", models.DateField(db_index=True)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("signature", models.JSONField(default=list)),
                        ("site_signature", models.JSONField(default=list)),
                        ("signed_by", models.CharField(blank=True, max_length=60)),
                        ("not_signed_why", models.CharField(blank=True, max_length=200)),
                        ("points", models.PositiveSmallIntegerField()),
                        ("checked", models.PositiveSmallIntegerField()),
                        ("conform", models.PositiveSmallIntegerField()),
                        ("minor", models.PositiveSmallIntegerField()),
                        ("major", models.PositiveSmallIntegerField()),
                        ("unchecked", models.PositiveSmallIntegerField()),
                        ("is_failed", models.BooleanField(default=False)),
                        (
                            "inspector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
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
                            "team",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="quality.checklistversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="InspectionLine",
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
                            "grade",
                            models.CharField(
                                choices=[
                                    ("conform", "Conform"),
                                    ("minor", "Minor fault"),
                                    ("major", "Major fault"),
                                    ("na", "Not applicable"),
                                    ("unchecked", "Not checked"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("photos", models.PositiveSmallIntegerField(default=0)),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="quality.inspection",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.checklistline",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="InspectionFile",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("photo", "Photo"), ("fix", "Evidence of the fix")],
                                max_length=8,
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("file", models.FileField(upload_to="inspections/%Y/%m/")),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("received_sha256", models.CharField(max_length=64)),
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
                            "graded",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="quality.inspectionline",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionCorrection",
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
                            "old",
                            models.CharField(
                                choices=[
                                    ("conform", "Conform"),
                                    ("minor", "Minor fault"),
                                    ("major", "Major fault"),
                                    ("na", "Not applicable"),
                                    ("unchecked", "Not checked"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "new",
                            models.CharField(
                                choices=[
                                    ("conform", "Conform"),
                                    ("minor", "Minor fault"),
                                    ("major", "Major fault"),
                                    ("na", "Not applicable"),
                                    ("unchecked", "Not checked"),
                                ],
                                max_length=10,
                            ),
                        ),
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
                            "graded",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="quality.inspectionline",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="CheckFinding",
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
                            "severity",
                            models.CharField(
                                choices=[
                                    ("conform", "Conform"),
                                    ("minor", "Minor fault"),
                                    ("major", "Major fault"),
                                    ("na", "Not applicable"),
                                    ("unchecked", "Not checked"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("found_at", models.DateTimeField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To be mended"),
                                    ("fixed", "Mended, to be verified"),
                                    ("verified", "Verified"),
                                    ("void", "Corrected: no fault"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("fix", models.CharField(blank=True, max_length=500)),
                        ("fixed_at", models.DateTimeField(null=True)),
                        ("verified_at", models.DateTimeField(null=True)),
                        (
                            "fixed_by",
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
                                null=True,
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
                            "verified_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.violation",
                            ),
                        ),
                        (
                            "graded",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finding",
                                to="quality.inspectionline",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="InspectionPlan",
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
                                choices=[("random", "Random"), ("targeted", "Targeted")],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
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
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="quality.checklist",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "members",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
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
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionRow",
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
                        ("kind", models.CharField(max_length=8)),
                        ("record_id", models.BigIntegerField()),
                        ("label", models.CharField(blank=True, max_length=60)),
                        ("site_id", models.BigIntegerField(null=True)),
                        ("product_id", models.BigIntegerField(null=True)),
                        ("courier_id", models.BigIntegerField(null=True)),
                        ("day", models.DateField()),
                        ("moment", models.DateTimeField()),
                        ("is_hit", models.BooleanField(default=False)),
                        ("is_out", models.BooleanField(default=False)),
                        ("amount", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["day", "site_id"], name="quality_ins_day_e139fa_idx"
                            ),
                            models.Index(
                                fields=["record_id"], name="quality_ins_record__e45507_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id"), name="quality_inspectionrow_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("name", models.CharField(max_length=120)),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("done_on", models.DateField(null=True)),
                        ("result", models.CharField(blank=True, max_length=1000)),
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
                                related_name="milestones",
                                to="quality.evaluationplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedInspection",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="quality.inspectionplan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="inspection",
                    name="planned",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection",
                        to="quality.plannedinspection",
                    ),
                ),
                migrations.CreateModel(
                    name="ProcessReview",
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
                            "process",
                            models.CharField(
                                choices=[
                                    ("pickup", "Pickup"),
                                    ("sorting", "Sorting"),
                                    ("transport", "Transport"),
                                    ("delivery", "Delivery"),
                                    ("complaints", "Complaints"),
                                    ("claims", "Compensation"),
                                    ("training", "Training"),
                                    ("security", "Security"),
                                    ("measuring", "Measuring and reporting"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("fits", "Fits, stays as it is"),
                                    ("adjust", "To be adjusted"),
                                    ("redesign", "To be designed anew"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(max_length=1000)),
                        ("next_on", models.DateField()),
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
                        "ordering": ["-on", "-id"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="checklistversion",
                    constraint=models.UniqueConstraint(
                        fields=("checklist", "number"), name="qual_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checklistversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("checklist",),
                        name="qual_one_draft",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checklistversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("checklist",),
                        name="qual_one_approved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checklistversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("made_by", None),
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_version_four_eyes",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evaluationplan",
                    constraint=models.UniqueConstraint(
                        fields=("year", "name"), name="qual_evaluation_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="inspectionline",
                    constraint=models.UniqueConstraint(
                        fields=("inspection", "line"), name="qual_graded_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="inspectioncorrection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="qual_correction_differs",
                    ),
                ),
                migrations.AddIndex(
                    model_name="checkfinding",
                    index=models.Index(fields=["status", "due_on", "id"], name="qual_finding_due"),
                ),
                migrations.AddIndex(
                    model_name="checkfinding",
                    index=models.Index(
                        fields=["site", "status", "due_on"], name="qual_finding_site"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checkfinding",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("fixed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_finding_four_eyes",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checklistline",
                    constraint=models.UniqueConstraint(
                        fields=("version", "position"), name="qual_line_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="plannedinspection",
                    index=models.Index(fields=["due_day", "id"], name="qual_planned_due"),
                ),
                migrations.AddConstraint(
                    model_name="plannedinspection",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_plannedinspection_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="inspection",
                    index=models.Index(fields=["-on", "-id"], name="qual_insp_on"),
                ),
                migrations.AddIndex(
                    model_name="inspection",
                    index=models.Index(fields=["site", "-on"], name="qual_insp_site"),
                ),
                migrations.AddConstraint(
                    model_name="inspection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("finished_at__gte", models.F("started_at"))),
                        name="qual_insp_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="inspection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "checked",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("conform"), "+", models.F("minor")
                                    ),
                                    "+",
                                    models.F("major"),
                                ),
                            )
                        ),
                        name="qual_insp_counts",
                    ),
                ),
            ]
        )
    ]
