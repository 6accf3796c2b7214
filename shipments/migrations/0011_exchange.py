import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0010_screening_rules"),
        ("staff", "0002_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="number_rule",
            field=models.CharField(
                choices=[("any", "Letters and digits"), ("s10", "UPU S10 with check digit")],
                default="any",
                max_length=5,
            ),
        ),
        migrations.CreateModel(
            name="ImportTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run_id", models.BigIntegerField()),
                ("parcel_id", models.BigIntegerField()),
                ("created", models.BooleanField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["parcel_id"], name="ship_import_trace_parcel")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run_id", "parcel_id"), name="ship_import_trace_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
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
                ("name", models.CharField(max_length=60)),
                ("url", models.CharField(max_length=300)),
                ("secret", courierqa.core.privacy.EncryptedField(data_class="secret")),
                ("events", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Switched on"),
                            ("paused", "Paused"),
                            ("disabled", "Switched off after failures"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("misses", models.PositiveSmallIntegerField(default=0)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sites", models.ManyToManyField(blank=True, related_name="+", to="staff.site")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                ("key", models.CharField(max_length=120)),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("parcel.accepted", "Picked up"),
                            ("parcel.out_for_delivery", "Out for delivery"),
                            ("parcel.attempt_failed", "Attempt failed"),
                            ("parcel.ready", "Ready for collection"),
                            ("parcel.delivered", "Delivered"),
                            ("parcel.returned", "Returned to sender"),
                            ("parcel.trouble", "Damaged, delayed, lost or held"),
                            ("test", "Test message"),
                        ],
                        max_length=30,
                    ),
                ),
                ("body", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("taken", "Taken"),
                            ("retrying", "Will be tried again"),
                            ("given_up", "Given up"),
                            ("dropped", "Not sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sendings", models.PositiveSmallIntegerField(default=1)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("error", models.CharField(blank=True, max_length=30)),
                ("milliseconds", models.PositiveIntegerField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="shipments.webhook",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["webhook", "-id"], name="ship_webhook_log")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "key"), name="ship_webhook_told_once"
                    )
                ],
            },
        ),
    ]
