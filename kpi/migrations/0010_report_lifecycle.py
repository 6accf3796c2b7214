"""Reports are commented, signed by three people, published; one site may have its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import guard, insert_only, unguard
from courierqa.core.rows_of_migrations import RunRows

TABLES = ("kpi_snapshot", "kpi_reportfile")
PK = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
STAGES = [("made", "Before publication"), ("published", "Published")]
STEPS = [("made", "Made"), ("checked", "Checked"), ("approved", "Approved")]


def lift(apps, editor):
    """Take the triggers off while columns are added."""
    if editor.connection.vendor == "postgresql":
        # Foreign keys still to be checked would forbid altering the table.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        unguard(editor, table)


def close(apps, editor):
    """Make the tables insert-only again; changing a table drops its triggers on SQLite."""
    lift(apps, editor)
    for table in TABLES:
        guard(editor, table)


def person():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0009_views_and_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RunRows(lift, close),
        migrations.RemoveConstraint("reportfile", "kpi_report_file_once"),
        migrations.RemoveConstraint("snapshot", "kpi_snapshot_once"),
        migrations.AddField(
            "reportfile",
            "kind",
            models.CharField(
                choices=[("pdf", "PDF"), ("xlsx", "XLSX")], default="pdf", max_length=5
            ),
        ),
        migrations.AddField(
            "reportfile",
            "stage",
            models.CharField(choices=STAGES, default="made", max_length=10),
        ),
        migrations.AddField(
            "reportfile",
            "plain_sha256",
            models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            "snapshot", "site", models.CharField(blank=True, default="", max_length=12)
        ),
        migrations.AddIndex(
            "reportfile",
            models.Index(fields=["sha256"], name="kpi_reportf_sha256_5168c0_idx"),
        ),
        migrations.AddIndex(
            "snapshot",
            models.Index(fields=["sha256"], name="kpi_snapsho_sha256_8ed7e6_idx"),
        ),
        migrations.AddConstraint(
            "reportfile",
            models.UniqueConstraint(
                fields=("snapshot", "language", "kind", "stage"), name="kpi_report_file_once"
            ),
        ),
        migrations.AddConstraint(
            "snapshot",
            models.UniqueConstraint(fields=("period", "site", "version"), name="kpi_snapshot_once"),
        ),
        RunRows(close, lift),
        migrations.CreateModel(
            "ReportComment",
            [
                ("id", PK.clone()),
                ("period", models.CharField(max_length=7)),
                ("site", models.CharField(blank=True, default="", max_length=12)),
                ("code", models.CharField(blank=True, max_length=8)),
                ("text", models.CharField(blank=True, max_length=600)),
                ("at", models.DateTimeField()),
                ("by", person()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["period", "site"], name="kpi_reportc_period_70b26f_idx")
                ]
            },
        ),
        migrations.CreateModel(
            "Signature",
            [
                ("id", PK.clone()),
                ("step", models.CharField(choices=STEPS, max_length=10)),
                ("name", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="kpi.snapshot",
                    ),
                ),
                ("user", person()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "step"), name="kpi_signature_step_once"
                    ),
                    models.UniqueConstraint(
                        fields=("snapshot", "user"), name="kpi_signature_three_people"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            "Publication",
            [
                ("id", PK.clone()),
                ("at", models.DateTimeField()),
                ("by", person()),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="kpi.snapshot",
                    ),
                ),
            ],
        ),
        insert_only("kpi_reportcomment"),
        insert_only("kpi_signature"),
        insert_only("kpi_publication"),
    ]
