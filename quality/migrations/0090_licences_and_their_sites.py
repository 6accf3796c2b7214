"""Where the terms of licences count, and when one was taken off the register (F04)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0085_loop_terms"),
        ("staff", "0020_suggestion_reward"),
    ]

    operations = [
        migrations.AddField(
            model_name="licence",
            name="retired_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="licenceterm",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
    ]
