"""Cells keep what of them is exempt, so that raw and adjusted figures stand side by side (B17)."""

from __future__ import annotations

from django.db import migrations, models

CELLS = ("cell", "monthcell", "couriercell")


class Migration(migrations.Migration):
    dependencies = [("kpi", "0010_report_lifecycle")]

    operations = [
        migrations.AddField(cell, name, models.PositiveBigIntegerField(default=0))
        for cell in CELLS
        for name in ("exempt_hits", "exempt_total")
    ]
