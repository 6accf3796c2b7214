"""History, audit trail and missed deadlines can only grow."""

from django.db import migrations

from courierqa.core.insert_only import insert_only

TABLES = ("core_statuschange", "core_auditentry", "core_auditseal", "core_clockmiss")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_calendars")]
    operations = [insert_only(table) for table in TABLES]
