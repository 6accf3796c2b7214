"""Which classes the customer hears of from us, and the limits of exceptions opened before.

A proposal: what the customer cannot know by himself. What he told us, or saw at his own door,
needs no notice.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

NOTICED = (
    "lost", "damaged", "short", "delayed", "address", "missed", "misdelivered", "stuck",
)  # fmt: skip
ZONE = ZoneInfo("Asia/Shanghai")
OPENS, SHUTS = 8, 20


def _notice_due(at):
    """Two hours, of which the night from 20:00 to 08:00 is none."""
    local, left = at.astimezone(ZONE), timedelta(hours=2)
    while True:
        opens = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
        shuts = local.replace(hour=SHUTS, minute=0, second=0, microsecond=0)
        begin = max(local, opens)
        if begin + left <= shuts:
            return begin + left
        left -= max(shuts - begin, timedelta())
        local = opens + timedelta(days=1)


def fill(apps, schema_editor):
    classes = apps.get_model("shipments", "ExceptionClass")
    classes.objects.filter(code__in=NOTICED).update(needs_notice=True)
    hours = dict(classes.objects.values_list("code", "solve_hours"))
    rows = apps.get_model("shipments", "ParcelException").objects
    batch = []
    for row in rows.only("pk", "kind", "opened_at").iterator(chunk_size=500):
        row.solve_by = row.opened_at + timedelta(hours=hours.get(row.kind, 72))
        row.notice_by = _notice_due(row.opened_at) if row.kind in NOTICED else None
        batch.append(row)
    rows.bulk_update(batch, ["solve_by", "notice_by"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("shipments", "0029_counted_rows")]

    operations = [RunRows(fill, migrations.RunPython.noop)]
