"""Safety at acceptance: how fully the three systems are carried out, refusals, dangerous goods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from courierqa.core.timeframes import Period
from kpi.snapshots.words import both, named
from shipments import selectors
from shipments.enums import DangerKind, Source
from shipments.models import Acceptance, DangerReport, Instrument, Refusal
from staff.models import Site

NO_REASON = {"zh-hans": "未说明", "en": "Not stated"}


def safety(period: Period, site: Site | None = None) -> dict[str, Any]:
    """Return the month's coverage of the three systems, its refusals and dangerous goods.

    Imported histories do not say how parcels were accepted; they are not judged (ACC-18).
    """
    rows = Acceptance.objects.exclude(source=Source.IMPORT).filter(
        day__gte=period.start_day, day__lt=period.end_day
    )
    rows = rows if site is None else rows.filter(site_id=site.pk)
    by_site = selectors.three_systems(rows, "site_id")
    total = selectors.systems_total(by_site)
    return {
        "accepted": total.accepted,
        "systems": _systems(total),
        "sites": _sites(by_site),
        "refusals": _refusals(period, site),
        "dangers": _dangers(period, site),
        "instruments_expired": _expired(period, site),
    }


def _systems(row: Any) -> dict[str, dict[str, int]]:
    return {name: {"hits": row.done[name], "total": row.needed[name]} for name in row.needed}


def _sites(rows: Iterable[Any]) -> list[dict[str, Any]]:
    known = Site.objects.in_bulk([row.key for row in rows if row.key])
    found = [
        {"code": known[row.key].code, "names": named(known[row.key]), **_systems(row)}
        for row in rows
        if row.key in known
    ]
    return sorted(found, key=lambda row: row["code"])


def _refusals(period: Period, site: Site | None) -> list[dict[str, Any]]:
    rows = Refusal.objects.filter(at__gte=period.start_at, at__lt=period.end_at)
    rows = rows if site is None else rows.filter(site=site)
    found: dict[str, dict[str, Any]] = {}
    for row in rows.select_related("reason"):
        code = row.reason.code if row.reason else "none"
        names = named(row.reason) if row.reason else NO_REASON
        found.setdefault(code, {"code": code, "names": names, "count": 0})["count"] += 1
    return sorted(found.values(), key=lambda row: (-row["count"], row["code"]))


def _dangers(period: Period, site: Site | None) -> list[dict[str, Any]]:
    """Return dangerous goods found, by kind: how many, still open at the month's end, hours."""
    rows = DangerReport.objects.filter(found_at__gte=period.start_at, found_at__lt=period.end_at)
    rows = rows if site is None else rows.filter(site=site)
    by_kind: dict[str, list[DangerReport]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return [_danger(kind, by_kind[kind], period.end_at) for kind in sorted(by_kind)]


def _danger(kind: str, rows: list[DangerReport], end: datetime) -> dict[str, Any]:
    spans = [row.closed_at - row.found_at for row in rows if row.closed_at and row.closed_at < end]
    hours = sorted(int(span.total_seconds() // 3600) for span in spans)
    return {
        "code": kind,
        "names": both(lambda: DangerKind(kind).label),
        "count": len(rows),
        "open": len(rows) - len(hours),
        "median_hours": hours[len(hours) // 2] if hours else None,
    }


def _expired(period: Period, site: Site | None) -> int:
    """Count scales and tapes in use whose calibration ended in the month or before."""
    rows = Instrument.objects.filter(is_active=True, valid_until__lt=period.end_day)
    return (rows if site is None else rows.filter(site=site)).count()
