"""Classes, plans, responsibility, pictures, notices, and what the watch knows of pace."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0015_reason_catalogue"),
        ("staff", "0002_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExceptionClass",
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
                ("code", models.SlugField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("normal", "Normal"),
                            ("high", "High"),
                            ("critical", "Critical"),
                        ],
                        default="normal",
                        max_length=10,
                    ),
                ),
                ("tell_hours", models.PositiveSmallIntegerField(default=24)),
                ("solve_hours", models.PositiveSmallIntegerField(default=72)),
                ("next_steps", models.TextField(blank=True)),
                ("next_steps_en", models.TextField(blank=True)),
                ("needs_remedy", models.BooleanField(default=False)),
                ("ends_with_trip", models.BooleanField(default=False)),
                ("stops_parcel", models.BooleanField(default=False)),
                ("by_hand", models.BooleanField(default=True)),
                ("is_active", models.BooleanField(default=True)),
                ("is_proposal", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="ExceptionPhoto",
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
                ("file", models.FileField(upload_to="exceptions/%Y/%m/")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LanePace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lane_id", models.BigIntegerField()),
                ("shape", models.CharField(max_length=60)),
                ("product_id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=3)),
                ("site_id", models.BigIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("leg_p80", models.PositiveIntegerField()),
                ("rest_p80", models.PositiveIntegerField()),
                ("computed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PredictionScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("judged", models.PositiveIntegerField()),
                ("late", models.PositiveIntegerField()),
                ("warned", models.PositiveIntegerField()),
                ("hits", models.PositiveIntegerField()),
                ("lead_minutes", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Responsibility",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("decided", "Responsibility decided"),
                            ("appealed", "Appealed against"),
                            ("upheld", "Upheld after appeal"),
                            ("lifted", "Lifted after appeal"),
                        ],
                        default="decided",
                        max_length=10,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("site", "A site"),
                            ("person", "A person"),
                            ("outside", "Outside the company"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence", models.CharField(max_length=500)),
                ("decided_at", models.DateTimeField()),
                ("appeal", models.CharField(blank=True, max_length=500)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServiceNotice",
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
                ("title", models.CharField(max_length=80)),
                ("title_en", models.CharField(blank=True, max_length=80)),
                ("text", models.CharField(max_length=600)),
                ("text_en", models.CharField(blank=True, max_length=600)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("is_public", models.BooleanField(default=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StationWait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("n", models.PositiveIntegerField()),
                ("median", models.PositiveIntegerField()),
                ("p80", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="WatchLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("station", "Station"),
                            ("hub", "Hub"),
                            ("point", "Service point"),
                            ("locker", "Locker"),
                            ("office", "Office"),
                        ],
                        max_length=10,
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField()),
                ("is_proposal", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["kind", "place"],
            },
        ),
        migrations.CreateModel(
            name="WatchMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("parcel_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("risk", "Predicted late"), ("behind", "Behind plan")],
                        max_length=10,
                    ),
                ),
                ("site_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("expected_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="description",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="found_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="place",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="plan",
            field=models.CharField(
                blank=True,
                choices=[
                    ("resend", "Send again"),
                    ("return", "Return to sender"),
                    ("redeliver", "Deliver again"),
                    ("search", "Search"),
                    ("compensate", "Compensate"),
                    ("new_address", "New address"),
                    ("wait", "Wait for the customer"),
                    ("dispose", "Dispose or hand to authority"),
                    ("other", "Other"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="root_cause",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="steps_done",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="parcelexception",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(fields=["state", "last_site"], name="shipments_p_state_90c834_idx"),
        ),
        migrations.AddIndex(
            model_name="parcelexception",
            index=models.Index(
                fields=["closed_at", "due_at"], name="shipments_p_closed__4675ab_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelexception",
            index=models.Index(
                fields=["kind", "closed_at", "due_at"], name="shipments_p_kind_e97def_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="parcelexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status", "solved")),
                    models.Q(models.Q(("status", "solved"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="ship_exception_closed_iff_solved",
            ),
        ),
        migrations.AddField(
            model_name="exceptionphoto",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="exceptionphoto",
            name="exception",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="shipments.parcelexception",
            ),
        ),
        migrations.AddConstraint(
            model_name="lanepace",
            constraint=models.UniqueConstraint(
                fields=("lane_id", "shape", "product_id", "position"), name="ship_pace_once"
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="exception",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responsibility",
                to="shipments.parcelexception",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="servicenotice",
            name="sites",
            field=models.ManyToManyField(blank=True, related_name="+", to="staff.site"),
        ),
        migrations.AddField(
            model_name="servicenotice",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="stationwait",
            constraint=models.UniqueConstraint(fields=("site_id", "day"), name="ship_wait_once"),
        ),
        migrations.AddConstraint(
            model_name="watchlimit",
            constraint=models.UniqueConstraint(
                fields=("kind", "place"), name="ship_watch_limit_once"
            ),
        ),
        migrations.AddIndex(
            model_name="watchmark",
            index=models.Index(
                condition=models.Q(("cleared_at", None)),
                fields=["kind", "due_at"],
                name="ship_watch_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="watchmark",
            constraint=models.UniqueConstraint(
                fields=("parcel_id", "kind"), name="ship_watch_mark_once"
            ),
        ),
        migrations.AddIndex(
            model_name="servicenotice",
            index=models.Index(fields=["ends_at"], name="shipments_s_ends_at_923ce7_idx"),
        ),
    ]
