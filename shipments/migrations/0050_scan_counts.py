"""Scans counted by day, site, product and person, and up to which scan that is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0040_run_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScanReach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("safe_id", models.BigIntegerField(default=0)),
                ("next_id", models.BigIntegerField(default=0)),
                ("moved_at", models.DateTimeField(null=True)),
                ("last_id", models.BigIntegerField(default=0)),
                ("seen", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ScanCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True)),
                ("day", models.DateField()),
                ("moment", models.DateTimeField()),
                ("site_id", models.BigIntegerField(null=True)),
                ("product_id", models.BigIntegerField(null=True)),
                ("courier_id", models.BigIntegerField(null=True)),
                ("scans", models.PositiveIntegerField()),
                ("in_time", models.PositiveIntegerField()),
                ("over_day", models.PositiveIntegerField()),
                ("ahead", models.PositiveIntegerField()),
                ("corrections", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day", "site_id"], name="shipments_s_day_a486c1_idx")
                ],
            },
        ),
    ]
