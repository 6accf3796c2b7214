"""Complaints and ratings of the proposed scheme are drawn to the company's mean.

Their Wilson ends could never meet the targets with a hundred deliveries a month. A scheme that
has graded nobody is amended; one that has stays with its months, and a new version follows it.
"""

from datetime import date

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

OLD = {
    "C02": {"target": 0.012, "floor": 0.04, "bound": "high"},
    "V02": {"target": 0.8, "floor": 0.5, "bound": "low"},
}
NEW = {
    "C02": {"target": 0.001, "floor": 0.01, "bound": "mean", "pull": 100},
    "V02": {"target": 0.9, "floor": 0.8, "bound": "mean", "pull": 20},
}


def _amended(part):
    """Return the part with its new reading; one the company has set differently stays."""
    old = OLD.get(part["code"])
    stays = old is None or any(part.get(name) != value for name, value in old.items())
    return part if stays else {**part, **NEW[part["code"]]}


def amend(apps, schema_editor):
    Scheme = apps.get_model("staff", "AssessmentScheme")
    Assessment = apps.get_model("staff", "Assessment")
    for scheme in Scheme.objects.filter(is_proposal=True):
        parts = [_amended(part) for part in scheme.parts]
        if parts == scheme.parts:
            continue
        scheme.parts = parts
        graded = Assessment.objects.filter(scheme=scheme).order_by("-month").first()
        if graded is None:
            scheme.save()
            continue
        year, month = map(int, graded.month.split("-"))
        after = date(year + month // 12, month % 12 + 1, 1)
        if not Scheme.objects.filter(post=scheme.post_id, valid_from=after).exists():
            scheme.pk, scheme._state.adding, scheme.valid_from = None, True, after
            scheme.save()


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_part_mean")]
    operations = [RunRows(amend, migrations.RunPython.noop)]
