"""One figure: verdict, course, places, causes, definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import allow
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, parse_period
from kpi import board, selectors
from kpi.board import between, charts, drill, filters, hours, places, show
from kpi.board.explained import explained
from kpi.board.filters import Filters
from kpi.board.whole import MONTHS
from kpi.metrics import DURATIONS, METRICS, Metric
from kpi.selectors import custody
from kpi.selectors.change import change_of
from kpi.selectors.rare import event_days
from kpi.selectors.recovered import Cost, cost_of
from kpi.selectors.uploads import Uploads, uploads_of
from kpi.views.files import FORMATS, file_of
from kpi.views.shared import filter_choices, guarded, lateness, metric_or_404, readable

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
    """Show one figure in full; the code of a time leads to its own page."""
    if code.upper() in DURATIONS:
        page = reverse("kpi:duration", args=[code.upper()])
        return redirect(f"{page}?{request.GET.urlencode()}")
    metric, now = metric_or_404(code), timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    opens = readable(request)
    shown = _page(metric, asked, opens=metric.code in opens)
    shown |= _tab(metric, asked, shown, request.GET.get("tab", ""))
    if request.GET.get("format") in FORMATS and "line" in shown:
        return file_of(request, shown, metric.code)
    place = asked.site.code if asked.site else ""
    page = {
        **filter_choices(asked, now=now),
        **shown,
        "readable": opens,
        "late": lateness(asked.as_of, now),
        "title": metric.name,
        # What a nonconformity raised from this figure names as its source.
        "signal_ref": f"{metric.code}|{place}|{asked.period.key}",
    }
    name = "kpi/_metric.html" if request.htmx else "kpi/metric.html"  # type: ignore[attr-defined]
    return render(request, name, page)


def _page(metric: Metric, asked: Filters, *, opens: bool) -> dict[str, Any]:
    """Return the figure and what is behind it; `opens` says whether its records may be read."""
    series = selectors.courses(MONTHS, end=asked.period.start_day, scope=asked.scope)
    course = series.get(metric.code)
    shared = {"metric": metric, "asked": asked}
    if course is None:
        return {
            **shared, "crumbs": crumbs(metric, asked), "is_personal": True, "is_empty": True,
            "definition": metric.words,
        }  # fmt: skip
    now = _figure(metric, asked.period, asked, course)
    before = asked.before()
    earlier = _figure(metric, before, asked, course) if before else None
    target = selectors.targets_on(asked.period.start_day, site=asked.site).get(metric.code)
    breaks = selectors.baselines_of(asked.site, metric=metric.code).get(metric.code, [])
    begun = selectors.months_of_breaks(breaks)
    line = board.line(metric.code, course, now, earlier, target, as_of=asked.as_of, breaks=begun)
    months = course[-MONTHS:]
    notes = _notes(metric, asked, months)
    query = asked.query(period="") if opens else None
    trend = charts.trend(months, line.verdict, target, query)
    return {
        **shared,
        "crumbs": crumbs(metric, asked, now=now),
        "line": line,
        "notes": notes,
        "locked": board.locked(course, begun, asked.as_of),
        "breaks": breaks,
        "between": _between(metric, asked, line),
        "is_empty": asked.is_future or (not now.n and not now.not_yet_due),
        "ages": _ages(metric, asked),
        "trend": charts.with_notes(trend, notes),
        "trend_table": charts.trend_table(months, line.verdict, target),
        **_places(metric, asked, now, target, opens=opens),
        "explained": _explained(metric, asked, opens=opens),
        "custody": _custody(metric, asked),
        "uploads": _uploads(metric, asked),
        "cost": _cost(metric, asked, now),
    }


def _figure(metric: Metric, period: Period, asked: Filters, course: Sequence[Any]) -> Any:
    """Return the figure of a period; a month of the course was read already."""
    known = [one for one in course if one.period == period.key]
    return (
        known[0] if known else selectors.figures(period, metric=metric.code, scope=asked.scope)[0]
    )


def _ages(metric: Metric, asked: Filters) -> list[tuple[Any, int]]:
    """Return the overdue open parcels by age at the end of the period's last ended day (T10)."""
    if metric.code != "T10" or asked.as_of is None:
        return []
    numbers = selectors.overdue_by_age(asked.period, scope=asked.scope, as_of=asked.as_of)
    return list(zip(AGE_WORDS, numbers, strict=True))


