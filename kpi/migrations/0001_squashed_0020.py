"""The tables of figures as migrations 0001 to 0020 leave them, in one step for a new database.

A database that has run any of those goes on with them; nothing is done twice. What they load is
taken from them, after all tables stand.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only
from courierqa.core.new_tables import NewTables, part_of
from courierqa.core.rows_of_migrations import RunRows

INSERT_ONLY = (
    "snapshot",
    "reportfile",
    "note",
    "reportcomment",
    "signature",
    "publication",
    "baseline",
)
PROPOSALS = (
    "0002_target_proposals", "0004_more_proposals", "0006_durations_and_proposals",
    "0007_proposals_of_other_records", "0014_proposals_of_the_loop",
    "0017_proposals_of_inspections", "0020_proposals_of_steps",
)  # fmt: skip


def _propose(migration):
    return RunRows(part_of("kpi", migration, "propose"), part_of("kpi", migration, "withdraw"))


class Migration(migrations.Migration):
    replaces = [
        ("kpi", "0001_initial"),
        ("kpi", "0002_target_proposals"),
        ("kpi", "0003_snapshots_insert_only"),
        ("kpi", "0004_more_proposals"),
        ("kpi", "0005_wide_sums"),
        ("kpi", "0006_durations_and_proposals"),
        ("kpi", "0007_proposals_of_other_records"),
        ("kpi", "0009_views_and_notes"),
        ("kpi", "0010_report_lifecycle"),
        ("kpi", "0011_exempt_counts"),
        ("kpi", "0012_baselines"),
        ("kpi", "0014_proposals_of_the_loop"),
        ("kpi", "0017_proposals_of_inspections"),
        ("kpi", "0020_proposals_of_steps"),
    ]

    initial = True

    dependencies = [
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Verification",
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
                        ("period", models.CharField(max_length=10)),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("cells", models.PositiveIntegerField(default=0)),
                        ("differences", models.JSONField(default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name="Watermark",
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
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("through", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="CauseCell",
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
                            "kind",
                            models.CharField(
                                choices=[("late", "Late parcels"), ("complaint", "Complaints")],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("site_id", models.BigIntegerField()),
                        ("cause", models.CharField(blank=True, max_length=30)),
                        ("cause_site_id", models.BigIntegerField()),
                        ("records", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "day", "site_id", "cause", "cause_site_id"),
                                name="kpi_cause_cell_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cell",
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
                        ("day", models.DateField()),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("hits", models.PositiveBigIntegerField()),
                        ("total", models.PositiveBigIntegerField()),
                        ("pending", models.PositiveIntegerField(default=0)),
                        ("excluded", models.PositiveIntegerField(default=0)),
                        ("exempt_hits", models.PositiveBigIntegerField(default=0)),
                        ("exempt_total", models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["day", "metric"], name="kpi_cell_day_2f4b79_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "day", "site_id", "product_id"),
                                name="kpi_cell_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourierCell",
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
                        ("day", models.DateField()),
                        ("courier_id", models.BigIntegerField()),
                        ("site_id", models.BigIntegerField()),
                        ("hits", models.PositiveBigIntegerField()),
                        ("total", models.PositiveBigIntegerField()),
                        ("exempt_hits", models.PositiveBigIntegerField(default=0)),
                        ("exempt_total", models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["site_id", "day"], name="kpi_courier_site_id_a301c6_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "day", "courier_id", "site_id"),
                                name="kpi_courier_cell_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DurationCell",
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
                        ("day", models.DateField()),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("buckets", models.JSONField(default=list)),
                        ("measured", models.PositiveIntegerField()),
                        ("minutes", models.PositiveBigIntegerField()),
                        ("still_open", models.PositiveIntegerField()),
                        ("left", models.PositiveIntegerField()),
                        ("missing", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["day", "metric"], name="kpi_duration_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "day", "site_id", "product_id"),
                                name="kpi_duration_day_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DurationMonth",
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
                        ("month", models.DateField()),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("buckets", models.JSONField(default=list)),
                        ("measured", models.PositiveIntegerField()),
                        ("minutes", models.PositiveBigIntegerField()),
                        ("still_open", models.PositiveIntegerField()),
                        ("left", models.PositiveIntegerField()),
                        ("missing", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["month", "metric"], name="kpi_duration_month")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "month", "site_id", "product_id"),
                                name="kpi_duration_month_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthCell",
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
                        ("month", models.DateField()),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("hits", models.PositiveBigIntegerField()),
                        ("total", models.PositiveBigIntegerField()),
                        ("pending", models.PositiveIntegerField(default=0)),
                        ("excluded", models.PositiveIntegerField(default=0)),
                        ("exempt_hits", models.PositiveBigIntegerField(default=0)),
                        ("exempt_total", models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["month", "site_id"], name="kpi_monthce_month_28c309_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("metric", "month", "site_id", "product_id"),
                                name="kpi_month_cell_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                        ("name", models.CharField(max_length=60)),
                        ("query", models.CharField(blank=True, max_length=500)),
                        ("shared_role", models.CharField(blank=True, max_length=12)),
                        ("is_default", models.BooleanField(default=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
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
                        ("period", models.CharField(max_length=7)),
                        ("version", models.CharField(max_length=6)),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("as_of", models.DateTimeField()),
                        ("frozen_at", models.DateTimeField()),
                        ("is_final", models.BooleanField(default=False)),
                        ("site", models.CharField(blank=True, default="", max_length=12)),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Signature",
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
                            "step",
                            models.CharField(
                                choices=[
                                    ("made", "Made"),
                                    ("checked", "Checked"),
                                    ("approved", "Approved"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("role", models.CharField(max_length=20)),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="kpi.snapshot",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportFile",
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
                        ("language", models.CharField(max_length=10)),
                        ("file", models.FileField(upload_to="reports/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pdf", "PDF"), ("xlsx", "XLSX")],
                                default="pdf",
                                max_length=5,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("made", "Before publication"),
                                    ("published", "Published"),
                                ],
                                default="made",
                                max_length=10,
                            ),
                        ),
                        ("plain_sha256", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="kpi.snapshot",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Publication",
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                migrations.CreateModel(
                    name="Target",
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
                        ("metric", models.CharField(max_length=8)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("valid_from", models.DateField()),
                        ("is_proposal", models.BooleanField(default=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
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
                            "set_by",
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
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.team",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ViewMail",
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
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("daily", "every day"),
                                    ("weekly", "every Monday"),
                                    ("monthly", "on the 3rd of the month"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("next_on", models.DateField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mails",
                                to="kpi.savedview",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Baseline",
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
                        ("month", models.DateField()),
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("site", None)),
                                fields=("metric", "month"),
                                name="kpi_baseline_once",
                            ),
                            models.UniqueConstraint(
                                fields=("metric", "site", "month"),
                                name="kpi_baseline_once_per_site",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("day", models.DateField()),
                        ("text", models.CharField(max_length=300)),
                        ("made_at", models.DateTimeField()),
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
                        "indexes": [
                            models.Index(
                                fields=["metric", "day"], name="kpi_note_metric_40344e_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportComment",
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
                        ("period", models.CharField(max_length=7)),
                        ("site", models.CharField(blank=True, default="", max_length=12)),
                        ("code", models.CharField(blank=True, max_length=8)),
                        ("text", models.CharField(blank=True, max_length=600)),
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
                        "indexes": [
                            models.Index(
                                fields=["period", "site"], name="kpi_reportc_period_70b26f_idx"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        fields=("owner", "name"), name="kpi_view_name_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("owner",),
                        name="kpi_one_default_view",
                    ),
                ),
                migrations.AddIndex(
                    model_name="snapshot",
                    index=models.Index(fields=["sha256"], name="kpi_snapsho_sha256_8ed7e6_idx"),
                ),
                migrations.AddConstraint(
                    model_name="snapshot",
                    constraint=models.UniqueConstraint(
                        fields=("period", "site", "version"), name="kpi_snapshot_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signature",
                    constraint=models.UniqueConstraint(
                        fields=("snapshot", "step"), name="kpi_signature_step_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signature",
                    constraint=models.UniqueConstraint(
                        fields=("snapshot", "user"), name="kpi_signature_three_people"
                    ),
                ),
                migrations.AddIndex(
                    model_name="reportfile",
                    index=models.Index(fields=["sha256"], name="kpi_reportf_sha256_5168c0_idx"),
                ),
                migrations.AddConstraint(
                    model_name="reportfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="kpi_report_file_full"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportfile",
                    constraint=models.UniqueConstraint(
                        fields=("snapshot", "language", "kind", "stage"),
                        name="kpi_report_file_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="target",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("team", None)),
                        fields=("metric", "site", "valid_from"),
                        name="kpi_target_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="target",
                    constraint=models.UniqueConstraint(
                        fields=("metric", "team", "valid_from"), name="kpi_target_once_per_team"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="viewmail",
                    constraint=models.UniqueConstraint(
                        fields=("view", "user"), name="kpi_view_mail_once"
                    ),
                ),
            ]
        ),
        *(_propose(name) for name in PROPOSALS),
        *(insert_only(f"kpi_{name}") for name in INSERT_ONLY),
    ]
