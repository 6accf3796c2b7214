"""The limits of T04, T11 and D02. Rows made before stay as they are until they are made anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipments", "0025_placement_left")]

    operations = [
        migrations.RemoveIndex("parcelfacts", "shipments_p_h72_day_682cab_idx"),
        migrations.RenameField("parcelfacts", "h72_at", "hours_at"),
        migrations.RenameField("parcelfacts", "h72_day", "hours_day"),
        migrations.AddIndex(
            "parcelfacts",
            models.Index(fields=["hours_day", "site_id"], name="shipments_p_hours_d_4977ad_idx"),
        ),
        migrations.AddField("parcelfacts", "total_at", models.DateTimeField(null=True)),
        migrations.AddField("parcelfacts", "total_day", models.DateField(null=True)),
        migrations.AddField("parcelfacts", "week_at", models.DateTimeField(null=True)),
        migrations.AddField("parcelfacts", "week_day", models.DateField(null=True)),
        migrations.AddField("parcelfacts", "out_t11", models.BooleanField(default=False)),
        migrations.AddField("parcelfacts", "made_by", models.PositiveSmallIntegerField(default=1)),
        migrations.AddIndex(
            "parcelfacts",
            models.Index(fields=["total_day", "site_id"], name="shipments_p_total_d_278f62_idx"),
        ),
        migrations.AddIndex(
            "parcelfacts",
            models.Index(fields=["week_day", "site_id"], name="shipments_p_week_da_3afacd_idx"),
        ),
    ]
