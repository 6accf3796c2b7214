"""Which parcels an import of scans touched, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable

from shipments.models import ImportTrace, Parcel
from shipments.services import bulk


def trace(waybills: Iterable[str], run_id: int) -> None:
    """Write one row per parcel; those nobody knows yet have none."""
    parcels = Parcel.objects.filter(waybill__in=set(waybills)).values_list("pk", flat=True)
    rows = [ImportTrace(run_id=run_id, parcel_id=pk, created=False) for pk in parcels]
    ImportTrace.objects.bulk_create(rows, ignore_conflicts=True, batch_size=bulk.PAGE)
