"""Places and causes side by side: the funnel of sites and the Pareto of causes, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi import stats
from kpi.board.charts import edge, rounded
from kpi.board.show import show
from kpi.enums import Unit
from kpi.selectors import Cause, Figure, Pareto, SiteRow


def funnel(rows: Sequence[SiteRow], whole: Figure, query: str) -> dict[str, Any] | None:
    """Return the funnel of sites for a share: value against volume, with 99.8 % limits.

    Drawn as adjusted (B17): what force majeure did says nothing about a site.
    """
    metric, company = whole.declared, whole.adjusted
    points = [row.figures[metric.code].adjusted for row in rows]
    largest = max((one.n for one in points), default=0)
    if metric.unit != Unit.SHARE or company.value is None or largest < 30:
        return None
    steps = [max(10, largest * step // 40) for step in range(1, 42)]
    limits = [(n, *stats.funnel_limits(company.value, n)) for n in steps]
    return {
        "grid": {"left": 8, "right": 124, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "name": "n", "min": 0},
        "yAxis": {
            "type": "value",
            "scale": True,
            "name": "%",
            "max": 100,
            "axisLabel": {"hideOverlap": True},
        },
        "tooltip": {"trigger": "item"},
        "series": [
            edge([[n, rounded(high * 100)] for n, _low, high in limits]),
            edge([[n, rounded(low * 100)] for n, low, _high in limits]),
            {
                "name": str(metric.name),
                "type": "scatter",
                "symbolSize": 11,
                "data": [_place(row, company, query) for row in rows if row.figures[metric.code].n],
                "label": {"show": True, "position": "right", "formatter": "{b}"},
                # Sites of like volume and value: a code that would cover another one is left out;
                # the table beside the chart names them all.
                "labelLayout": {"hideOverlap": True},
                "markLine": {
                    "symbol": "none",
                    "data": [
                        {
                            "yAxis": rounded(company.value * 100),
                            "lineStyle": {"type": "solid", "color": "$same"},
                            "label": {"formatter": f"{_('Company')} {show(metric, company.value)}"},
                        }
                    ],
                },
            },
        ],
    }


def _place(row: SiteRow, company: Figure, query: str) -> dict[str, Any]:
    one = row.figures[company.metric].adjusted
    outside = stats.funnel(one.hits, one.total, company.value or 0)
    side = outside.side if outside else ""
    tone = {"H": "$better", "L": "$worse"}.get(side, "$same")
    base = reverse("kpi:metric", args=[company.metric])
    return {
        "name": row.site.code,
        "value": [one.n, rounded((one.value or 0) * 100)],
        "url": f"{base}?site={row.site.code}{query}",
        "symbol": {"H": "triangle", "L": "diamond"}.get(side, "circle"),
        "itemStyle": {"color": tone},
    }


def pareto(found: Pareto, *, top: int = 7) -> list[dict[str, Any]]:
    """Return the largest causes with their bar lengths relative to the longest bar.

    What is not shown stands in a last row of its own, so that the shares add up.
    """
    shown, rest = found.causes[:top], found.causes[top:]
    # One cause alone needs no more room under its own name.
    if len(rest) == 1:
        shown, rest = found.causes, []
    rows = [*shown, *([_others(rest)] if rest else [])]
    longest = max((cause.records for cause in rows), default=1)
    return [
        {
            "cause": cause,
            "width": round(100 * cause.records / longest),
            "is_rest": place >= len(shown),
        }
        for place, cause in enumerate(rows)
    ]


def _others(rest: Sequence[Cause]) -> Cause:
    return Cause(
        code="",
        label=_("All others"),
        site=None,
        records=sum(cause.records for cause in rest),
        share=sum(cause.share for cause in rest),
        running=rest[-1].running,
    )
