"""What anybody with a waybill number may see: masked, no people, no photos, no inner scans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from courierqa.core.privacy import tail_index
from shipments import enums
from shipments.models import Parcel, ScanEvent
from shipments.selectors.parcels import plain_waybill
from staff.models import Site, local

# Scans a customer sees; the others are inner matters.
SHOWN = frozenset(
    {
        "ORD", "PUP", "ARR", "DEP", "AST", "OFD", "ATT", "NAT", "RDY", "OVD", "DLV", "RFS", "PRT",
        "DLY", "RTS", "RTD", "CNL", "REJ", "LST", "FND",
    }
)  # fmt: skip


@dataclass(frozen=True)
class TrackLine:
    """One public line of the way."""

    label: str
    place: str
    at: datetime


@dataclass(frozen=True)
class Tracked:
    """A parcel as a visitor sees it; `is_known_person` after the phone's last four digits."""

    parcel: Parcel
    lines: list[TrackLine]
    is_late: bool
    is_known_person: bool
    done_way: str


def track(text: str, *, tail: str, now: datetime) -> Tracked | None:
    """Return the public view of a waybill number, or None."""
    parcel = Parcel.objects.filter(waybill=plain_waybill(text)).select_related(
        "product", "destination", "origin"
    ).first()  # fmt: skip
    if parcel is None or parcel.state == enums.State.NONE:
        return None
    late = parcel.promised_by is not None and (parcel.done_at or now) > parcel.promised_by
    rows = _rows(parcel)
    way = next((str(r.detail.get("way") or "") for r in rows if r.code in ("DLV", "RDY")), "")
    known = bool(tail) and parcel.recipient_tail_index == tail_index(
        tail, site_id=parcel.destination_id
    )
    return Tracked(parcel, _lines(rows), late and parcel.accepted_at is not None, known, way)


def _rows(parcel: Parcel) -> list[ScanEvent]:
    rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk))
    voided = {r.corrects for r in rows if r.code == "VOI"}
    shown = [r for r in rows if r.code in SHOWN and r.uid not in voided]
    return sorted(shown, key=lambda r: (r.effective_at, r.pk), reverse=True)


def _lines(rows: list[ScanEvent]) -> list[TrackLine]:
    sites = Site.objects.in_bulk({r.site_id for r in rows if r.site_id})
    return [
        TrackLine(
            str(enums.Code(row.code).label),
            local(sites[row.site_id], "name") if row.site_id in sites else "",
            row.effective_at,
        )
        for row in rows
    ]
