"""Side effects of scans: customers are told through the outbox, never inside the scan itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courierqa.core import outbox
from courierqa.core.calendars import business_day
from shipments import enums
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


def announce(rows: Iterable[ScanEvent]) -> None:
    """Write one effect per scan a customer or a subscriber should hear of; told once each."""
    rows = list(rows)
    webhook_messages.tell(rows)
    told = [row for row in rows if row.code in TOLD and row.parcel_id is not None]
    payloads = {
        f"tell:{row.device}:{row.uid}": {
            "event_uid": str(row.uid), "parcel_id": row.parcel_id, "code": row.code,
        }
        for row in told
        if not LATE.intersection(row.flags)
    }  # fmt: skip
    outbox.emit_many("shipments.tell", payloads)
    _warn([row for row in rows if row.source == enums.Source.COURIER and row.parcel_id])


def _warn(rows: list[ScanEvent]) -> None:
    """Write what supervisors hear of their phones: takeovers, captures that waited a day."""
    late: dict[str, Any] = {}
    for row in rows:
        if row.detail.get("taken_over") and row.code in ("OFD", "PAS"):
            payload = {"parcel_id": row.parcel_id, "person_id": row.person_id,
                       "site_id": row.site_id, "from": str(row.detail.get("from") or "")[:30],
                       "event_uid": str(row.uid)}  # fmt: skip
            outbox.emit("shipments.taken_over", f"taken:{row.device}:{row.uid}", payload)
        if "late_upload" in row.flags and "clock" not in row.flags:
            key = f"late:{row.person_id}:{business_day(row.recorded_at)}"
            oldest = min(row.happened_at.isoformat(), late.get(key, {}).get("oldest", "9"))
            late[key] = {"person_id": row.person_id, "site_id": row.site_id, "oldest": oldest}
    for key, payload in late.items():
        outbox.emit("shipments.late_sync", key, payload)
