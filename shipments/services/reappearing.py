"""A parcel lost by its total delay is found by the first scan that touches it (S02, B14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid5

from shipments.enums import Code, State
from shipments.models import Parcel, ScanEvent

TOTAL_DELAY = "total-delay"
# Words about a parcel; nobody had it in hand.
NOT_SEEN = frozenset({Code.NTF, Code.COR, Code.VOI, Code.SRH, Code.LST, Code.FND, Code.CON})
MOMENT = timedelta(milliseconds=1)


def found_again(fresh: Sequence[ScanEvent], parcels: Mapping[str, Parcel]) -> list[ScanEvent]:
    """Return a FND scan for each such parcel among new scans; its id follows from the scan's."""
    lost = {p.pk for p in parcels.values() if p.state == State.LOST}
    seen = {row.parcel_id: row for row in reversed(fresh) if row.parcel_id in lost
            and row.code not in NOT_SEEN}  # fmt: skip
    if not seen:
        return []
    rows = ScanEvent.objects.filter(parcel_id__in=list(seen), code=Code.LST)
    given_up = {row.parcel_id: row for row in rows.order_by("effective_at")}
    return [
        _found(row, given_up[key]) for key, row in seen.items()
        if given_up[key].detail.get("auto") == TOTAL_DELAY
    ]  # fmt: skip


def _found(row: ScanEvent, lost: ScanEvent) -> ScanEvent:
    # Before the scan that shows it; after the loss, when the scan was told late.
    at = max(row.effective_at - MOMENT, lost.effective_at + MOMENT)
    return ScanEvent(
        uid=uuid5(row.uid, "FND"), device=row.device, parcel_id=row.parcel_id, code=Code.FND,
        waybill=row.waybill, detail={"auto": TOTAL_DELAY}, happened_at=at, flags=[],
        utc_offset=row.utc_offset, recorded_at=row.recorded_at, effective_at=at,
        site_id=row.site_id, person_id=row.person_id, source=row.source, fingerprint="found",
    )  # fmt: skip
