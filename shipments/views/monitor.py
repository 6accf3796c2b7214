"""The monitor: live counts, delayed, damaged and lost with their trend; the process page."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.formats import day as day_words
from courierqa.core.formats import number
from shipments import selectors
from shipments.selectors.monitor import Week

# The weeks shown are over; they change only by late scans, so a few minutes do no harm.
KEEP_SECONDS = 300
PER = 10_000


@allow("monitor", GET="read")
def monitor_page(request: HttpRequest) -> HttpResponse:
    """Show parcels under way by state, and the three standing figures by week."""
    now, access = timezone.now(), request.access
    states = selectors.live_states(access, now=now)
    context = {
        "title": _("Monitor"), "now": now, "states": states,
        "under_way": sum(state.count for state in states),
        "late": sum(state.late for state in states),
        "charts": [_chart(name, weeks) for name, weeks in _trends(request, now).items()],
        "waits": selectors.station_waits(access, now=now),
        "score": selectors.newest_score(),
    }  # fmt: skip
    return render(request, "shipments/monitor.html", context)


def _trends(request: HttpRequest, now: Any) -> dict[str, list[Week]]:
    access = request.access
    sites = None if access.is_all else sorted(access.sites)
    key = f"monitor.{now:%Y%m%d}.{sites if sites is None else '-'.join(map(str, sites))}"
    found: dict[str, list[Week]] | None = cache.get(key)
    if found is None:
        found = selectors.trends(sites, now=now)
        cache.set(key, found, KEEP_SECONDS)
    return found


def _chart(name: str, weeks: list[Week]) -> dict[str, Any]:
    """Return one chart: its finding as title, the weeks as bars, the mean as a line."""
    words = {"delayed": _("Delayed"), "damaged": _("Damaged"), "lost": _("Lost")}[name]
    total, n = sum(week.count for week in weeks), sum(week.n for week in weeks)
    mean = round(total / n * PER, 1) if n else None
    last = weeks[-1]
    finding = _("%(what)s: %(count)s last week, %(rate)s per 10,000; mean %(mean)s") % {
        "what": words, "count": number(last.count), "rate": _rate(last.per_10k),
        "mean": _rate(mean),
    }  # fmt: skip
    base = _("parcels due in the week") if name == "delayed" else _("parcels accepted in the week")
    subtitle = _("Per 10,000 %(base)s, %(weeks)s weeks, n = %(n)s") % {
        "base": base, "weeks": len(weeks), "n": number(n),
    }  # fmt: skip
    head = [_("Week of"), words, _("Parcels"), _("Per 10,000")]
    rows = [[day_words(w.start), w.count, number(w.n), _rate(w.per_10k)] for w in weeks]
    return {
        "name": f"trend-{name}", "title": finding, "subtitle": subtitle,
        "option": _option(words, weeks, mean), "table": {"head": head, "rows": rows},
    }  # fmt: skip


def _rate(value: float | None) -> str:
    return "—" if value is None else number(value, 1)


def _option(name: str, weeks: list[Week], mean: float | None) -> dict[str, Any]:
    bars: dict[str, Any] = {
        "name": name, "type": "bar", "barMaxWidth": 26, "itemStyle": {"color": "$same"},
        "data": [
            {"value": week.per_10k, "itemStyle": {"color": "$action"}}
            if place == len(weeks) - 1 else {"value": week.per_10k}
            for place, week in enumerate(weeks)
        ],
    }  # fmt: skip
    if mean is not None:
        label = {"formatter": _("Mean") + f" {number(mean, 1)}"}
        line = {"type": "dashed", "width": 1, "color": "$text"}
        bars["markLine"] = {"data": [{"yAxis": mean, "lineStyle": line, "label": label}]}
    return {
        "grid": {"left": 8, "right": 84, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [f"{w.start:%m-%d}" for w in weeks]},
        "yAxis": {"type": "value", "min": 0, "name": _("per 10,000")},
        "tooltip": {"trigger": "axis"}, "series": [bars],
    }  # fmt: skip


@allow("monitor", GET="read")
def process_page(request: HttpRequest) -> HttpResponse:
    """Show every link with its standard, its counts of today, and its checks."""
    now = timezone.now()
    context = {
        "title": _("Process"), "now": now, "links": selectors.processes(request.access, now=now),
    }  # fmt: skip
    return render(request, "shipments/process.html", context)
