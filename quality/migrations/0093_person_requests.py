"""Requests of persons about their own data (X04)."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0092_keys_of_destruction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonRequest",
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
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("see", "See their data"),
                            ("copy", "Get a copy"),
                            ("correct", "Correct their data"),
                            ("delete", "Delete their data"),
                            ("explain", "Explain how data are used"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", courierqa.core.privacy.EncryptedField(data_class="complaint")),
                ("phone", courierqa.core.privacy.EncryptedField(data_class="complaint")),
                ("words", courierqa.core.privacy.EncryptedField(data_class="complaint")),
                ("received_at", models.DateTimeField()),
                ("checking_from", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done as asked"),
                            ("partly", "Done in part, with the reason"),
                            ("refused", "Refused, with the reason"),
                            ("nothing", "No data of this person are kept"),
                            ("unknown", "Identity could not be established"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(fields=["answered_at", "due_at"], name="qual_request_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at", None),
                                ("checked_at__gte", models.F("checking_from")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("answered_at", None),
                                ("answered_at__gte", models.F("received_at")),
                                _connector="OR",
                            ),
                        ),
                        name="qual_request_in_order",
                    )
                ],
            },
        ),
    ]
