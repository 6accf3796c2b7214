"""Drafts in which nothing moved since the frozen edition can be given up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0060_proposals_of_privacy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftDiscard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discard",
                        to="kpi.snapshot",
                    ),
                ),
            ],
        ),
        insert_only("kpi_draftdiscard"),
    ]
