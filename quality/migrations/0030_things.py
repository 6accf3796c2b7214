"""Equipment, maintenance, licences, hazards, incidents, drills and destroyed records."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0023_laws_to_begin_with"),
        ("shipments", "0035_things"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyPlan",
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
            name="Equipment",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("guards_in_place", models.BooleanField(null=True)),
                (
                    "result",
                    models.CharField(
                        choices=[("good", "In order"), ("bad", "Not in order")], max_length=4
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
            name="Licence",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="Maintenance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="PlanContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="RoadTicket",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="Destruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="qual_destroyed_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Drill",
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
                ("people", models.ManyToManyField(related_name="drills", to="staff.employee")),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on__isnull", False), ("status", "held")),
                            models.Q(
                                models.Q(("status", "held"), _negated=True), ("held_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="qual_drill_held_iff",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GearIssue",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on", None),
                            ("returned_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="qual_gear_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hazard",
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
                "indexes": [models.Index(fields=["status", "due_on"], name="qual_hazard_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "verified"), ("verified_at__isnull", False)),
                            models.Q(
                                models.Q(("status", "verified"), _negated=True),
                                ("verified_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="qual_hazard_verified_iff",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="licence",
            index=models.Index(fields=["is_active", "expires_on"], name="qual_licence_expiry"),
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
        migrations.AddConstraint(
            model_name="plancontact",
            constraint=models.UniqueConstraint(
                fields=("plan", "position"), name="qual_contact_place"
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
    ]
