"""Since when instruments are in use and where, and the evenings things were valid (F03, F04)."""

from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows


def fill(apps, schema_editor):
    """Instruments of before are in use where they are, from the day they were registered on."""
    zone = ZoneInfo(settings.BUSINESS_TIME_ZONE)
    made = apps.get_model("shipments", "InstrumentUse")
    for row in apps.get_model("shipments", "Instrument").objects.all():
        first, last = row.created_at, row.updated_at
        made.objects.create(instrument=row, site=row.site, is_active=True, at=first,
                            from_day=first.astimezone(zone).date())  # fmt: skip
        if not row.is_active:
            # When it was put away is not on record: it was changed last then, or before.
            made.objects.create(instrument=row, site=row.site, is_active=False, at=last,
                                from_day=last.astimezone(zone).date())  # fmt: skip
    # PostgreSQL puts no trigger on a table whose rows it has still to check.
    schema_editor.connection.check_constraints()


def clear(apps, schema_editor):
    """The table goes with the migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0050_scan_counts"),
        ("staff", "0020_suggestion_reward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InstrumentUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_active", models.BooleanField()),
                ("from_day", models.DateField()),
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
                        related_name="uses",
                        to="shipments.instrument",
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
                "ordering": ["from_day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ValiditySpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("record_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=60)),
                ("site_id", models.BigIntegerField(null=True)),
                ("product_id", models.BigIntegerField(null=True)),
                ("courier_id", models.BigIntegerField(null=True)),
                ("day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("moment", models.DateTimeField()),
                ("is_hit", models.BooleanField()),
            ],
            options={
                "indexes": [models.Index(fields=["day", "last_day"], name="ship_span_days")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "record_id", "day"), name="ship_span_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("day")), _connector="OR"
                        ),
                        name="ship_span_in_order",
                    ),
                ],
            },
        ),
        RunRows(fill, clear),
        insert_only("shipments_instrumentuse"),
    ]
