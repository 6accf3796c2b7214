"""From when on posts ask for what, people were active, and papers were taken back (H04)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.new_tables import NewTables


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0050_password_to_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="withdrawn_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="certificate",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="employee",
            name="active_from",
            field=models.DateField(blank=True, null=True),
        ),
        NewTables(
            [
                migrations.CreateModel(
                    name="PostRequirement",
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
                        ("is_required", models.BooleanField()),
                        ("from_on", models.DateField(null=True)),
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
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.course",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="staff.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PostSpan",
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
                        "indexes": [
                            models.Index(fields=["day", "last_day"], name="staff_span_days")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id", "day"), name="staff_span_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_day", None),
                                    ("last_day__gte", models.F("day")),
                                    _connector="OR",
                                ),
                                name="staff_span_in_order",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
