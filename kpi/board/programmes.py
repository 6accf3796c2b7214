"""What a programme reads before and after: its figure, time, satisfaction and cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import pgettext

from kpi.board import charts, show
from kpi.board.effects import value
from kpi.board.verdicts import judge
from kpi.metrics import METRICS
from kpi.selectors.effects import MONTHS, Span, figure_in
from kpi.selectors.figures import series
from kpi.selectors.scope import EVERYTHING, Scope
from quality.models import Programme
from quality.services.improvement import JUDGED

# How many days the baseline may cover; the first is taken unless another is chosen.
SPANS = (90, 30, 180)


@dataclass(frozen=True)
class Line:
    """One figure before and after, as it is shown."""

    code: str
    name: Any
    unit: Any
    before: str
    before_days: str
    after: str
    after_days: str
    change: str
    tone: str


def codes_of(row: Programme) -> list[str]:
    """Return the programme's own figure first, then time, satisfaction and cost."""
    return [code for code in dict.fromkeys([row.metric, *JUDGED]) if code in METRICS]


def scope_of(row: Programme) -> Scope:
    """Return the site and product a programme is about."""
    return EVERYTHING.within(row.site).of_product(row.product)


def span_before(row: Programme, days: int, today: date) -> Span:
    """Return so many whole days before the start, or before today where it has not come."""
    last = min(row.start_on, today) - timedelta(days=1)
    return Span(last - timedelta(days=days - 1), last)


def span_after(row: Programme, today: date) -> Span:
    """Return the days after the last measure, or since the start where none is done yet.

    Today is not over and stays out.
    """
    done = row.actions.aggregate(last=Max("done_on"))["last"]
    first = row.start_on if done is None else max(done + timedelta(days=1), row.start_on)
    return Span(first, today - timedelta(days=1))


def readings(row: Programme, span: Span) -> dict[str, Any]:
    """Return what is kept: each figure with its counts and days, so that anybody can recompute."""
    scope = scope_of(row)
    found = {}
    for code in codes_of(row):
        one = figure_in(code, span, scope)
        as_of = one.as_of
        found[code] = {
            "days": one.period, "hits": one.hits, "total": one.total,
            "value": None if one.is_few else one.value, "shown": value(one),
            "as_of": as_of.isoformat() if as_of else "",
        }  # fmt: skip
    return found


def lines(row: Programme, before: dict[str, Any], after: dict[str, Any]) -> list[Line]:
    """Return each figure on both sides with its change; too few records change nothing."""
    found = []
    for code in codes_of(row):
        metric = METRICS[code]
        old, new = before.get(code) or {}, after.get(code) or {}
        known = old.get("value") is not None and new.get("value") is not None
        text, tone = show.change(metric, new["value"], old["value"]) if known else ("", "")
        found.append(
            Line(code, metric.name, metric.unit.label, old.get("shown", "—"), days_of(old),
                 new.get("shown", "—"), days_of(new), text, tone)
        )  # fmt: skip
    return found


def days_of(reading: dict[str, Any]) -> str:
    """Return the days a reading covers as people read them."""
    first, _slash, last = str(reading.get("days", "")).partition("/")
    return f"{first} – {last}" if last else "—"


def says(row: Programme, after: dict[str, Any]) -> bool | None:
    """Say whether the target is reached; None where too few records say anything."""
    metric = METRICS.get(row.metric)
    now = (after.get(row.metric) or {}).get("value")
    if metric is None or now is None:
        return None
    better = metric.higher_is_better
    return now >= float(row.target) if better else now <= float(row.target)


def chart_of(row: Programme, today: date) -> dict[str, Any]:
    """Return the course of the programme's figure with the month it began (IMP-04)."""
    months = series(row.metric, MONTHS, end=today, scope=scope_of(row))
    verdict = judge(months, None, months[-1].as_of if months else None)
    query = f"&site={row.site.code}" if row.site else ""
    chart = charts.trend(months, verdict, None, query)
    month, start = f"{row.start_on:%Y-%m}", pgettext("programme", "Start")
    if any(one.period == month for one in months):
        mark = {"xAxis": month, "lineStyle": {"type": "dashed", "width": 2, "color": "$action"},
                "label": {"formatter": f"{start} {row.start_on.isoformat()}"}}  # fmt: skip
        chart["series"][0]["markLine"]["data"].append(mark)
    return {"verdict": verdict, "trend": chart,
            "trend_table": charts.trend_table(months, verdict, None)}  # fmt: skip
