"""Nonconformities, causes, actions, effect checks."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("staff", "0012_goals_and_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberOfYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="Cause",
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
            name="EffectCheck",
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
                ("threshold", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("first_due_on", models.DateField()),
                ("due_on", models.DateField()),
                ("may_be_early", models.BooleanField(default=False)),
                ("set_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("effective", "Effective"), ("ineffective", "Not effective")],
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
            name="Nonconformity",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="QualityFile",
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
                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None)),
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
            index=models.Index(fields=["verifier", "result", "due_on"], name="qual_check_verifier"),
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
                        ("rule", "words"), models.Q(("words", ""), _negated=True), ("metric", "")
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
            index=models.Index(fields=["owner", "status", "due_on"], name="qual_action_owner"),
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
                        models.Q(("status", "open"), _negated=True), ("ended_at__isnull", False)
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
                    models.Q(models.Q(("status", "done"), _negated=True), ("done_on", None)),
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
            model_name="qualityfile",
            constraint=models.UniqueConstraint(
                fields=("nonconformity", "received_sha256"), name="qual_file_once"
            ),
        ),
    ]
