"""Violations of conduct of the demo: one of this month and one of the month before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from complaints.models import Case
from courierqa.core.calendars import business_day, day_start
from courierqa.core.recurrence import add_months
from courierqa.demo.people import Cast
from shipments import services
from shipments.models import ParcelFacts, ViolationKind
from staff.models import Employee

DAY = timedelta(days=1)
# What a complaint that proved true says → the kind of violation.
KINDS = {"rude-courier": "trouble-at-door", "locker-no-consent": "put-down-at-will",
         "false-signature": "false-signature"}  # fmt: skip


def tell(cast: Cast, *, now: datetime) -> str:
    """Confirm one in each of two months (H08)."""
    this = business_day(now).replace(day=1)
    found = [
        seen for first in (add_months(this, -1), this)
        if (seen := _complaint(first, now) or _scan(first, now)) is not None
    ]  # fmt: skip
    for seen in found:
        kind = ViolationKind.objects.get(code=seen.pop("code"))
        services.record_violation(kind=kind, actor=cast.users["quality"], **seen)
    return f"{len(found)} violations confirmed"


def _complaint(first: date, now: datetime) -> dict[str, Any] | None:
    """Return what a complaint of the month about a person proved, or None."""
    cases = Case.objects.filter(
        reason__code__in=KINDS, liability="ours", parcel__isnull=False,
        liable_person__isnull=False, received_at__lte=now - 2 * DAY,
        received_at__gte=day_start(first + DAY), received_at__lt=day_start(add_months(first, 1)),
    )  # fmt: skip
    case = cases.select_related("reason", "parcel", "liable_person").order_by("received_at").first()
    if case is None:
        return None
    return {
        "code": KINDS[case.reason.code], "parcel": case.parcel, "courier": case.liable_person,
        "source": "complaint", "reference": case.number, "words": "已核实录音与扫描记录",
        "happened_on": business_day(case.received_at - DAY), "at": case.received_at + 2 * DAY,
    }  # fmt: skip


def _scan(first: date, now: datetime) -> dict[str, Any] | None:
    """Return a delivery of the month whose courier left before the recipient had looked."""
    rows = ParcelFacts.objects.filter(
        is_test=False, courier_id__isnull=False, done_at__gte=day_start(first),
        done_at__lt=min(day_start(add_months(first, 1)), now - DAY),
    ).select_related("parcel")  # fmt: skip
    for row in rows.order_by("-done_at")[:300]:
        # The parcels whose scan says so (see `story`).
        if int(row.parcel.waybill[-6:]) % 97 == 11 and row.done_at is not None:
            return {
                "code": "left-unchecked", "parcel": row.parcel,
                "courier": Employee.objects.get(pk=row.courier_id),
                "source": "scans", "words": "签收扫描显示收件人未验收",
                "happened_on": business_day(row.done_at), "at": row.done_at + DAY,
            }  # fmt: skip
    return None
