"""One figure: verdict, course, places, causes, definition."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import allow
from courierqa.core.timeframes import parse_period
from kpi import board, selectors
from kpi.board import charts, drill, filters, hours, show
from kpi.board.explained import explained
from kpi.board.filters import Filters
from kpi.board.whole import MONTHS
from kpi.metrics import DURATIONS, METRICS, Metric
from kpi.selectors import custody
from kpi.selectors.change import change_of
from kpi.views.files import FORMATS, file_of
from kpi.views.shared import filter_choices, guarded, lateness, metric_or_404

AGE_WORDS = (
    gettext_lazy("Up to 24 hours"),
    gettext_lazy("1 to 3 days"),
    gettext_lazy("3 to 7 days"),
    gettext_lazy("Over 7 days"),
)
CAUSE_OF = {"T01": "late", "C01": "complaint"}
TABS = {
    "places": gettext_lazy("By site"),
    "why": gettext_lazy("Why"),
    "hours": gettext_lazy("Weekday and hour"),
}


@allow("figure", GET="read")
@guarded
def catalogue(request: HttpRequest) -> HttpResponse:
    """List every figure with its definition."""
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    targets = selectors.targets_on(asked.period.start_day)
    rows = [
        {"metric": metric, "target": show.show_target(metric, targets[code].value)}
        for code, metric in METRICS.items()
        if code in targets
    ]
    page = {"rows": rows, "asked": asked, "times": DURATIONS.values()}
    return render(request, "kpi/catalogue.html", page)


@allow("figure", GET="read")
@guarded
def metric_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure in full."""
    metric, now = metric_or_404(code), timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    shown = _page(metric, asked)
    if request.GET.get("format") in FORMATS and "line" in shown:
        return file_of(request, shown, metric.code)
    place = asked.site.code if asked.site else ""
    page = {
        **filter_choices(asked, now=now),
        **shown,
        **_tab(metric, asked, shown, request.GET.get("tab", "")),
        "late": lateness(asked.as_of, now),
        "title": metric.name,
        # What a nonconformity raised from this figure names as its source.
        "signal_ref": f"{metric.code}|{place}|{asked.period.key}",
    }
    name = "kpi/_metric.html" if request.htmx else "kpi/metric.html"  # type: ignore[attr-defined]
    return render(request, name, page)


def _page(metric: Metric, asked: Filters) -> dict[str, Any]:
    series = selectors.all_series(MONTHS, end=asked.period.start_day, scope=asked.scope)
    months = series.get(metric.code)
    shared = {"metric": metric, "asked": asked, "crumbs": crumbs(metric, asked)}
    if months is None:
        return {**shared, "is_personal": True, "is_empty": True, "definition": metric.words}
    (now,) = selectors.figures(asked.period, metric=metric.code, scope=asked.scope)
    before = asked.before()
    earlier = selectors.figures(before, metric=metric.code, scope=asked.scope) if before else [None]
    target = selectors.targets_on(asked.period.start_day, site=asked.site).get(metric.code)
    line = board.line(metric.code, months, now, earlier[0], target, as_of=asked.as_of)
    notes = _notes(metric, asked, months)
    trend = charts.trend(months, line.verdict, target, asked.query(period=""))
    return {
        **shared,
        "line": line,
        "notes": notes,
        "is_empty": not now.n and not now.not_yet_due,
        "ages": _ages(metric, asked),
        "trend": charts.with_notes(trend, notes),
        "trend_table": charts.trend_table(months, line.verdict, target),
        **_places(metric, asked, now, target),
        "explained": _explained(metric, asked),
        "custody": _custody(metric, asked),
    }


def _ages(metric: Metric, asked: Filters) -> list[tuple[Any, int]]:
    """Return the overdue open parcels by age at the end of the period's last ended day (T10)."""
    if metric.code != "T10" or asked.as_of is None:
        return []
    numbers = selectors.overdue_by_age(asked.period, scope=asked.scope, as_of=asked.as_of)
    return list(zip(AGE_WORDS, numbers, strict=True))


def _notes(metric: Metric, asked: Filters, months: Any) -> list[Any]:
    """Return the notes on the months of the chart."""
    since = parse_period(months[0].period).start_day
    return selectors.notes_of(metric.code, site=asked.site, since=since, until=asked.period.end_day)


def _tab(metric: Metric, asked: Filters, shown: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Return the tabs there are and what the chosen one shows; only that one is counted."""
    known = {
        "places": "places" in shown or "couriers" in shown,
        "why": "why" in shown,
        "hours": "line" in shown,
    }
    tabs = [(key, label) for key, label in TABS.items() if known[key]]
    current = wanted if wanted in dict(tabs) else next(iter(dict(tabs)), "")
    found: dict[str, Any] = {"tabs": tabs, "tab": current}
    if current == "hours":
        counted = selectors.by_hour(metric.code, asked.period, scope=asked.scope)
        found["hours"] = hours.table(shown["line"].figure, counted)
    return found


def _explained(metric: Metric, asked: Filters) -> dict[str, Any] | None:
    """Return what explains the change against the compared period."""
    before = asked.before()
    if before is None or asked.reach.courier is not None:
        return None
    return explained(change_of(metric, before, asked.period, scope=asked.scope))


def _custody(metric: Metric, asked: Filters) -> dict[str, Any] | None:
    """Return who had the lost parcels last (S02 only)."""
    if metric.code != "S02" or asked.as_of is None or asked.reach.courier is not None:
        return None
    rows = custody.last_custody(asked.period, scope=asked.scope, as_of=asked.as_of)
    return {"rows": rows, "sites": custody.by_site(rows)} if rows else None


def _places(metric: Metric, asked: Filters, now: Any, target: Any) -> dict[str, Any]:
    """Return the next step of the drill: sites, or the couriers of one site."""
    if asked.reach.courier is not None:
        return {"is_personal": True}
    found: dict[str, Any] = {}
    if metric.code in CAUSE_OF:
        one = selectors.cause_pareto(asked.period, scope=asked.scope)[CAUSE_OF[metric.code]]
        found["why"] = {"n": one.n, "rows": charts.pareto(one)}
    if asked.site is not None:
        if metric.by_courier:
            rows = selectors.courier_table(metric.code, asked.period, scope=asked.scope)
            found["couriers"] = rows
        return found
    rows = selectors.site_table(asked.period, scope=asked.scope)
    cells = board.heat_rows(rows, {metric.code: now}, {metric.code: target} if target else {})
    place = list(METRICS).index(metric.code)
    found["places"] = [(row.site, row.cells[place]) for row in cells]
    found["funnel"] = charts.funnel(rows, now, asked.query(site=""))
    return found


def crumbs(metric: Metric, asked: Filters, courier: Any = None, *, last: str = "") -> list[Any]:
    """Return dashboard › company › site › courier, each with its own count and filters kept."""
    now = drill.figure_of(metric, asked, asked.scope)
    steps = drill.steps(metric, asked, now, courier, page="kpi:metric")
    found = [(step.text, step.url) for step in steps]
    if last:
        found.append((last, ""))
    board_url = reverse("kpi:dashboard") + asked.address(site="")
    return [(_("Dashboard"), board_url), (str(metric.words.short), steps[0].url), *found]
