"""How times read on pages: hours with one decimal, quantiles among the open as "longer than"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi.buckets import BUCKETS, EDGES
from kpi.metrics import Duration
from kpi.rollups import Times
from kpi.selectors import Lengths


@dataclass(frozen=True)
class TimeLine:
    """One time as a row of a table."""

    one: Lengths
    p50: str
    p90: str
    p99: str
    mean: str
    done: str
    coverage: str

    @property
    def metric(self) -> Duration:
        return self.one.declared


def time_line(one: Lengths, *, age: str = "") -> TimeLine:
    """Return a time as text; with too few records the quantiles are withheld (B21).

    A quantile among the open is longer than its floor; where that is not known, longer than `age`,
    how old the youngest open one is at least.
    """
    low = [hours(minutes) if minutes else age for minutes in one.floors or (0, 0, 0)]
    return TimeLine(
        one=one, p50=_quantile(one, one.p50, low[0]), p90=_quantile(one, one.p90, low[1]),
        p99=_quantile(one, one.p99, low[2]), mean=hours(None if one.is_few else one.mean),
        done=formats.share(one.done_share),
        coverage=formats.share(one.coverage) if one.missing or not one.declared.counts_open else "",
    )  # fmt: skip


def hours(minutes: float | None) -> str:
    """Return minutes as hours with one decimal."""
    return formats.NOTHING if minutes is None else formats.number(minutes / 60, 1)


def hours_number(minutes: float | None) -> float | None:
    """Return minutes as hours for files and charts."""
    return None if minutes is None else round(minutes / 60, 1)


def _quantile(one: Lengths, value: float | None, age: str) -> str:
    if not one.n or one.is_few:
        return formats.NOTHING
    if value is not None:
        return hours(value)
    return f"> {age}" if age else pgettext("time", "still open")


def course(months: list[tuple[Period, Lengths]]) -> dict[str, Any]:
    """Return the chart of the three quantiles over the months, in hours."""
    names = (("P50", "p50", "circle"), ("P90", "p90", "rect"), ("P99", "p99", "triangle"))
    return {
        "grid": {"left": 8, "right": 24, "top": 32, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [period.key for period, _one in months]},
        "yAxis": {"type": "value", "name": _("hours"), "nameGap": 12},
        "tooltip": {"trigger": "axis"},
        "series": [
            {
                "name": name, "type": "line", "symbol": symbol, "symbolSize": 8,
                "data": [
                    None if one.is_few else hours_number(getattr(one, field))
                    for _period, one in months
                ],
            }
            for name, field, symbol in names
        ],
    }  # fmt: skip


def course_table(months: list[tuple[Period, Lengths]]) -> dict[str, Any]:
    """Return the same as a table."""
    head = [_("Month"), "P50", "P90", "P99", "n"]
    rows = []
    for period, one in months:
        line = time_line(one)
        rows.append([period.key, line.p50, line.p90, line.p99, formats.number(one.n)])
    return {"head": head, "rows": rows}


def spread(times: Times) -> dict[str, Any]:
    """Return the chart of how the measured times are spread, in the stored buckets."""
    kept = sorted(times.buckets)
    ends = range(kept[0], kept[-1] + 1) if kept else range(0)
    return {
        "grid": {"left": 8, "right": 24, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [_edge(one) for one in ends]},
        "yAxis": {"type": "value"},
        "tooltip": {"trigger": "axis"},
        "series": [{"type": "bar", "data": [times.buckets.get(one, 0) for one in ends]}],
    }


def spread_table(times: Times) -> dict[str, Any]:
    """Return the same as a table."""
    rows = [[_edge(one), formats.number(n)] for one, n in sorted(times.buckets.items())]
    return {"head": [_("From hours"), _("Number")], "rows": rows}


def _edge(bucket: int) -> str:
    """Return the lower end of a bucket in hours."""
    minutes = 0 if bucket == 0 else EDGES[min(bucket, BUCKETS - 1) - 1]
    return f"{minutes / 60:.1f}"


def age_text(as_of: datetime | None, period: Period) -> str:
    """Return in hours how old every open one of an ended period is at least."""
    if as_of is None or as_of <= period.end_at:
        return ""
    return hours((as_of - period.end_at).total_seconds() / 60)


def sites_file(rows: list[tuple[Any, Lengths]]) -> list[list[Any]]:
    """Return the rows of the file: numbers in hours, nothing where there is none."""
    return [
        [
            site.code if site else "", one.code, one.n, one.measured, one.still_open, one.left,
            one.missing, hours_number(one.p50), hours_number(one.p90), hours_number(one.p99),
            hours_number(one.mean),
        ]
        for site, one in rows
    ]  # fmt: skip
