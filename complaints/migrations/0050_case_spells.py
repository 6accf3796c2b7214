"""The stretches complaints were open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_squashed_0033"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSpell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("turn", models.PositiveSmallIntegerField()),
                ("site_id", models.BigIntegerField(null=True)),
                ("product_id", models.BigIntegerField(null=True)),
                ("opened_day", models.DateField()),
                ("due_day", models.DateField()),
                ("ended_day", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["ended_day", "opened_day"], name="complaints__ended_d_61fb27_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case_id", "turn"), name="complaints_spell_once"
                    )
                ],
            },
        ),
    ]
