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
from kpi import board, selectors
from kpi.board import charts, filters, show
from kpi.board.filters import Filters
from kpi.metrics import DURATIONS, METRICS, Metric
from kpi.views.dashboard import MONTHS
from kpi.views.shared import filter_choices, guarded, metric_or_404

AGE_WORDS = (
    gettext_lazy("Up to 24 hours"),
    gettext_lazy("1 to 3 days"),
    gettext_lazy("3 to 7 days"),
    gettext_lazy("Over 7 days"),
)
CAUSE_OF = {"T01": "late", "C01": "complaint"}


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
    page = {**filter_choices(asked, now=now), **_page(metric, asked), "title": metric.name}
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
    return {
        **shared,
        "line": line,
        "is_empty": not now.n and not now.not_yet_due,
        "ages": _ages(metric, asked),
        "trend": charts.trend(months, line.verdict, target, asked.query(period="")),
        "trend_table": charts.trend_table(months, line.verdict, target),
        **_places(metric, asked, now, target),
    }


def _ages(metric: Metric, asked: Filters) -> list[tuple[Any, int]]:
    """Return the overdue open parcels by age at the end of the period's last ended day (T10)."""
    if not metric.is_snapshot or asked.as_of is None:
        return []
    numbers = selectors.overdue_by_age(asked.period, scope=asked.scope, as_of=asked.as_of)
    return list(zip(AGE_WORDS, numbers, strict=True))


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
    """Return company › site › courier, each with its filters kept."""
    base = reverse("kpi:metric", args=[metric.code])
    found = [(str(metric.words.short), base + asked.address(site=""))]
    if asked.site is not None:
        found.append((str(asked.site), base + asked.address()))
    if courier is not None:
        records = reverse("kpi:records", args=[metric.code])
        found.append((str(courier), records + asked.address(courier=courier.number)))
    if last:
        found.append((last, ""))
    return [(_("Company"), reverse("kpi:dashboard") + asked.address(site="")), *found]
