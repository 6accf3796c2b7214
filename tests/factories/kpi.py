"""Fact rows written directly: what the fold would have concluded, days worked out from times."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from complaints.models import CaseFacts
from courierqa.core.calendars import business_day, day_start
from kpi.models import Verification
from shipments.models import ParcelFacts, ScanCount, StepFacts
from shipments.scan_counts import key_of
from shipments.steps import PLACES

_NUMBERS = count(1)
_DAYS = (
    "accepted", "due", "hours", "total", "week", "attempt", "done", "ended", "slot",
    "refused",
)  # fmt: skip


def _day(at: datetime | None):
    return business_day(at) if at else None


def parcel_row(**given) -> ParcelFacts:
    """Return an unsaved fact row; `accepted_at` and `due_at` decide the days."""
    number = given.pop("number", None) or next(_NUMBERS)
    row = {
        "parcel_id": number,
        "waybill": f"YS{number:011}",
        "product_id": 1,
        "origin_id": 1,
        "site_id": 2,
        "same_city": False,
        "state": "out",
        "scans_expected": 6,
        "scans_present": 5,
        **given,
    }
    accepted_at = row.get("accepted_at")
    if accepted_at and "hours_at" not in row:
        row["hours_at"] = accepted_at + timedelta(hours=24 if row["same_city"] else 72)
    if row.get("due_at"):
        row["total_at"] = row["due_at"] + timedelta(days=3 if row["same_city"] else 7)
        row["week_at"] = row["due_at"] + timedelta(days=7)
    if accepted_at and "ended_at" not in row:
        ends = [row.get("done_at"), row.get("lost_at") if row.get("lost") else None]
        row["ended_at"] = min((at for at in ends if at), default=None)
    if accepted_at and row.get("done_at") and "whole_minutes" not in row:
        row["whole_minutes"] = int((row["done_at"] - accepted_at).total_seconds() // 60)
    if row.get("done_at") and row.get("week_at") and row["done_at"] <= row["week_at"]:
        row.setdefault("outcome", "done")
    for name in _DAYS:
        row[f"{name}_day"] = _day(row.get(f"{name}_at"))
    return ParcelFacts(**row)


def step_row(kind: str, moment: datetime, **given) -> StepFacts:
    """Return an unsaved step of a parcel of its own."""
    number = given.pop("parcel_id", None) or next(_NUMBERS)
    place = given.pop("place", 0)
    row = {
        "id": number * 1024 + PLACES[kind][0] + place,
        "parcel_id": number,
        "kind": kind,
        "label": f"YS{number:011}",
        "site_id": 2,
        "product_id": 1,
        "moment": moment,
        "day": _day(moment),
        **given,
    }
    return StepFacts(**row)


def save_steps(*rows: StepFacts) -> list[StepFacts]:
    return StepFacts.objects.bulk_create(rows)


def scan_count(at: datetime, **given) -> ScanCount:
    """Return an unsaved count of scans of a moment's day; `scans`, `in_time` as told."""
    row = {"site_id": 2, "product_id": 1, "courier_id": None, **given}
    for name in ("scans", "in_time", "over_day", "ahead", "corrections"):
        row.setdefault(name, 0)
    day = business_day(at)
    key = key_of(day, row["site_id"], row["product_id"], row["courier_id"])
    return ScanCount(key=key, day=day, moment=day_start(day), **row)


def save_scans(*rows: ScanCount) -> list[ScanCount]:
    return ScanCount.objects.bulk_create(rows)


def case_row(**given) -> CaseFacts:
    """Return an unsaved fact row of a complaint; the legal limit is 7 days if not given."""
    number = given.pop("number", None) or next(_NUMBERS)
    received_at = given["received_at"]
    row = {
        "case_id": number,
        "number": f"C-{number:06}",
        "kind": "complaint",
        "case_class": "delay",
        "reason_code": "late",
        "site_id": 2,
        "product_id": 1,
        "legal_due_at": received_at + timedelta(days=7),
        "first_due_at": received_at + timedelta(hours=24),
        **given,
    }
    row["received_day"] = _day(received_at)
    row["settled_at"] = received_at + timedelta(days=14)
    for name in ("legal_due", "first_due", "settled"):
        row[f"{name}_day"] = _day(row[f"{name}_at"])
    return CaseFacts(**row)


def double_check(period: str, at: datetime, *, differences: int = 0) -> Verification:
    """Store a finished double-entry check; facts written directly have no scans to recount."""
    return Verification.objects.create(
        period=period,
        started_at=at,
        ended_at=at,
        cells=12,
        differences=[{"cell": str(number)} for number in range(differences)],
    )


def save_parcels(*rows: ParcelFacts) -> list[ParcelFacts]:
    return ParcelFacts.objects.bulk_create(rows)


def save_cases(*rows: CaseFacts) -> list[CaseFacts]:
    return CaseFacts.objects.bulk_create(rows)
