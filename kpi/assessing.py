"""Assessing objectives: each month is held against its target once, and what was found is kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from courierqa.core import audit, counted
from courierqa.core.timeframes import Period
from kpi.metrics import METRICS
from kpi.models import ObjectiveResult
from kpi.selectors import assessed
from kpi.selectors.figures import reach
from kpi.selectors.objectives import Node
from quality.models import UpkeepRow
from quality.upkeep_counts import UPKEEP

CODE = "I08"
PLACES = Decimal("0.00000001")


def run(*, now: datetime) -> dict[str, int]:
    """Assess every objective whose day has come, as far as the figures reach; hourly.

    What was missed while nothing ran is made up, from the figures as they stand then.
    """
    through = reach()
    if through is None:
        return {"assessed": 0}
    until = min(now, through)
    made = 0
    for month in assessed.open_months(now=until):
        for node in assessed.to_assess(month, now=until):
            _assess(node, month, at=now)
            made += 1
    return {"assessed": made}


def renew(*, at: datetime) -> None:
    """Make every counted row anew, after an upgrade."""
    for result in ObjectiveResult.objects.order_by("pk"):
        _count(result, at=at)


@transaction.atomic
def _assess(node: Node, month: Period, *, at: datetime) -> None:
    target, figure = node.target, node.figure
    value = None
    if figure is not None and figure.value is not None:
        value = Decimal(str(figure.value)).quantize(PLACES)
    result = ObjectiveResult.objects.create(
        target=target, metric=target.metric, site=target.site, team=target.team,
        month=month.start_day, wanted=target.value, value=value,
        records=figure.n if figure else 0,
        is_reached=is_reached(target.metric, value, target.value),
        due_at=assessed.due_at(target.metric, month), at=at,
    )  # fmt: skip
    audit.record("objective.assess", result, actor=None, at=at, fields=["value"])
    _count(result, at=at)


def is_reached(metric: str, value: Decimal | None, wanted: Decimal) -> bool:
    """Say whether a value meets what was wanted; what could not be measured does not."""
    if value is None:
        return False
    return value >= wanted if METRICS[metric].higher_is_better else value <= wanted


def _count(result: ObjectiveResult, *, at: datetime) -> None:
    row = counted.row(UpkeepRow, CODE, result.pk, result.due_at, label=str(result),
                      site_id=result.site_id, is_hit=result.is_reached)  # fmt: skip
    counted.keep(UpkeepRow, [row], kinds=(CODE,), records=[result.pk], source=UPKEEP, at=at)
