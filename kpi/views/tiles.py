"""Fragments for other pages: one figure as a tile, and the bands of the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import month_of
from kpi import board, selectors
from kpi.board import filters
from kpi.board.whole import MONTHS
from kpi.views.shared import guarded, lateness, metric_or_404

HOME_ROWS = 7


@allow("figure", GET="read")
@guarded
def tile(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure small; other apps' pages leave a slot with this address."""
    metric = metric_or_404(code)
    asked = filters.read(request.GET, request.access, now=timezone.now())  # type: ignore[attr-defined]
    found = [one for one in _lines(asked) if one.metric.code == metric.code]
    page = {"line": found[0] if found else None, "asked": asked, "metric": metric}
    return render(request, "kpi/_tile.html", page)


@allow("figure", GET="read")
@guarded
def home_now(request: HttpRequest) -> HttpResponse:
    """Show what the measure asks for now: figures that get worse, a report that is not final."""
    now = timezone.now()
    asked = filters.read({}, request.access, now=now)  # type: ignore[attr-defined]
    worse = [one for one in _lines(asked) if one.verdict.variation == "concern"]
    month = month_of(business_day(now)).previous()
    makes = may(request.user, "report", "make")
    page = {
        "asked": asked,
        "lines": worse[:HOME_ROWS],
        "month": month if makes and selectors.is_month_open(month.key) else None,
        "late": lateness(asked.as_of, now) if may(request.user, "job", "read") else None,
    }
    return render(request, "kpi/_home_now.html", page)


@allow("figure", GET="read")
@guarded
def home_changed(request: HttpRequest) -> HttpResponse:
    """Show which figures changed, for the home page."""
    asked = filters.read({}, request.access, now=timezone.now())  # type: ignore[attr-defined]
    lines = _lines(asked)
    order = {"concern": 0, "improvement": 1, "change": 2}
    changed = [one for one in lines if one.verdict.variation in order]
    changed.sort(key=lambda one: order[one.verdict.variation])
    # Too few points are no finding: such a figure is not "without a signal".
    rest = sum(one.verdict.is_judged for one in lines) - len(changed)
    page = {"lines": changed[:HOME_ROWS], "rest": rest, "asked": asked}
    return render(request, "kpi/_home_changed.html", page)


@allow("figure", GET="read")
@guarded
def home_mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's own figures against their targets, for the home page."""
    asked = filters.read({}, request.access, now=timezone.now())  # type: ignore[attr-defined]
    lines = [one for one in _lines(asked) if one.figure.n]
    aimed = [one for one in lines if one.is_aimed]
    page: dict[str, Any] = {
        "asked": asked,
        "met": sum(not one.misses for one in aimed),
        "n": len(aimed),
        "is_bare": bool(lines) and not aimed,
        "lines": lines if asked.reach.courier is not None else [],
    }
    return render(request, "kpi/_home_mine.html", page)


def _lines(asked: filters.Filters) -> list[board.Line]:
    series = selectors.courses(MONTHS, end=asked.period.start_day, scope=asked.scope)
    targets = selectors.targets_on(asked.period.start_day, site=asked.site)
    breaks = selectors.baselines_of(asked.site)
    return [
        board.line(
            code,
            months,
            months[-1],
            months[-2],
            targets.get(code),
            as_of=asked.as_of,
            breaks=selectors.months_of_breaks(breaks.get(code, [])),
        )
        for code, months in series.items()
    ]
