"""Corrective actions at the end of a month, its effect checks, and how many inspections there were.

Shares of measures, effects and inspections are figures (I01 to I06) and stand among them; here is
what no figure says: what is still open, what is overdue, and what each check found.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period
from kpi.snapshots.words import named
from quality.enums import ActionStatus, Status
from quality.models import Action, EffectCheck, Inspection
from staff.models import Site


def improving(period: Period, site: Site | None, *, as_of: datetime) -> dict[str, Any]:
    """Return the open measures at the end of the month, its effect checks and its inspections."""
    end = min(as_of, period.end_at)
    open_ones = _open_at(end, site)
    today = business_day(end) if end < period.end_at else period.end_day
    late = [one for one in open_ones if one.first_due_on < today]
    return {
        "open": len(open_ones),
        "overdue": len(late),
        "sites": _by_site(open_ones, late),
        "late": [_late(one, today) for one in late],
        "checks": [_check(one) for one in _checks(period, site)],
        "inspections": _inspections(period, site),
    }


def _open_at(end: datetime, site: Site | None) -> list[Action]:
    """Return the approved measures nobody had finished or cancelled by a moment."""
    still = Q(status=ActionStatus.OPEN) | Q(ended_at__gte=end)
    rows = Action.objects.filter(still, ordered_at__lt=end)
    rows = rows.exclude(nonconformity__status=Status.VOID)
    rows = rows if site is None else rows.filter(nonconformity__site=site)
    return list(
        rows.select_related("nonconformity__site").order_by(
            "first_due_on", "nonconformity__number", "round", "position"
        )
    )


def _by_site(open_ones: Iterable[Action], late: Iterable[Action]) -> list[dict[str, Any]]:
    """Return how many are open and overdue per site; those of no site stand last."""
    found: dict[str, dict[str, Any]] = {}
    for key, rows in (("open", open_ones), ("overdue", late)):
        for one in rows:
            place = one.nonconformity.site
            code = place.code if place else ""
            blank = {"code": code, "names": named(place) if place else None, "open": 0,
                     "overdue": 0}  # fmt: skip
            found.setdefault(code, blank)[key] += 1
    return sorted(found.values(), key=lambda row: (not row["code"], row["code"]))


def _late(one: Action, today: Any) -> dict[str, Any]:
    """Return an overdue measure by its number: words of people stay in the register."""
    place = one.nonconformity.site
    return {
        "number": str(one),
        "site": named(place) if place else None,
        "due": one.first_due_on.isoformat(),
        "days": (today - one.first_due_on).days,
    }


def _checks(period: Period, site: Site | None) -> list[EffectCheck]:
    """Return the checks first due in the month; of what is void, and of plans, there are none."""
    rows = EffectCheck.objects.filter(
        first_due_on__gte=period.start_day, first_due_on__lt=period.end_day
    ).exclude(nonconformity__status=Status.VOID)
    rows = rows if site is None else rows.filter(nonconformity__site=site)
    found = rows.select_related("nonconformity__site").order_by(
        "first_due_on", "nonconformity__number", "round"
    )
    pairs = Action.objects.exclude(ordered_at=None).values_list("nonconformity_id", "round")
    ordered = set(pairs.distinct())
    return [one for one in found if (one.nonconformity_id, one.round) in ordered]


def _check(one: EffectCheck) -> dict[str, Any]:
    place = one.nonconformity.site
    return {
        "number": one.nonconformity.number,
        "round": one.round,
        "site": named(place) if place else None,
        "metric": one.metric,
        "due": one.first_due_on.isoformat(),
        "result": one.result or None,
    }


def _inspections(period: Period, site: Site | None) -> list[dict[str, Any]]:
    """Return the visits of each site in the month, and those a critical point failed."""
    rows = Inspection.objects.filter(on__gte=period.start_day, on__lt=period.end_day)
    rows = rows if site is None else rows.filter(site=site)
    found: dict[str, dict[str, Any]] = {}
    for one in rows.select_related("site"):
        blank = {"code": one.site.code, "names": named(one.site), "visits": 0, "failed": 0}
        cell = found.setdefault(one.site.code, blank)
        cell["visits"] += 1
        cell["failed"] += one.is_failed
    return sorted(found.values(), key=lambda row: row["code"])
