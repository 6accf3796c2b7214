"""Looks at full personal data, and requests about them, judged a second time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from courierqa.core import calendars
from courierqa.core.models import AuditEntry, PersonalView
from courierqa.core.timeframes import Period
from kpi.verification.fallen import Fallen, said, within
from quality.models import PersonRequest


def falls(period: Period) -> Iterator[Fallen]:
    """Yield every look of the log since tasks are recorded with it (X02)."""
    known = {one.record_id: one for one in PersonalView.objects.filter(within(period, "moment"))}
    since = PersonalView.objects.order_by("record_id").values_list("record_id", flat=True).first()
    log = AuditEntry.objects.filter(within(period, "at"), verb="reveal", pk__gte=since or 0)
    for entry in log if since else ():
        view = known.get(entry.pk)
        fell = said(view is not None and view.task != "")
        if entry.object_type == "staff.employee":
            fell = "excluded"
        site = view.site_id if view is not None else None
        yield Fallen("X02", entry.pk, (site or 0, 0), entry.at, fell)


def requests() -> Iterator[Fallen]:
    """Yield every request whose clock does not stand, by its fifteenth working day (X04)."""
    names = ("pk", "received_at", "checking_from", "checked_at", "answered_at")
    for pk, start, asked, known, answered in PersonRequest.objects.values_list(*names):
        if asked is None or known is not None:
            until = _fifteenth(start, asked, known)
            good = answered is not None and answered <= until
            yield Fallen("X04", pk, (0, 0), until, said(good))


def _fifteenth(start: datetime, asked: datetime | None, known: datetime | None) -> datetime:
    """Return the end of the day; an evening on which we waited for proof does not count."""
    view, day, left = calendars.load("CN"), calendars.business_day(start), 15
    midnight = start
    while left:
        day += timedelta(days=1)
        midnight = calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
        waited = asked is not None and known is not None and asked <= midnight < known
        left -= view.is_working(day) and not waited
    return midnight
