from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0030_notice_classes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepFacts",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("parcel_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=5)),
                ("label", models.CharField(max_length=40)),
                ("site_id", models.BigIntegerField()),
                ("product_id", models.BigIntegerField()),
                ("courier_id", models.BigIntegerField(null=True)),
                ("day", models.DateField()),
                ("moment", models.DateTimeField()),
                ("is_hit", models.BooleanField(default=False)),
                ("is_out", models.BooleanField(default=False)),
                ("amount", models.IntegerField(default=0)),
                ("number", models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="parcelfacts",
            name="ship_facts_pickup",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="door_minutes",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="flown_screened",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="has_flown",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="has_left",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="missorts",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="origin_minutes",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="out_t08",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="pickup_at",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="pickup_day",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="pickup_kept",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="screened",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="sort_site_id",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="sorts",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="station_minutes",
        ),
        migrations.RemoveField(
            model_name="parcelfacts",
            name="transport_minutes",
        ),
        migrations.AddField(
            model_name="lanepace",
            name="rest_warn",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="called_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="parcelexception",
            name="proved_wrong",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="parcelfacts",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("done", "Done"),
                    ("returned", "Returned"),
                    ("recalled", "Recalled"),
                    ("lost", "Lost"),
                    ("open", "Still open"),
                ],
                default="open",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="parcelfacts",
            name="stopped_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="parcelfacts",
            name="stuck_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="pickupchange",
            name="asked_by",
            field=models.CharField(
                choices=[("recipient", "Recipient"), ("sender", "Sender"), ("us", "Us")],
                default="us",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="stepfacts",
            index=models.Index(fields=["day", "site_id"], name="shipments_s_day_c4a90a_idx"),
        ),
    ]
