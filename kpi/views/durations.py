"""One time: its quantiles, its course, its spread, its sites, and a file of the sites."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit, exports
from courierqa.core.access import access_for, allow
from kpi import selectors
from kpi.board import filters, lengths, medians
from kpi.board.filters import Filters
from kpi.board.verdicts import shape
from kpi.metrics import DURATIONS, Duration
from kpi.views.shared import filter_choices, guarded


@allow("figure", GET="read")
@guarded
def duration_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one time in full."""
    metric, now = DURATIONS.get(code.upper()), timezone.now()
    if metric is None:
        raise Http404
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    if request.GET.get("format") == "csv":
        return _file(request, metric, asked)
    page = {**filter_choices(asked, now=now), **_page(metric, asked), "title": metric.name}
    name = "kpi/_duration.html" if request.htmx else "kpi/duration.html"  # type: ignore[attr-defined]
    return render(request, name, page)


def _page(metric: Duration, asked: Filters) -> dict[str, Any]:
    here = reverse("kpi:duration", args=[metric.code])
    shared = {
        "metric": metric,
        "asked": asked,
        "crumbs": _crumbs(metric, asked),
        "file_url": f"{here}{asked.address()}&format=csv",
    }
    if asked.reach.courier is not None:
        return {**shared, "is_personal": True, "is_empty": True}
    times = selectors.duration_spread(metric.code, asked.period, scope=asked.scope)
    age = lengths.age_text(asked.as_of, asked.period)
    one = selectors.duration_line(metric.code, asked.period, times, scope=asked.scope)
    line = lengths.time_line(one, age=age)
    read = selectors.duration_months(
        metric.code, medians.READ, end=asked.period.start_day, scope=asked.scope
    )
    verdict, months = medians.judged(metric, read, asked.as_of), read[-medians.SHOWN :]
    sites = selectors.duration_sites(metric.code, asked.period, scope=asked.scope)
    return {
        **shared,
        "line": line,
        "is_empty": not line.one.n,
        "verdict": verdict,
        "shape": shape(verdict),
        "median": medians.course(months, verdict, metric.goal),
        "median_table": medians.table(months, verdict),
        "course": lengths.course(months),
        "course_table": lengths.course_table(months),
        "spread": lengths.spread(times),
        "spread_table": lengths.spread_table(times),
        "places": [(site, lengths.time_line(one, age=age)) for site, one in sites],
    }


def _crumbs(metric: Duration, asked: Filters) -> list[Any]:
    base = reverse("kpi:duration", args=[metric.code])
    found = [
        (_("Company"), reverse("kpi:dashboard") + asked.address(site="")),
        (str(metric.words.short), base + asked.address(site="")),
    ]
    return [*found, (str(asked.site), "")] if asked.site is not None else found


def _file(request: HttpRequest, metric: Duration, asked: Filters) -> HttpResponse:
    """Answer with the sites as a file: the same numbers, in hours; the export is logged first."""
    if access_for(request.user, "figure", "export") is None:
        raise PermissionDenied
    reason = f"{metric.code} {asked.period.key}"
    audit.record(
        "export.csv", None, actor=request.user, reason=reason, request=request, seal_now=True
    )
    head = [
        _("Site"), _("Figure"), "n", pgettext("coverage", "Measured"),
        pgettext("time", "Still open"), _("Out of the ranks"), _("Not measured"),
        _("P50, hours"), _("P90, hours"), _("P99, hours"), _("Mean, hours"),
    ]  # fmt: skip
    sites = selectors.duration_sites(metric.code, asked.period, scope=asked.scope)
    name = f"{metric.code}-{asked.period.key}.csv"
    return exports.csv_response(name, head, lengths.sites_file(sites))  # type: ignore[return-value]
