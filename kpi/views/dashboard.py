"""The dashboard: sentence, headline figures, sites, causes, ratings. Never reads parcels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from kpi import board, selectors
from kpi.board import charts, filters, lengths, ratings
from kpi.board.filters import Filters
from kpi.metrics import METRICS
from kpi.views.shared import filter_choices, guarded

MONTHS = 18


@allow("figure", GET="read")
@guarded
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what changed, what misses its target, and where."""
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    page = {**filter_choices(asked, now=now), **board_of(asked), "title": _("Quality dashboard")}
    name = "kpi/_board.html" if request.htmx else "kpi/dashboard.html"  # type: ignore[attr-defined]
    return render(request, name, page)


def board_of(asked: Filters) -> dict[str, Any]:
    """Return everything the dashboard shows for these filters."""
    series = selectors.all_series(MONTHS, end=asked.period.start_day, scope=asked.scope)
    now, before = _figures(asked, series), _before(asked, series)
    targets = selectors.targets_on(asked.period.start_day, site=asked.site)
    lines = [
        board.line(
            code, series[code], now[code], before.get(code), targets.get(code), as_of=asked.as_of
        )
        for code in series
    ]
    return {
        "asked": asked,
        "lines": lines,
        "sentences": board.sentence(lines),
        "is_empty": not any(one.figure.n or one.figure.not_yet_due for one in lines),
        "is_personal": asked.reach.courier is not None,
        **_breakdown(asked, now, targets),
    }


def _figures(asked: Filters, series: dict[str, Any]) -> dict[str, Any]:
    """Return the period's own figures; a month is the last point of its series."""
    if asked.period.kind == "month":
        return {code: months[-1] for code, months in series.items()}
    found = selectors.figures(asked.period, scope=asked.scope)
    return {one.metric: one for one in found}


def _before(asked: Filters, series: dict[str, Any]) -> dict[str, Any]:
    """Return the figures compared with; empty when the comparison is the target."""
    period = asked.before()
    if period is None:
        return {}
    if asked.period.kind == "month":
        keys = [one.period for one in next(iter(series.values()))]
        if period.key in keys:
            place = keys.index(period.key)
            return {code: months[place] for code, months in series.items()}
    found = selectors.figures(period, scope=asked.scope)
    return {one.metric: one for one in found}


def _breakdown(asked: Filters, now: dict[str, Any], targets: Any) -> dict[str, Any]:
    """Return sites (or the couriers of one site) and causes; nothing of it for one person."""
    if asked.reach.courier is not None:
        return {}
    age = lengths.age_text(asked.as_of, asked.period)
    found: dict[str, Any] = {
        "times": [
            lengths.time_line(one, age=age)
            for one in selectors.durations(asked.period, scope=asked.scope)
        ],
        "causes": {
            kind: {"n": one.n, "rows": charts.pareto(one)}
            for kind, one in selectors.cause_pareto(asked.period, scope=asked.scope).items()
        },
        "ratings": ratings.shown(selectors.ratings(asked.period, scope=asked.scope)),
    }
    if asked.site is not None:
        couriers = selectors.courier_table("T01", asked.period, scope=asked.scope)
        return {**found, "couriers": couriers}
    rows = selectors.site_table(asked.period, scope=asked.scope)
    heads = [{"metric": metric, "target": targets.get(code)} for code, metric in METRICS.items()]
    sites = board.heat_rows(rows, now, targets)
    is_coloured = any(cell.heat for row in sites for cell in row.cells)
    return {**found, "sites": sites, "heads": heads, "is_coloured": is_coloured}
