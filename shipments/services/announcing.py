"""Side effects of scans: customers are told through the outbox, never inside the scan itself."""

from __future__ import annotations

from collections.abc import Sequence

from courierqa.core import outbox
from shipments.models import ScanEvent
from shipments.services import webhook_messages

# Scans a customer is told about, with the text to use.
TOLD = {
    "RDY": "parcel_placed",
    "ATT": "attempt_failed",
    "DLY": "parcel_delayed",
    "DLV": "parcel_delivered",
}
LATE = frozenset({"late_upload", "future", "clock"})


def announce(rows: Sequence[ScanEvent]) -> None:
    """Write one effect per scan a customer or a subscriber should hear of; told once each."""
    webhook_messages.tell(rows)
    for row in rows:
        if row.code in TOLD and row.parcel_id is not None and not LATE.intersection(row.flags):
            payload = {"event_uid": str(row.uid), "parcel_id": row.parcel_id, "code": row.code}
            outbox.emit("shipments.tell", f"tell:{row.device}:{row.uid}", payload)
