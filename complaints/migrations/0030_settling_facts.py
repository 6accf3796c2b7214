"""What C02, C04, C05, C11 and C12 read. Rows made before stay until they are made anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0023_case_open_due")]

    operations = [
        migrations.AddField("casefacts", "first_due_day", models.DateField(null=True)),
        migrations.AddField("casefacts", "settled_at", models.DateTimeField(null=True)),
        migrations.AddField("casefacts", "settled_day", models.DateField(null=True)),
        migrations.AddField("casefacts", "is_gone", models.BooleanField(default=False)),
        migrations.AddField("casefacts", "needed_more", models.BooleanField(default=False)),
        migrations.AddField("casefacts", "is_appeal", models.BooleanField(default=False)),
        migrations.AddField("casefacts", "appeal_valid", models.BooleanField(null=True)),
        migrations.AddField("casefacts", "made_by", models.PositiveSmallIntegerField(default=1)),
        migrations.AddIndex(
            "casefacts",
            models.Index(
                fields=["first_due_day", "site_id"], name="complaints__first_d_a91e50_idx"
            ),
        ),
        migrations.AddIndex(
            "casefacts",
            models.Index(fields=["settled_day", "site_id"], name="complaints__settled_a5080c_idx"),
        ),
    ]
