"""Sums of fen outgrow 32 bits; counts do not mind."""

from django.db import migrations, models


def _wide(model: str, name: str) -> migrations.AlterField:
    return migrations.AlterField(model, name, models.PositiveBigIntegerField())


class Migration(migrations.Migration):
    dependencies = [("kpi", "0004_more_proposals")]

    operations = [
        _wide("cell", "hits"),
        _wide("cell", "total"),
        _wide("monthcell", "hits"),
        _wide("monthcell", "total"),
        _wide("couriercell", "hits"),
        _wide("couriercell", "total"),
    ]
