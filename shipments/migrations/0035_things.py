"""Vehicles with defects and bookings, calibrations, zones of a warehouse, areas of risk."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

GROWING = ("shipments_vehiclereading", "shipments_arrivalcount", "shipments_calibration")


def fill(apps, schema_editor):
    """What instruments are calibrated for now, and one more line of the check after a round."""
    made = apps.get_model("shipments", "Calibration")
    for row in apps.get_model("shipments", "Instrument").objects.all():
        made.objects.create(
            instrument=row, calibrated_on=row.calibrated_on, valid_until=row.valid_until,
            certificate=row.certificate, at=row.created_at,
        )  # fmt: skip
    apps.get_model("shipments", "CheckItem").objects.get_or_create(
        code="vehicle-sound",
        defaults={
            "phase": "after", "position": 6, "name": "车辆无新损伤、无故障",
            "name_en": "The vehicle has no new damage and no fault",
        },
    )  # fmt: skip


def clear(apps, schema_editor):
    """Take the line out again where nobody answered it yet."""
    apps.get_model("shipments", "CheckItem").objects.filter(code="vehicle-sound").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0034_exemptions"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskArea",
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
                ("name", models.CharField(max_length=60)),
                ("keywords", models.JSONField(default=list)),
                ("city", models.CharField(blank=True, max_length=40)),
                ("advice", models.CharField(max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("until", models.DateField(null=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ArrivalCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("expected", models.PositiveIntegerField()),
                ("counted", models.PositiveIntegerField()),
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                (
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="shipments.trip",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Calibration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("calibrated_on", models.DateField()),
                ("valid_until", models.DateField()),
                ("certificate", models.CharField(blank=True, max_length=60)),
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
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calibrations",
                        to="shipments.instrument",
                    ),
                ),
            ],
            options={
                "ordering": ["-calibrated_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Vehicle",
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
                ("plate", models.CharField(max_length=30, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ebike", "Electric bicycle"),
                            ("tricycle", "Tricycle"),
                            ("van", "Van"),
                            ("truck", "Truck"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "energy",
                    models.CharField(
                        choices=[
                            ("electric", "Electric"),
                            ("hydrogen", "Hydrogen"),
                            ("hybrid", "Hybrid"),
                            ("petrol", "Petrol"),
                            ("diesel", "Diesel"),
                            ("gas", "Natural gas"),
                            ("muscle", "Muscle power"),
                        ],
                        max_length=10,
                    ),
                ),
                ("load_kg", models.PositiveIntegerField()),
                ("space_l", models.PositiveIntegerField()),
                ("gear", models.JSONField(default=list)),
                ("acquired_on", models.DateField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("fit", "Fit for use"),
                            ("unfit", "Not fit for use"),
                            ("retired", "Taken off the fleet"),
                        ],
                        default="fit",
                        max_length=8,
                    ),
                ),
                ("status_since", models.DateField()),
                ("odometer_km", models.PositiveIntegerField(default=0)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="staff.site",
                    ),
                ),
            ],
            options={
                "ordering": ["plate"],
            },
        ),
        migrations.CreateModel(
            name="VehicleBooking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "shift",
                    models.CharField(
                        choices=[
                            ("early", "Early shift"),
                            ("late", "Late shift"),
                            ("night", "Night shift"),
                        ],
                        max_length=6,
                    ),
                ),
                ("route", models.CharField(blank=True, max_length=60)),
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
                    "driver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="staff.employee",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="shipments.vehicle",
                    ),
                ),
            ],
            options={
                "ordering": ["day", "shift", "vehicle"],
            },
        ),
        migrations.CreateModel(
            name="VehicleDefect",
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
                ("what", models.CharField(max_length=200)),
                ("is_safety", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("solved", "Solved")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("item", models.SlugField(blank=True, max_length=30)),
                ("solved_at", models.DateTimeField(null=True)),
                ("solution", models.CharField(blank=True, max_length=200)),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="shipments.round",
                    ),
                ),
                (
                    "solved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="shipments.vehicle",
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="VehicleReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("km", models.PositiveIntegerField()),
                ("on", models.DateField()),
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
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="shipments.vehicle",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Zone",
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
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("goods", models.CharField(blank=True, max_length=60)),
                ("capacity", models.PositiveIntegerField()),
                ("dwell_hours", models.PositiveSmallIntegerField(default=24)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="staff.site",
                    ),
                ),
            ],
            options={
                "ordering": ["site__code", "code"],
            },
        ),
        migrations.CreateModel(
            name="ZoneStay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("put_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("look", models.CharField(blank=True, max_length=200)),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="shipments.parcel",
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="shipments.zone",
                    ),
                ),
            ],
            options={
                "ordering": ["put_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="vehicle",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["fit", "unfit", "retired"])),
                name="ship_vehicle_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vehiclebooking",
            constraint=models.UniqueConstraint(
                fields=("vehicle", "day", "shift"), name="ship_booking_vehicle_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vehiclebooking",
            constraint=models.UniqueConstraint(
                fields=("driver", "day", "shift"), name="ship_booking_driver_once"
            ),
        ),
        migrations.AddIndex(
            model_name="vehicledefect",
            index=models.Index(fields=["status", "is_safety"], name="ship_defect_open"),
        ),
        migrations.AddConstraint(
            model_name="vehicledefect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("solved_at", None), ("status", "open")),
                    models.Q(("solved_at__isnull", False), ("status", "solved")),
                    _connector="OR",
                ),
                name="ship_defect_solved_iff",
            ),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(fields=("site", "code"), name="ship_zone_once"),
        ),
        migrations.AddIndex(
            model_name="zonestay",
            index=models.Index(fields=["zone", "left_at"], name="ship_stay_zone"),
        ),
        migrations.AddConstraint(
            model_name="zonestay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)), fields=("parcel",), name="ship_stay_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="zonestay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at", None), ("left_at__gte", models.F("put_at")), _connector="OR"
                ),
                name="ship_stay_in_order",
            ),
        ),
        RunRows(fill, clear),
        *(insert_only(table) for table in GROWING),
    ]
