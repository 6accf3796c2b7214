"""Exemptions get an area of sites, a region or lanes, an evidence file and a status of their own."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from courierqa.core.rows_of_migrations import RunRows

REACHES = [
    ("sites", "Named sites"), ("region", "A region"), ("lanes", "Named lanes"),
    ("network", "The whole network"),
]  # fmt: skip
STATUSES = [
    ("requested", "Waiting for approval"), ("approved", "Approved"), ("rejected", "Rejected"),
    ("revoked", "Revoked"),
]  # fmt: skip


def carry(apps: Any, _editor: Any) -> None:
    """Give each old record a number, its area and its status."""
    rows = apps.get_model("shipments", "Exemption").objects.all()
    for row in rows.order_by("pk"):
        row.number = f"EX{row.starts_at:%y%m%d}{row.pk:04d}"
        row.reach = "sites" if row.site_id else "network"
        row.status = "approved" if row.approved_at else "requested"
        row.asked_at = row.created_at
        row.save()
        if row.site_id:
            row.sites.add(row.site_id)


def carry_back(apps: Any, _editor: Any) -> None:
    """Only what was approved exempted before; a record of one site keeps it."""
    rows = apps.get_model("shipments", "Exemption").objects.all()
    for row in rows.order_by("pk"):
        row.site_id = row.sites.order_by("pk").values_list("pk", flat=True).first()
        if row.status != "approved":
            row.approved_at = row.approved_by = None
        row.save()


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to=settings.AUTH_USER_MODEL,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("shipments", "0031_steps_of_the_way"),
    ]

    operations = [
        migrations.AddField(
            "exemption", "number", models.CharField(max_length=20, default="", blank=True)
        ),
        migrations.AddField(
            "exemption", "reach", models.CharField(max_length=8, choices=REACHES, default="sites")
        ),
        migrations.AddField("exemption", "region", models.CharField(blank=True, max_length=30,
                                                                    default="")),
        migrations.AddField(
            "exemption", "sites", models.ManyToManyField(related_name="+", to="staff.site")
        ),
        migrations.AddField(
            "exemption", "lanes", models.ManyToManyField(related_name="+", to="shipments.lane")
        ),
        migrations.AddField(
            "exemption", "file", models.FileField(blank=True, upload_to="exemptions/%Y/%m/")
        ),
        migrations.AddField(
            "exemption", "file_kind", models.CharField(blank=True, max_length=8, default="")
        ),
        migrations.AddField(
            "exemption", "file_name", models.CharField(blank=True, max_length=100, default="")
        ),
        migrations.AddField(
            "exemption", "file_sha256", models.CharField(blank=True, max_length=64, default="")
        ),
        migrations.AddField(
            "exemption", "status",
            models.CharField(max_length=10, choices=STATUSES, default="requested"),
        ),
        migrations.AddField("exemption", "asked_by", _person()),
        migrations.AddField(
            "exemption", "asked_at", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AddField(
            "exemption", "approval",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="core.approval",
            ),
        ),
        migrations.AddField("exemption", "revoked_at", models.DateTimeField(null=True)),
        RunRows(carry, carry_back),
        migrations.RemoveField("exemption", "site"),
        migrations.AlterField("exemption", "number", models.CharField(max_length=20, unique=True)),
        migrations.AlterField("exemption", "region", models.CharField(blank=True, max_length=30)),
        migrations.AlterField("exemption", "file_kind", models.CharField(blank=True, max_length=8)),
        migrations.AlterField(
            "exemption", "file_name", models.CharField(blank=True, max_length=100)
        ),
        migrations.AlterField(
            "exemption", "file_sha256", models.CharField(blank=True, max_length=64)
        ),
        migrations.AlterModelOptions("exemption", {"ordering": ["-starts_at", "-pk"]}),
        migrations.AddConstraint(
            "exemption",
            models.CheckConstraint(
                name="ship_exemption_order", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ),
        migrations.AddIndex(
            "exemption",
            models.Index(fields=["status", "starts_at"], name="ship_exemption_when"),
        ),
    ]  # fmt: skip
