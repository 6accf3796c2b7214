"""Violations of conduct of the demo: two complaints about a person that proved true."""

from __future__ import annotations

from datetime import datetime, timedelta

from complaints.models import Case
from courierqa.core.calendars import business_day
from courierqa.demo.people import Cast
from shipments import services
from shipments.models import ViolationKind

# What a complaint says → the kind of violation; those that come most often first.
KINDS = {"rude-courier": "trouble-at-door", "locker-no-consent": "put-down-at-will",
         "false-signature": "false-signature"}  # fmt: skip
WANTED = 2


def tell(cast: Cast, *, now: datetime) -> str:
    """Confirm the newest such complaint of each of the last two months that have one (H08)."""
    cases = Case.objects.filter(
        reason__code__in=KINDS, liability="ours", parcel__isnull=False,
        liable_person__isnull=False, received_at__lte=now - timedelta(days=2),
    ).select_related("reason", "parcel", "liable_person")  # fmt: skip
    months: set[str] = set()
    for case in cases.order_by("-received_at"):
        day = business_day(case.received_at - timedelta(days=1))
        if f"{day:%Y-%m}" not in months and len(months) < WANTED:
            months.add(f"{day:%Y-%m}")
            services.record_violation(
                parcel=case.parcel, courier=case.liable_person, source="complaint",
                kind=ViolationKind.objects.get(code=KINDS[case.reason.code]), happened_on=day,
                reference=case.number, words="已核实录音与扫描记录", actor=cast.users["quality"],
                at=case.received_at + timedelta(days=2),
            )  # fmt: skip
    return f"{len(months)} violations confirmed"
