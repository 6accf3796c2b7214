"""Side effects of scans: customers are told through the outbox, never inside the scan itself."""

from __future__ import annotations

from collections.abc import Iterable

from courierqa.core import outbox
from shipments.models import ScanEvent

# Scans a customer is told about, with the text to use.
TOLD = {
    "RDY": "parcel_placed",
    "ATT": "attempt_failed",
    "DLY": "parcel_delayed",
    "DLV": "parcel_delivered",
}
LATE = frozenset({"late_upload", "future", "clock"})


def announce(rows: Iterable[ScanEvent]) -> None:
    """Write one effect per scan a customer should hear of; the key keeps it single."""
    for row in rows:
        if row.code in TOLD and row.parcel_id is not None and not LATE.intersection(row.flags):
            payload = {"event_uid": str(row.uid), "parcel_id": row.parcel_id, "code": row.code}
            outbox.emit("shipments.tell", f"tell:{row.device}:{row.uid}", payload)
