"""What tests of known answers share: a week, a parcel in it, a figure counted from facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from tests.factories.kpi import parcel_row, save_parcels

# Monday 2026-10-05 00:00 to Monday 2026-10-12 00:00 in the business zone (UTC+8).
WEEK_END = datetime(2026, 10, 11, 16, tzinfo=UTC)
WEEK = parse_period("2026-W41")
ACCEPTED = datetime(2026, 10, 4, 2, tzinfo=UTC)
DUE = datetime(2026, 10, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def figure(code: str, *, now: datetime = WEEK_END, period=WEEK, **filters) -> selectors.Figure:
    services.refresh_dirty(now=now)
    (found,) = selectors.figures(period, metric=code, **filters)
    return found


def counted(code: str, **more) -> tuple[int, int]:
    found = figure(code, **more)
    return found.hits, found.total


def parcel(**given):
    return save_parcels(parcel_row(**{"accepted_at": ACCEPTED, "due_at": DUE, **given}))[0]


def delivered(at: datetime, **given):
    return parcel(done_at=at, attempt_at=at, attempt_done=True, state="delivered", **given)
