"""The tables of quality as migrations 0001 to 0034 leave them, in one step for a new database.

A database that has run any of those goes on with them; nothing is done twice. What they load is
taken from them, after all tables stand.
"""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.new_tables import NewTables, part_of
from courierqa.core.rows_of_migrations import RunRows

INSERT_ONLY = (
    "extension", "inspectionline", "inspectioncorrection", "lawversion", "equipmentcheck",
    "maintenancedelay", "licenceterm", "incidentline", "destruction",
)  # fmt: skip
PLANTED = (
    "0003_cause_tree", "0012_checklists", "0021_processes_to_begin_with",
    "0023_laws_to_begin_with", "0032_emergency_plans",
)  # fmt: skip


def _plant(migration):
    return RunRows(part_of("quality", migration, "plant"), migrations.RunPython.noop)


class Migration(migrations.Migration):
    replaces = [
        ("quality", "0001_initial"),
        ("quality", "0002_extensions_only_grow"),
        ("quality", "0003_cause_tree"),
        ("quality", "0004_loop_rows"),
        ("quality", "0010_inspections"),
        ("quality", "0011_inspections_only_grow"),
        ("quality", "0012_checklists"),
        ("quality", "0013_source_inspection"),
        ("quality", "0020_documents"),
        ("quality", "0021_processes_to_begin_with"),
        ("quality", "0022_law_versions_only_grow"),
        ("quality", "0023_laws_to_begin_with"),
        ("quality", "0030_things"),
        ("quality", "0031_things_only_grow"),
        ("quality", "0032_emergency_plans"),
        ("quality", "0033_source_kinds_of_things"),
        ("quality", "0034_source_kinds"),
    ]

    initial = True

    dependencies = [
        ("shipments", "0035_things"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="EmergencyPlan",
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
                                    ("traffic", "Traffic accident"),
                                    ("injury", "Injury at work"),
                                    ("fire", "Fire or explosion"),
                                    ("theft", "Theft or robbery"),
                                    ("goods", "Dangerous goods found"),
                                    ("weather", "Weather or flood"),
                                    ("equipment", "Machine or building"),
                                    ("privacy", "Personal data leaked"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                                unique=True,
                            ),
                        ),
                        ("title", models.CharField(max_length=80)),
                        ("steps", models.TextField()),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("reviewed_on", models.DateField()),
                        ("drill_days", models.PositiveSmallIntegerField(default=365)),
                    ],
                    options={
                        "ordering": ["kind"],
                    },
                ),
                migrations.CreateModel(
                    name="Law",
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
                                    ("law", "Law"),
                                    ("regulation", "Regulation"),
                                    ("measure", "Departmental rule"),
                                    ("standard", "Standard"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=160)),
                        ("issuer", models.CharField(max_length=80)),
                        ("issuer_en", models.CharField(blank=True, max_length=120)),
                        ("ended_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
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
                    name="NumberOfYear",
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
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Action",
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
                        ("round", models.PositiveSmallIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("corrective", "Corrective"),
                                    ("preventive", "Preventive"),
                                    ("improvement", "Improvement"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.CharField(max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Not done"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("ordered_at", models.DateTimeField(null=True)),
                        ("done_on", models.DateField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("reference", models.CharField(blank=True, max_length=60)),
                        (
                            "ended_by",
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
                    ],
                    options={
                        "ordering": ["round", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="AuditProgramme",
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
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        ("aim", models.TextField()),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("last_number", models.PositiveSmallIntegerField(default=0)),
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
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-year"],
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
                    name="Cause",
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
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=80)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                        ("merged_at", models.DateTimeField(null=True)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="quality.cause",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="quality.cause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Certification",
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
                        ("number", models.CharField(max_length=60, unique=True)),
                        ("standard", models.CharField(max_length=60)),
                        ("issuer", models.CharField(max_length=100)),
                        ("scope", models.CharField(max_length=300)),
                        ("valid_from", models.DateField()),
                        ("expires_on", models.DateField()),
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
                        "ordering": ["expires_on", "id"],
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
                    name="Destruction",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("data_kind", models.CharField(max_length=60)),
                        ("records_until", models.DateField()),
                        ("term_ended_on", models.DateField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("key", "Key destroyed: unreadable for ever"),
                                    ("shredded", "Paper shredded"),
                                    ("wiped", "Data carrier wiped"),
                                    ("burned", "Burned"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("count", models.PositiveIntegerField()),
                        ("destroyed_on", models.DateField()),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-destroyed_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("manual", "Manual"),
                                    ("procedure", "Procedure"),
                                    ("instruction", "Work instruction"),
                                    ("record", "Form or record"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("policy", "Policy and objectives"),
                                    ("manager", "Standards for managers"),
                                    ("courier", "Standards for couriers"),
                                    ("vehicle", "Standards for vehicles"),
                                    ("driver", "Drivers"),
                                    ("packing", "Packing"),
                                    ("operation", "Operation"),
                                    ("service", "Customer service"),
                                    ("safety", "Safety"),
                                    ("privacy", "Privacy"),
                                    ("indicator", "Indicators and methods"),
                                    ("system", "Management system"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=100)),
                        ("title_en", models.CharField(max_length=140)),
                        ("readers", models.CharField(blank=True, max_length=160)),
                        ("must_be_read", models.BooleanField(default=False)),
                        ("metric", models.CharField(blank=True, max_length=8)),
                        ("review_months", models.PositiveSmallIntegerField(default=12)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "posts",
                            models.ManyToManyField(blank=True, related_name="+", to="staff.post"),
                        ),
                        (
                            "sites",
                            models.ManyToManyField(blank=True, related_name="+", to="staff.site"),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentClause",
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
                        ("clause", models.CharField(max_length=8)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clauses",
                                to="quality.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["clause", "document__number"],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentScreen",
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
                            "screen",
                            models.CharField(
                                choices=[
                                    ("pickup", "Pickup"),
                                    ("acceptance", "Acceptance"),
                                    ("sorting", "Sorting and scans"),
                                    ("transport", "Trips"),
                                    ("delivery", "Delivery"),
                                    ("exception", "Exceptions"),
                                    ("complaint", "Complaints"),
                                    ("claim", "Claims"),
                                    ("privacy", "Privacy incidents"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screens",
                                to="quality.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["screen", "document__number"],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersion",
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
                        ("version", models.PositiveSmallIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("review", "In review"),
                                    ("approved", "Approved"),
                                    ("effective", "In force"),
                                    ("replaced", "Replaced"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("body", models.TextField(blank=True)),
                        ("body_en", models.TextField(blank=True)),
                        ("change", models.CharField(blank=True, max_length=300)),
                        ("quiz", models.JSONField(default=list)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("effective_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
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
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="quality.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="EffectCheck",
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
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("at_least", "The figure reaches at least"),
                                    ("at_most", "The figure stays at or below"),
                                    ("signal", "The chart shows a signal of improvement"),
                                    ("words", "No figure shows it: described in words"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("metric", models.CharField(blank=True, max_length=8)),
                        (
                            "threshold",
                            models.DecimalField(decimal_places=4, max_digits=12, null=True),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("may_be_early", models.BooleanField(default=False)),
                        ("set_at", models.DateTimeField()),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("effective", "Effective"),
                                    ("ineffective", "Not effective"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reading", models.JSONField(default=dict)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("checked_at", models.DateTimeField(null=True)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "verifier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round"],
                    },
                ),
                migrations.CreateModel(
                    name="Drill",
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
                        ("first_planned_on", models.DateField()),
                        ("planned_on", models.DateField()),
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
                        ("held_on", models.DateField(null=True)),
                        ("partners", models.CharField(blank=True, max_length=120)),
                        ("lessons", models.CharField(blank=True, max_length=500)),
                        (
                            "people",
                            models.ManyToManyField(related_name="drills", to="staff.employee"),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drills",
                                to="staff.site",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drills",
                                to="quality.emergencyplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["planned_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Equipment",
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
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sorter", "Sorting machine"),
                                    ("conveyor", "Conveyor"),
                                    ("lifter", "Forklift or lift"),
                                    ("screening", "Screening machine"),
                                    ("terminal", "Handheld terminal"),
                                    ("computer", "Computer or network"),
                                    ("fire", "Fire equipment"),
                                    ("electric", "Electrical installation"),
                                    ("camera", "Camera"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("in_use", "In use"),
                                    ("stopped", "Stopped"),
                                    ("retired", "Out of service for good"),
                                ],
                                default="in_use",
                                max_length=8,
                            ),
                        ),
                        ("status_since", models.DateField()),
                        ("sop", models.CharField(blank=True, max_length=60)),
                        ("valid_until", models.DateField(null=True)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipment",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__code", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="EquipmentCheck",
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
                        ("on", models.DateField()),
                        ("guards_in_place", models.BooleanField(null=True)),
                        (
                            "result",
                            models.CharField(
                                choices=[("good", "In order"), ("bad", "Not in order")],
                                max_length=4,
                            ),
                        ),
                        ("valid_until", models.DateField(null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                            "equipment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="quality.equipment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-pk"],
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
                    name="GearIssue",
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
                                    ("gloves", "Gloves"),
                                    ("mask", "Mask"),
                                    ("raincoat", "Raincoat"),
                                    ("helmet", "Helmet"),
                                    ("vest", "Reflective vest"),
                                    ("shoes", "Safety shoes"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pieces", models.PositiveSmallIntegerField(default=1)),
                        ("issued_on", models.DateField()),
                        ("replace_on", models.DateField(null=True)),
                        ("returned_on", models.DateField(null=True)),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gear",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-issued_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Hazard",
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
                            "level",
                            models.CharField(
                                choices=[("general", "General"), ("major", "Major: work stopped")],
                                max_length=8,
                            ),
                        ),
                        ("what", models.CharField(max_length=200)),
                        ("place", models.CharField(blank=True, max_length=80)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "To be removed"),
                                    ("removed", "Removed, to be verified"),
                                    ("verified", "Verified"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("first_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        ("removal", models.CharField(blank=True, max_length=300)),
                        ("verified_at", models.DateTimeField(null=True)),
                        (
                            "found_by",
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
                            "removed_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hazards",
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
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
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
                    name="InternalAudit",
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
                                    ("planned", "Planned"),
                                    ("running", "Running"),
                                    ("reported", "Reported"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("scopes", models.JSONField(default=list)),
                        ("methods", models.JSONField(default=list)),
                        ("criteria_text", models.CharField(blank=True, max_length=500)),
                        ("planned_month", models.DateField()),
                        ("planned_on", models.DateField()),
                        ("postponed", models.PositiveSmallIntegerField(default=0)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("reported_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("conclusion", models.TextField(blank=True)),
                        (
                            "criteria",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="quality.document"
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="quality.internalaudit",
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audits",
                                to="quality.auditprogramme",
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
                        "ordering": ["-planned_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="AuditLine",
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
                        ("clause", models.CharField(blank=True, max_length=8)),
                        ("question", models.CharField(max_length=300)),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conform", "Conforms"),
                                    ("minor", "Minor"),
                                    ("major", "Major"),
                                    ("observation", "Observation"),
                                    ("na", "Does not apply"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("evidence", models.TextField(blank=True)),
                        ("graded_at", models.DateTimeField(null=True)),
                        ("due_on", models.DateField(null=True)),
                        ("verified_at", models.DateTimeField(null=True)),
                        ("verification", models.CharField(blank=True, max_length=500)),
                        (
                            "graded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "looks_at",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looked_at_by",
                                to="quality.auditline",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="quality.internalaudit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="LawVersion",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("citation", models.CharField(max_length=160)),
                        ("effective_on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "law",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="quality.law",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="LegalDuty",
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
                        ("article", models.CharField(blank=True, max_length=30)),
                        ("subject", models.CharField(max_length=60)),
                        ("subject_en", models.CharField(max_length=80)),
                        ("duty", models.CharField(max_length=300)),
                        ("duty_en", models.CharField(max_length=400)),
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
                                default="year",
                                max_length=10,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("anchor", models.DateField(null=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "documents",
                            models.ManyToManyField(
                                blank=True, related_name="duties", to="quality.document"
                            ),
                        ),
                        (
                            "law",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="quality.law",
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
                    ],
                    options={
                        "ordering": ["law__code", "article", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="DutyCheck",
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
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("kept", "Kept"),
                                    ("gap", "Not kept"),
                                    ("conflict", "Our rule conflicts with it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("proof", models.CharField(blank=True, max_length=500)),
                        (
                            "conflict_with",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="quality.document",
                            ),
                        ),
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
                                related_name="checks",
                                to="quality.legalduty",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_day", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Licence",
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
                                    ("business", "Business licence"),
                                    ("courier", "Courier permit"),
                                    ("branch", "Branch or outlet record"),
                                    ("vehicle", "Vehicle registration"),
                                    ("insurance", "Insurance"),
                                    ("road", "Road transport permit"),
                                    ("fire", "Fire safety acceptance"),
                                    ("driving", "Driving licence"),
                                    ("certificate", "System certificate"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("number", models.CharField(max_length=60)),
                        ("scope", models.CharField(blank=True, max_length=300)),
                        ("authority", models.CharField(blank=True, max_length=80)),
                        ("issued_on", models.DateField()),
                        ("expires_on", models.DateField(null=True)),
                        ("examined_on", models.DateField(null=True)),
                        ("applied_on", models.DateField(null=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="licences",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="licences",
                                to="staff.site",
                            ),
                        ),
                        (
                            "vehicle",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="licences",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["expires_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LicenceTerm",
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
                        ("number", models.CharField(max_length=60)),
                        ("issued_on", models.DateField()),
                        ("expires_on", models.DateField(null=True)),
                        ("file", models.FileField(blank=True, upload_to="licences/%Y/%m/")),
                        ("name", models.CharField(blank=True, max_length=100)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
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
                            "licence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="quality.licence",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LoopRow",
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
                                fields=["day", "site_id"], name="quality_loo_day_3601a9_idx"
                            ),
                            models.Index(
                                fields=["record_id"], name="quality_loo_record__75d0ca_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id"), name="quality_looprow_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Maintenance",
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
                        ("due_km", models.PositiveIntegerField(null=True)),
                        ("km_reached_on", models.DateField(null=True)),
                        ("done_on", models.DateField(null=True)),
                        ("done_km", models.PositiveIntegerField(null=True)),
                        ("cost_fen", models.PositiveBigIntegerField(default=0)),
                        ("workshop", models.CharField(blank=True, max_length=60)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_day", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MaintenanceDelay",
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
                        ("old_due_day", models.DateField()),
                        ("due_day", models.DateField()),
                        ("reason", models.CharField(max_length=200)),
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
                            "turn",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delays",
                                to="quality.maintenance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MaintenancePlan",
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
                        ("what", models.CharField(max_length=100)),
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
                        ("every_km", models.PositiveIntegerField(null=True)),
                        ("last_km", models.PositiveIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "equipment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="quality.equipment",
                            ),
                        ),
                        (
                            "vehicle",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="maintenance",
                    name="plan",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="quality.maintenanceplan",
                    ),
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
                    name="Nonconformity",
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
                                choices=[("actual", "Happened"), ("potential", "Could happen")],
                                default="actual",
                                max_length=10,
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("minor", "Minor"), ("major", "Major")],
                                default="minor",
                                max_length=8,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("contained", "Corrected at once"),
                                    ("cause_found", "Cause found"),
                                    ("proposed", "Plan waits for approval"),
                                    ("approved", "Plan approved"),
                                    ("doing", "In progress"),
                                    ("checking", "Effect to be checked"),
                                    ("closed", "Closed"),
                                    ("void", "Void"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("parcel", "Parcel"),
                                    ("case", "Complaint"),
                                    ("exception", "Exception"),
                                    ("violation", "Violation"),
                                    ("observation", "Spot check or ride-along"),
                                    ("exam", "Failed exam"),
                                    ("survey", "Survey answer"),
                                    ("signal", "Signal of a figure"),
                                    ("incident", "Privacy incident"),
                                    ("inspection", "Inspection"),
                                    ("audit", "Audit finding"),
                                    ("duty", "Legal duty not kept"),
                                    ("vehicle", "Vehicle"),
                                    ("equipment", "Equipment"),
                                    ("maintenance", "Service overdue"),
                                    ("ticket", "Call for help"),
                                    ("licence", "Licence"),
                                    ("hazard", "Hazard"),
                                    ("safety", "Safety incident"),
                                    ("drill", "Drill"),
                                    ("other", "Seen by somebody"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("source_ref", models.CharField(blank=True, max_length=60)),
                        ("data", models.JSONField(default=dict)),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("found_at", models.DateTimeField()),
                        ("raised_at", models.DateTimeField()),
                        ("correction", models.TextField(blank=True)),
                        ("corrected_at", models.DateTimeField(null=True)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("plan_first_due_on", models.DateField()),
                        ("plan_due_on", models.DateField()),
                        ("due_on", models.DateField(null=True)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("came_back_at", models.DateTimeField(null=True)),
                        (
                            "cause",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.cause",
                            ),
                        ),
                        (
                            "corrected_by",
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
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "repeats",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeated_by",
                                to="quality.nonconformity",
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
                ),
                migrations.CreateModel(
                    name="Extension",
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
                        ("old_due_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="quality.action",
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
                            "effect",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="quality.effectcheck",
                            ),
                        ),
                        (
                            "nonconformity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="quality.nonconformity",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="effectcheck",
                    name="nonconformity",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="quality.nonconformity",
                    ),
                ),
                migrations.CreateModel(
                    name="Analysis",
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
                        ("round", models.PositiveSmallIntegerField()),
                        ("whys", models.JSONField(default=list)),
                        ("fishbone", models.JSONField(default=dict)),
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
                            "cause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.cause",
                            ),
                        ),
                        (
                            "nonconformity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="analyses",
                                to="quality.nonconformity",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="action",
                    name="nonconformity",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="quality.nonconformity",
                    ),
                ),
                migrations.CreateModel(
                    name="PlanContact",
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
                        ("role", models.CharField(max_length=60)),
                        ("phone", models.CharField(max_length=30)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="quality.emergencyplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
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
                    name="Process",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=80)),
                        ("inputs", models.CharField(max_length=300)),
                        ("inputs_en", models.CharField(max_length=400)),
                        ("outputs", models.CharField(max_length=300)),
                        ("outputs_en", models.CharField(max_length=400)),
                        ("steps", models.TextField()),
                        ("steps_en", models.TextField()),
                        (
                            "documents",
                            models.ManyToManyField(
                                blank=True, related_name="processes", to="quality.document"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessMeasure",
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
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("inspection", "Inspection"),
                                    ("visit", "Visits"),
                                    ("data", "Data analysis"),
                                    ("complaints", "Complaint analysis"),
                                    ("audit", "Internal audit"),
                                    ("statistics", "Statistics"),
                                    ("interview", "Interviews"),
                                    ("records", "Records"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="quality.process",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["metric"],
                    },
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
                migrations.CreateModel(
                    name="QualityFile",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=8)),
                        ("name", models.CharField(max_length=100)),
                        ("file", models.FileField(upload_to="quality/%Y/%m/")),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("received_sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField()),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="quality.action",
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "nonconformity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="quality.nonconformity",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("owed", "Unread"),
                                    ("read", "Read and understood"),
                                    ("dropped", "No longer asked for"),
                                ],
                                default="owed",
                                max_length=8,
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("wrong", models.PositiveSmallIntegerField(default=0)),
                        ("told", models.PositiveSmallIntegerField(default=0)),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="quality.documentversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RoadTicket",
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
                                choices=[
                                    ("breakdown", "Breakdown"),
                                    ("accident", "Accident"),
                                    ("look", "Repair of the looks"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("what", models.CharField(max_length=200)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("called", "Help called"),
                                    ("arrived", "Help is there"),
                                    ("solved", "Solved"),
                                ],
                                default="called",
                                max_length=8,
                            ),
                        ),
                        ("called_at", models.DateTimeField()),
                        ("arrived_at", models.DateTimeField(null=True)),
                        ("solved_at", models.DateTimeField(null=True)),
                        ("solution", models.CharField(blank=True, max_length=300)),
                        ("cost_fen", models.PositiveBigIntegerField(default=0)),
                        (
                            "driver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "vehicle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-called_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SafetyIncident",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("traffic", "Traffic accident"),
                                    ("injury", "Injury at work"),
                                    ("fire", "Fire or explosion"),
                                    ("theft", "Theft or robbery"),
                                    ("goods", "Dangerous goods found"),
                                    ("weather", "Weather or flood"),
                                    ("equipment", "Machine or building"),
                                    ("privacy", "Personal data leaked"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("slight", "Slight: nobody hurt"),
                                    ("serious", "Serious: somebody hurt or stopped"),
                                    ("grave", "Grave: life in danger"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("reported", "Reported"),
                                    ("taken", "In hand"),
                                    ("closed", "Closed"),
                                ],
                                default="reported",
                                max_length=8,
                            ),
                        ),
                        ("what", models.CharField(max_length=500)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("happened_at", models.DateTimeField()),
                        ("reported_at", models.DateTimeField()),
                        ("people_hurt", models.PositiveSmallIntegerField(default=0)),
                        ("damage_fen", models.PositiveBigIntegerField(default=0)),
                        ("is_commuting", models.BooleanField(default=False)),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reporter",
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
                                related_name="incidents",
                                to="staff.site",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-happened_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentLine",
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
                        ("at", models.DateTimeField()),
                        ("text", models.CharField(max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "told",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="quality.safetyincident",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Surveillance",
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
                        ("due_on", models.DateField()),
                        ("done_on", models.DateField(null=True)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("kept", "Certificate kept"),
                                    ("conditions", "Kept with conditions"),
                                    ("suspended", "Suspended"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "certification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="quality.certification",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="auditprogramme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_programme_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_cause_not_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="certification",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("valid_from"))),
                        name="qual_certification_lasts",
                    ),
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
                    model_name="destruction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="qual_destroyed_something"
                    ),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(fields=["metric"], name="qual_doc_metric"),
                ),
                migrations.AddConstraint(
                    model_name="documentclause",
                    constraint=models.UniqueConstraint(
                        fields=("clause", "document"), name="qual_clause_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentscreen",
                    constraint=models.UniqueConstraint(
                        fields=("screen", "document"), name="qual_screen_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="documentversion",
                    index=models.Index(fields=["status", "effective_on"], name="qual_version_due"),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.UniqueConstraint(
                        fields=("document", "version"), name="qual_docversion_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "effective")),
                        fields=("document",),
                        name="qual_one_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "review", "approved"])),
                        fields=("document",),
                        name="qual_one_coming",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "review", "withdrawn"]),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("effective_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="qual_version_approved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_version_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="drill",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on__isnull", False), ("status", "held")),
                            models.Q(
                                models.Q(("status", "held"), _negated=True), ("held_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="qual_drill_held_iff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evaluationplan",
                    constraint=models.UniqueConstraint(
                        fields=("year", "name"), name="qual_evaluation_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="gearissue",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on", None),
                            ("returned_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="qual_gear_in_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hazard",
                    index=models.Index(fields=["status", "due_on"], name="qual_hazard_due"),
                ),
                migrations.AddConstraint(
                    model_name="hazard",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "verified"), ("verified_at__isnull", False)),
                            models.Q(
                                models.Q(("status", "verified"), _negated=True),
                                ("verified_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="qual_hazard_verified_iff",
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
                migrations.AddIndex(
                    model_name="internalaudit",
                    index=models.Index(fields=["status", "planned_on"], name="qual_audit_status"),
                ),
                migrations.AddIndex(
                    model_name="internalaudit",
                    index=models.Index(fields=["planned_month"], name="qual_audit_month"),
                ),
                migrations.AddConstraint(
                    model_name="internalaudit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reported_at__isnull", False),
                                ("status__in", ["reported", "closed"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["reported", "closed"]), _negated=True),
                                ("reported_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="qual_audit_reported_iff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="auditline",
                    index=models.Index(
                        fields=["grade", "verified_at", "due_on"], name="qual_finding_open"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="auditline",
                    constraint=models.UniqueConstraint(
                        fields=("audit", "position"), name="qual_audit_line_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="auditline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", ""), ("graded_at", None)),
                            models.Q(
                                models.Q(("grade", ""), _negated=True), ("graded_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="qual_line_graded",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="auditline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(
                                ("verified_at__isnull", False), ("verified_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="qual_line_verified",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lawversion",
                    constraint=models.UniqueConstraint(
                        fields=("law", "version"), name="qual_law_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="legalduty",
                    constraint=models.UniqueConstraint(
                        fields=("law", "article", "subject"), name="qual_duty_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="legalduty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("interval__gte", 1)), name="qual_duty_interval"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dutycheck",
                    index=models.Index(fields=["done_at", "due_day"], name="qual_duty_check_due"),
                ),
                migrations.AddConstraint(
                    model_name="dutycheck",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_dutycheck_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dutycheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("result", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="qual_duty_check_whole",
                    ),
                ),
                migrations.AddIndex(
                    model_name="licence",
                    index=models.Index(
                        fields=["is_active", "expires_on"], name="qual_licence_expiry"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="licence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None),
                            ("expires_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="qual_licence_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maintenanceplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("equipment", None), ("vehicle__isnull", False)),
                            models.Q(("equipment__isnull", False), ("vehicle", None)),
                            _connector="OR",
                        ),
                        name="qual_plan_of_one_thing",
                    ),
                ),
                migrations.AddIndex(
                    model_name="maintenance",
                    index=models.Index(fields=["done_at", "due_day"], name="qual_maintenance_due"),
                ),
                migrations.AddConstraint(
                    model_name="maintenance",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_maintenance_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["status", "due_on", "id"], name="qual_nc_board"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["site", "status", "due_on"], name="qual_nc_site"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["owner", "status", "due_on"], name="qual_nc_owner"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["source", "source_ref"], name="qual_nc_source"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["site", "closed_at"], name="qual_nc_closed_site"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["status", "-closed_at"], name="qual_nc_closed"),
                ),
                migrations.AddIndex(
                    model_name="nonconformity",
                    index=models.Index(fields=["-raised_at", "-id"], name="qual_nc_raised"),
                ),
                migrations.AddConstraint(
                    model_name="nonconformity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status", "closed")),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="qual_nc_closed_iff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="effectcheck",
                    index=models.Index(fields=["first_due_on"], name="qual_check_first_due"),
                ),
                migrations.AddIndex(
                    model_name="effectcheck",
                    index=models.Index(
                        fields=["verifier", "result", "due_on"], name="qual_check_verifier"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="effectcheck",
                    constraint=models.UniqueConstraint(
                        fields=("nonconformity", "round"), name="qual_check_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="effectcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checked_by", None), ("result", "")),
                            models.Q(
                                models.Q(("result", ""), _negated=True),
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="qual_check_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="effectcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rule", "words"),
                                models.Q(("words", ""), _negated=True),
                                ("metric", ""),
                            ),
                            models.Q(
                                ("rule", "signal"),
                                ("threshold", None),
                                models.Q(("metric", ""), _negated=True),
                            ),
                            models.Q(
                                ("rule__in", ["at_least", "at_most"]),
                                ("threshold__isnull", False),
                                models.Q(("metric", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="qual_check_says_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="analysis",
                    constraint=models.UniqueConstraint(
                        fields=("nonconformity", "round"), name="qual_analysis_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="action",
                    index=models.Index(fields=["status", "due_on"], name="qual_action_due"),
                ),
                migrations.AddIndex(
                    model_name="action",
                    index=models.Index(
                        fields=["owner", "status", "due_on"], name="qual_action_owner"
                    ),
                ),
                migrations.AddIndex(
                    model_name="action",
                    index=models.Index(fields=["first_due_on"], name="qual_action_first_due"),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="qual_action_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("status", "done")),
                            models.Q(
                                models.Q(("status", "done"), _negated=True), ("done_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="qual_action_done_on",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.UniqueConstraint(
                        fields=("nonconformity", "round", "position"), name="qual_action_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="checklistline",
                    constraint=models.UniqueConstraint(
                        fields=("version", "position"), name="qual_line_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plancontact",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "position"), name="qual_contact_place"
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
                migrations.AddConstraint(
                    model_name="processmeasure",
                    constraint=models.UniqueConstraint(
                        fields=("process", "metric"), name="qual_process_measure_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="qualityfile",
                    constraint=models.UniqueConstraint(
                        fields=("nonconformity", "received_sha256"), name="qual_file_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="reading",
                    index=models.Index(fields=["state", "due_on", "id"], name="qual_reading_due"),
                ),
                migrations.AddIndex(
                    model_name="reading",
                    index=models.Index(fields=["employee", "state"], name="qual_reading_person"),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=models.UniqueConstraint(
                        fields=("version", "employee"), name="qual_reading_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", False), ("state", "read")),
                            models.Q(models.Q(("state", "read"), _negated=True), ("read_at", None)),
                            _connector="OR",
                        ),
                        name="qual_reading_read_iff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="roadticket",
                    index=models.Index(fields=["-called_at", "-id"], name="qual_ticket_called"),
                ),
                migrations.AddConstraint(
                    model_name="roadticket",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("arrived_at", None),
                                ("arrived_at__gte", models.F("called_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("solved_at", None),
                                ("solved_at__gte", models.F("called_at")),
                                _connector="OR",
                            ),
                        ),
                        name="qual_ticket_in_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="safetyincident",
                    index=models.Index(fields=["-happened_at", "-id"], name="qual_incident_newest"),
                ),
                migrations.AddIndex(
                    model_name="safetyincident",
                    index=models.Index(fields=["status", "severity"], name="qual_incident_open"),
                ),
                migrations.AddConstraint(
                    model_name="surveillance",
                    constraint=models.UniqueConstraint(
                        fields=("certification", "due_on"), name="qual_surveillance_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="surveillance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("result", "")),
                            models.Q(
                                ("done_on__isnull", False), models.Q(("result", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="qual_surveillance_whole",
                    ),
                ),
            ]
        ),
        *(_plant(name) for name in PLANTED),
        *(insert_only(f"quality_{name}") for name in INSERT_ONLY),
    ]
