"""The question from 0 to 10 as the page of results draws it: a bar a step, and its table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.survey_scores import DETRACTOR, PROMOTER, Recommendation
from courierqa.core import formats


def shown_recommendation(found: Recommendation) -> dict[str, Any] | None:
    """Return the groups, the chart and its table twin; None where nobody answered (V03).

    Of fewer than five answers only their number is told, so that nobody can be recognised.
    """
    if not found.n:
        return None
    if found.score.is_hidden:
        return {"score": found.score}
    return {
        "score": found.score,
        "groups": [
            (label, n, n / found.n)
            for label, n in (
                (_("Promoters (9 and 10)"), found.promoters),
                (_("Passives (7 and 8)"), found.passives),
                (_("Detractors (0 to 6)"), found.detractors),
            )
        ],
        "finding": _("%(good)s of %(all)s would recommend us, %(bad)s would not")
        % {"good": found.promoters, "bad": found.detractors, "all": found.n},
        "option": _chart(found),
        "table": _table(found),
    }


def _chart(found: Recommendation) -> dict[str, Any]:
    bars = [{"value": n, "itemStyle": {"color": _tone(step)}} for step, n in enumerate(found.steps)]
    return {
        "grid": {"left": 8, "right": 24, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(step) for step in range(len(found.steps))]},
        "yAxis": {"type": "value", "minInterval": 1},
        "tooltip": {"trigger": "axis"},
        "series": [{"type": "bar", "name": pgettext("number", "Answers"), "data": bars}],
    }


def _tone(step: int) -> str:
    if step >= PROMOTER:
        return "$better"
    return "$worse" if step <= DETRACTOR else "$same"


def _table(found: Recommendation) -> dict[str, Any]:
    rows = [
        [str(step), formats.number(n, 0), formats.share(n / found.n)]
        for step, n in enumerate(found.steps)
    ]
    return {"head": [_("Step"), pgettext("number", "Answers"), _("Share")], "rows": rows}
