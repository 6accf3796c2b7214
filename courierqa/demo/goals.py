"""Objectives of the demo: who answers for what, in the company, at sites, in a team; views."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from courierqa.core.calendars import business_day
from kpi import noting, targeting, viewing
from kpi.metrics import METRICS
from staff.models import Employee, Site, Team

# (figure, company, site → its own target). The sites of D01 do not reach the company together.
WANTED: dict[str, tuple[str, dict[str, str]]] = {
    "T01": ("0.95", {"HZ-01": "0.97", "HZ-02": "0.96"}),
    "S01": ("0.9995", {"HZ-01": "0.9995"}),
    "D01": ("0.90", {"HZ-01": "0.88", "HZ-02": "0.89"}),
    "C01": ("4", {}),
}
REASON = "年度目标分解"


def aim(users: dict[str, Any], *, since: date, now: datetime) -> str:
    """Set targets with somebody who answers for them; return what was done."""
    by, boss = users["quality"], users["manager"]
    shared = {"valid_from": since, "reason": REASON, "by": by, "at": now}
    made = 0
    for code, (company, sites) in WANTED.items():
        metric = METRICS[code]
        owner = boss.employee
        targeting.set_target(metric=metric, value=Decimal(company), owner=owner, **shared)
        for site in Site.objects.filter(code__in=sites).order_by("code"):
            value, owner = Decimal(sites[site.code]), _leads(site)
            targeting.set_target(metric=metric, value=value, site=site, owner=owner, **shared)
            made += 1
    for team in Team.objects.filter(site__code="HZ-01", closed_on=None).order_by("name")[:1]:
        value = Decimal("0.96")
        targeting.set_target(
            metric=METRICS["T01"], value=value, team=team, owner=team.leader, **shared
        )
        made += 1
    _said(by, now)
    return f"{made} targets of sites and teams, 2 notes, 2 saved views"


def _leads(site: Site) -> Employee | None:
    """Return who answers for a site; some sites have nobody yet, which the page shows."""
    found = Employee.objects.filter(site=site, post__code="supervisor").order_by("number")
    return found.first()


def _said(by: Any, now: datetime) -> None:
    today = business_day(now)
    notes = {"T01": "分拨中心新班次试运行", "C01": "客服热线改由总部接听"}
    for place, (code, text) in enumerate(notes.items()):
        day = today - timedelta(days=40 + place)
        noting.write_note(metric=code, site=None, day=day, text=text, by=by, at=now)
    viewing.save_view(
        by=by, name="每月例会", query="compare=aligned", shared_role="manager", at=now
    )
    viewing.save_view(by=by, name="西湖站", query="site=HZ-01", at=now)
