"""When it happens: the records behind a figure by weekday and hour, read from the facts."""

from __future__ import annotations

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.enums import Outcome
from kpi.metrics import CASES, METRICS, PARCELS
from kpi.selectors.figures import Figure, make, reach
from kpi.selectors.records import records
from kpi.selectors.scope import Scope

Hour = tuple[int, int]
# The moment a thing began is when it can be staffed better; a promise mostly ends at midnight.
BEGAN = {PARCELS: "accepted_at", CASES: "received_at"}


def by_hour(code: str, period: Period, *, scope: Scope) -> dict[Hour, Figure]:
    """Return a figure per (weekday from 1, hour) in which its records began, local time.

    Where other records divide the figure, its own records are counted without a share.
    """
    metric, as_of = METRICS[code], reach()
    if as_of is None:
        return {}
    tally, zone = metric.tally, calendars.zone()
    moment = BEGAN.get(tally.facts, tally.moment)
    bad = metric.records(Outcome.FAILED, as_of)
    rows = records(code, period, scope=scope, outcome=Outcome.ALL, as_of=as_of)
    found = (
        rows.annotate(
            weekday=ExtractIsoWeekDay(moment, tzinfo=zone), hour=ExtractHour(moment, tzinfo=zone)
        )
        .values("weekday", "hour")
        .order_by("weekday", "hour")
        .annotate(n=Count("pk"), failed=Count("pk", filter=bad))
    )
    return {
        (row["weekday"], row["hour"]): make(
            code, _counts(row, up=metric.higher_is_better), period=period.key, as_of=as_of
        )
        for row in found
    }


def _counts(row: dict[str, int], *, up: bool) -> dict[str, int]:
    hits = row["n"] - row["failed"] if up else row["failed"]
    return {"hits": hits, "total": row["n"], "pending": 0, "excluded": 0}
