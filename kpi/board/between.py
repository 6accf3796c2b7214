"""The chart of items between rare events: option, table twin and sentence, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from kpi import stats
from kpi.board.charts import HAIR, edge, rounded
from kpi.metrics import Metric
from kpi.stats.between import Between, EventDay

# So many waits are drawn; the table below has them all.
DRAWN = 60


@dataclass(frozen=True)
class Shown:
    """What a page shows of the waits of one figure."""

    sentence: str
    option: dict[str, Any]
    table: dict[str, Any]


def shown(metric: Metric, days: list[EventDay], counted: int, today: date) -> Shown | None:
    """Return the chart of a rare figure; nothing where nothing happened twice."""
    found = stats.items_between(days, counted, today)
    if not found.waits:
        return None
    return Shown(stats.between_words(str(metric.name), found), _option(found), _table(found))


def _option(found: Between) -> dict[str, Any]:
    waits = found.waits[-DRAWN:]
    gone = len(found.waits) - len(waits)
    data = [_point(found, place + gone, one.items) for place, one in enumerate(waits)]
    names = [one.day.isoformat() for one in waits]
    if found.running is not None:
        color = "$better" if found.is_long_quiet else "$same"
        data.append({"value": round(found.running), "symbol": "emptyDiamond", "symbolSize": 10,
                     "itemStyle": {"color": color}})  # fmt: skip
        names.append(_("still running"))
    return {
        "grid": {"left": 8, "right": 124, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": names},
        "yAxis": {"type": "value", "name": _("items"), "nameGap": 12, "min": 0},
        "tooltip": {"trigger": "axis"},
        "series": [
            {
                "name": _("Items since the event before"),
                "type": "line",
                "symbolSize": 8,
                "showAllSymbol": True,
                "data": data,
                "markLine": {"symbol": "none", "data": _lines(found)},
            },
            # Keeps the limits inside the picture.
            {**edge([]), "data": [rounded(found.high)] * len(data), "lineStyle": {"opacity": 0}},
        ],
    }


def _point(found: Between, place: int, items: float) -> dict[str, Any]:
    signals = found.powers.at(place) if found.is_judged else ()
    if not signals:
        return {"value": round(items), "symbol": "circle"}
    # Longer waits are better: what is counted here is never wanted.
    color = "$better" if signals[0].side > 0 else "$worse"
    return {
        "value": round(items),
        "symbol": "rect",
        "symbolSize": 10,
        "itemStyle": {"color": color},
    }


def _lines(found: Between) -> list[dict[str, Any]]:
    named = [
        (_("Upper limit"), found.high, {**HAIR, "color": "$same"}),
        (_("Mean"), found.mean, {"type": "solid", "width": 1, "color": "$same"}),
        (_("Lower limit"), found.low if found.low and found.low >= 1 else None,
         {**HAIR, "color": "$same"}),
    ]  # fmt: skip
    return [
        {
            "yAxis": rounded(value),
            "lineStyle": style,
            "label": {"formatter": f"{name} {stats.one_in(value)}"},
        }
        for name, value, style in named
        if value is not None
    ]


def _table(found: Between) -> dict[str, Any]:
    rows = [
        [formats.day(one.day), formats.number(round(one.items)), formats.number(one.days)]
        for one in reversed(found.waits)
    ]
    if found.running is not None:
        quiet = formats.number(found.quiet_days)
        rows.insert(0, [_("still running"), formats.number(round(found.running)), quiet])
    head = [_("Day of the event"), _("Items since the event before"),
            _("Days since the event before")]  # fmt: skip
    return {"head": head, "rows": rows}
