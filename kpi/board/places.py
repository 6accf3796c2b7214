"""Places and causes side by side: the funnel of sites and the Pareto of causes, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi import stats
from kpi.board.charts import edge, rounded
from kpi.board.show import show
from kpi.enums import Unit
from kpi.selectors import Cause, CourierRow, Figure, Pareto, SiteRow


@dataclass(frozen=True)
class Mark:
    """One place or person in a funnel: its short name, its figure, where a click leads."""

    name: str
    figure: Figure
    url: str
    # Named although it lies inside the limits: the reader looks for it.
    is_own: bool = False


def funnel(
    rows: Sequence[SiteRow], whole: Figure, query: str, own: frozenset[int] = frozenset()
) -> dict[str, Any] | None:
    """Return the funnel of sites for a share: value against volume, with 99.8 % limits.

    `own` are the sites of the reader, by key.
    """
    base = reverse("kpi:metric", args=[whole.metric])
    marks = [
        Mark(
            one.site.code, one.figures[whole.metric], f"{base}?site={one.site.code}{query}",
            is_own=one.site.pk in own,
        )
        for one in rows
    ]  # fmt: skip
    return funnel_of(marks, whole, _("Company"))


def without_courier(rows: Sequence[CourierRow], whole: Figure | None) -> dict[str, int] | None:
    """Return what of the site's figure belongs to no courier, so that the table adds up."""
    if whole is None or whole.declared.is_sum:
        return None
    failed = whole.failed - sum(one.figure.failed for one in rows)
    n = whole.n - sum(one.figure.n for one in rows)
    return {"failed": failed, "n": n} if n > 0 or failed > 0 else None


def courier_funnel(rows: Sequence[CourierRow], whole: Figure, address: str | None) -> Any:
    """Return the funnel of the couriers of a site around the site's own share.

    Without `address`, the filters of the page, a point leads nowhere: the reader may not open
    the records.
    """
    base = reverse("kpi:records", args=[whole.metric])
    marks = [
        Mark(
            one.courier.number, one.figure,
            "" if address is None else f"{base}{address}&courier={one.courier.number}",
        )
        for one in rows
    ]  # fmt: skip
    return funnel_of(marks, whole, _("Site"))


def funnel_of(marks: Sequence[Mark], whole: Figure, middle: str) -> dict[str, Any] | None:
    """Return a funnel around the figure of the whole, named `middle`; too few records are no point.

    Drawn as adjusted (B17): what force majeure did says nothing about a place or a person.
    """
    metric, company = whole.declared, whole.adjusted
    known = [one for one in marks if not one.figure.adjusted.is_few]
    largest = max((one.figure.adjusted.n for one in known), default=0)
    if metric.unit != Unit.SHARE or company.value is None or not known:
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
                "data": [_place(one, company) for one in known],
                "label": {"show": True, "position": "right", "formatter": "{b}"},
                # Named are those outside and the reader's own: inside, the order is chance. A name
                # that would cover another one is left out; the table beside names them all.
                "labelLayout": {"hideOverlap": True},
                "markLine": {
                    "symbol": "none",
                    "data": [
                        {
                            "yAxis": rounded(company.value * 100),
                            "lineStyle": {"type": "solid", "color": "$same"},
                            "label": {"formatter": f"{middle} {show(metric, company.value)}"},
                        }
                    ],
                },
            },
        ],
    }


def _place(mark: Mark, company: Figure) -> dict[str, Any]:
    one = mark.figure.adjusted
    outside = stats.funnel(one.hits, one.total, company.value or 0)
    side = outside.side if outside else ""
    good = (side == "H") == company.declared.higher_is_better
    tone = ("$better" if good else "$worse") if side else "$same"
    return {
        "name": mark.name,
        "value": [one.n, rounded((one.value or 0) * 100)],
        "url": mark.url,
        "symbol": {"H": "triangle", "L": "diamond"}.get(side, "circle"),
        "itemStyle": {"color": tone},
        "label": {"show": bool(side) or mark.is_own},
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
