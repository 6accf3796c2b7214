"""Recurring work of reports: the drafts of a month are made once its late uploads are in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courierqa.core import outbox
from courierqa.core.calendars import business_day
from courierqa.core.models import Effect
from courierqa.core.timeframes import Period, month_of
from kpi.effects import MAKE
from kpi.models import MonthCell, Snapshot
from kpi.snapshots.keeping import settled_on
from staff.enums import SiteKind
from staff.models import Site


def draft_settled(*, now: datetime) -> dict[str, Any]:
    """Order the drafts of the last settled month: the company's, and one per station with parcels.

    Each is ordered once; a draft made by hand after the month settled is draft enough.
    """
    period = _last_settled(now)
    if not MonthCell.objects.filter(month=period.start_day, total__gt=0).exists():
        return {"ordered": 0}
    ready = settled_on(period)
    done = set(
        Snapshot.objects.filter(period=period.key, as_of__gte=ready).values_list("site", flat=True)
    )
    wanted = [site for site in ["", *_stations(period)] if site not in done]
    return {"ordered": sum(_order(period, site, now) for site in wanted)}


def _last_settled(now: datetime) -> Period:
    period = month_of(business_day(now)).previous()
    return period if settled_on(period) <= now else period.previous()


def _stations(period: Period) -> list[str]:
    heard = MonthCell.objects.filter(month=period.start_day, total__gt=0).values("site_id")
    rows = Site.objects.filter(kind=SiteKind.STATION, pk__in=heard).order_by("code")
    return list(rows.values_list("code", flat=True))


def _order(period: Period, site: str, now: datetime) -> int:
    key = f"{MAKE}:{period.key}:{site}:settled"
    if Effect.objects.filter(key=key).exists():
        return 0
    outbox.emit(
        MAKE,
        key,
        {"period": period.key, "site": site, "by": None, "asked_at": now.isoformat()},
    )
    return 1
