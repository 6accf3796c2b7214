"""Looks at full personal data with the task they were for (X02)."""

from django.db import migrations, models

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_idempotency"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(default="X02", max_length=8)),
                ("record_id", models.BigIntegerField(unique=True)),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "task",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("case", "own case"),
                            ("call", "own call"),
                            ("survey", "interview"),
                            ("customer", "own customer"),
                            ("delivery", "parcel in hand"),
                            ("exception", "own exception"),
                            ("request", "request of a person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("task_ref", models.CharField(blank=True, max_length=60)),
                ("site_id", models.BigIntegerField(null=True)),
                ("product_id", models.BigIntegerField(null=True)),
                ("courier_id", models.BigIntegerField(null=True)),
                ("day", models.DateField()),
                ("moment", models.DateTimeField()),
                ("is_hit", models.BooleanField()),
                ("is_out", models.BooleanField()),
            ],
            options={
                "indexes": [models.Index(fields=["day", "site_id"], name="core_view_day")],
            },
        ),
        insert_only("core_personalview"),
    ]
