"""Licences of before count where they are now; taken off when they were changed last."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations

from courierqa.core.insert_only import guard, unguard
from courierqa.core.rows_of_migrations import RunRows

TERMS = "quality_licenceterm"


def fill(apps, schema_editor):
    """Write the site of each term, and the day of those that are not needed any more."""
    zone = ZoneInfo(settings.BUSINESS_TIME_ZONE)
    licence = apps.get_model("quality", "Licence")
    term = apps.get_model("quality", "LicenceTerm")
    unguard(schema_editor, TERMS)
    for row in licence.objects.select_related("vehicle", "holder"):
        of = row.vehicle or row.holder
        term.objects.filter(licence=row).update(site_id=of.site_id if of else row.site_id)
        if not row.is_active:
            off = row.updated_at.astimezone(zone).date()
            licence.objects.filter(pk=row.pk).update(retired_on=off)
    # PostgreSQL puts no trigger on a table whose rows it has still to check.
    schema_editor.connection.check_constraints()
    guard(schema_editor, TERMS)


class Migration(migrations.Migration):
    dependencies = [("quality", "0090_licences_and_their_sites")]
    operations = [RunRows(fill, migrations.RunPython.noop)]
