"""Mark imported parcels whose file told deliveries only, and let their days be counted anew."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courierqa.core.rows_of_migrations import RunRows

ENDS, TRIES = ("DLV", "RDY"), ("OFD", "ATT", "RFS")
BATCH = 1000


def load(apps, schema_editor):
    """Only parcels with an imported delivery can be silent; the fold says so for new ones."""
    facts = apps.get_model("shipments", "ParcelFacts").objects
    scans = apps.get_model("shipments", "ScanEvent").objects.filter(parcel_id=OuterRef("pk"))
    imported = Q(source="import", code__in=ENDS)
    telling = Q(code__in=TRIES) | (Q(code__in=ENDS) & ~Q(source="import"))
    # A scan voided for a reason tells nothing.
    reasoned = Q(reason__gt="") | Q(detail__has_key="why")
    voided = apps.get_model("shipments", "ScanEvent").objects.filter(
        reasoned, code="VOI", corrects__isnull=False
    )
    told = scans.filter(telling).exclude(uid__in=voided.values("corrects"))
    silent = facts.filter(Exists(scans.filter(imported)), ~Exists(told))
    found = list(silent.values_list("pk", "attempt_day", "site_id"))
    for start in range(0, len(found), BATCH):
        ids = [pk for pk, _day, _site in found[start : start + BATCH]]
        facts.filter(pk__in=ids).update(attempts_told=False)
    _mark(apps, {(day, site) for _pk, day, site in found if day is not None})


def _mark(apps, pairs):
    changed = apps.get_model("core", "ChangedDay").objects
    for day, site in sorted(pairs):
        changed.update_or_create(
            source="parcels", day=day, site_id=site, defaults={"changed_at": timezone.now()}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0023_attempts_told"),
        ("core", "0007_idempotency"),
    ]

    operations = [RunRows(load, migrations.RunPython.noop)]