def _between(metric: Metric, asked: Filters, line: board.Line) -> between.Shown | None:
    """Return what lies between events where they are too rare for a month's chart."""
    if not line.verdict.is_rare or asked.as_of is None or asked.reach.courier is not None:
        return None
    if metric.is_sum or metric.is_snapshot:
        # The same person is counted every evening anew: that is no event.
        return None
    today = min(business_day(asked.as_of), asked.period.end_day)
    since = selectors.months_back(asked.period.start_day, selectors.HISTORY)[0].start_day
    days, counted = event_days(metric, since=since, until=today, scope=asked.scope)
    return between.shown(metric, days, counted, today)


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


def _explained(metric: Metric, asked: Filters, *, opens: bool) -> dict[str, Any] | None:
    """Return what explains the change against the compared period."""
    before = asked.before()
    if before is None or asked.reach.courier is not None:
        return None
    change = change_of(metric, before, asked.period, scope=asked.scope)
    return explained(change, lambda by, code: _part_url(metric, asked, by, code, opens=opens))


def _part_url(metric: Metric, asked: Filters, by: str, code: str, *, opens: bool) -> str:
    """Return the figure of one part of a change: a site, a product, the records of a cause."""
    if not code:
        return ""
    if by == "cause":
        records = reverse("kpi:records", args=[metric.code]) + asked.address(cause=code)
        return records if opens else ""
    return reverse("kpi:metric", args=[metric.code]) + asked.address(**{by: code})


def _custody(metric: Metric, asked: Filters) -> dict[str, Any] | None:
    """Return who had the lost parcels last (S02 only)."""
    if metric.code != "S02" or asked.as_of is None or asked.reach.courier is not None:
        return None
    rows = custody.last_custody(asked.period, scope=asked.scope, as_of=asked.as_of)
    return {"rows": rows, "sites": custody.by_site(rows)} if rows else None


def _uploads(metric: Metric, asked: Filters) -> Uploads | None:
    """Return what stands beside the scans in time (S06 only)."""
    return uploads_of(asked.period, scope=asked.scope) if metric.code == "S06" else None


def _cost(metric: Metric, asked: Filters, now: Any) -> Cost | None:
    """Return what came back beside what was paid (P04 only)."""
    return cost_of(now, asked.period, scope=asked.scope) if metric.divides_money else None


def _places(
    metric: Metric, asked: Filters, now: Any, target: Any, *, opens: bool
) -> dict[str, Any]:
    """Return the next step of the drill: sites, or the couriers of one site."""
    if asked.reach.courier is not None:
        return {"is_personal": True}
    found: dict[str, Any] = {}
    if metric.code in CAUSE_OF:
        one = selectors.cause_pareto(asked.period, scope=asked.scope)[CAUSE_OF[metric.code]]
        found["why"] = {"n": one.n, "rows": places.pareto(one)}
    if asked.site is not None:
        if metric.by_courier:
            rows = selectors.courier_table(metric.code, asked.period, scope=asked.scope)
            found |= {"couriers": rows, "nobody": places.without_courier(rows, now)}
            found["funnel"] = places.courier_funnel(rows, now, asked.address() if opens else None)
        return found
    rows = selectors.site_table(asked.period, scope=asked.scope)
    cells = board.heat_rows(rows, {metric.code: now}, {metric.code: target} if target else {})
    place = list(METRICS).index(metric.code)
    found["places"] = [(row.site, row.cells[place]) for row in cells]
    found["funnel"] = places.funnel(rows, now, asked.query(site=""), _own(asked))
    return found


def _own(asked: Filters) -> frozenset[int]:
    """Return the sites of a reader who does not reach all of them."""
    return frozenset(asked.reach.sites or ())


def crumbs(
    metric: Metric, asked: Filters, courier: Any = None, *, last: str = "", now: Any = None
) -> list[Any]:
    """Return dashboard › company › site › courier, each with its own count and filters kept."""
    now = now or drill.figure_of(metric, asked, asked.scope)
    steps = drill.steps(metric, asked, now, courier, page="kpi:metric")
    found = [(step.text, step.url) for step in steps]
    if last:
        found.append((last, ""))
    board_url = reverse("kpi:dashboard") + asked.address(site="")
    return [(_("Dashboard"), board_url), (str(metric.words.short), steps[0].url), *found]
