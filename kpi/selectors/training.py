"""Whether a training helped: figures of those who came, before and after (TRN-07, H03)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from kpi import stats
from kpi.metrics import METRICS, Metric
from kpi.models import Cell, CourierCell
from kpi.selectors.figures import Figure, make, reach

PEOPLE, SITE, NOTHING = "people", "site", ""


@dataclass(frozen=True)
class Compared:
    """One figure on both sides of the day, and whether chance explains the difference."""

    metric: Metric
    before: Figure
    after: Figure

    @property
    def is_few(self) -> bool:
        return self.before.is_few or self.after.is_few

    @property
    def verdict(self) -> str:
        """Return "few", "better", "worse", or "chance" where the difference may be none."""
        if self.is_few:
            return "few"
        sign = _difference(self.before, self.after)
        if not sign:
            return "chance"
        return "better" if (sign > 0) == self.metric.higher_is_better else "worse"


@dataclass(frozen=True)
class Effect:
    """What was compared: whose figures, over which days, and how far they reach."""

    basis: str
    people: int
    before: tuple[date, date]
    after: tuple[date, date]
    is_over: bool
    lines: list[Compared]


def _difference(before: Figure, after: Figure) -> int:
    """Return the sign of the change, 0 when the 95 % range of the difference holds none."""
    ends = (before.value, before.low, before.high, after.value, after.low, after.high)
    if None in ends:
        return 0
    low, high = stats.difference(*ends)  # type: ignore[arg-type]
    return 1 if low > 0 else -1 if high < 0 else 0


def training_effect(
    people: Collection[int], *, site: int | None, on: date, days: int, today: date
) -> Effect:
    """Compare `days` days before `on` with as many after it, the day itself in neither.

    Figures of the people who came where they have any; else those of the whole site; else none.
    """
    before = (on - timedelta(days=days), on - timedelta(days=1))
    last = on + timedelta(days=days)
    after = (on + timedelta(days=1), min(last, today))
    for basis, rows in _sources(people, site):
        lines = _compare(rows, before, after)
        if lines:
            return Effect(basis, len(people), before, after, last <= today, lines)
    return Effect(NOTHING, len(people), before, after, last <= today, [])


def _sources(people: Collection[int], site: int | None) -> list[tuple[str, QuerySet[Any]]]:
    found: list[tuple[str, QuerySet[Any]]] = []
    if people:
        found.append((PEOPLE, CourierCell.objects.filter(courier_id__in=people)))
    if site is not None:
        found.append((SITE, Cell.objects.filter(site_id=site)))
    return found


def _compare(
    rows: QuerySet[Any], before: tuple[date, date], after: tuple[date, date]
) -> list[Compared]:
    sides = [_sums(rows, ends) for ends in (before, after)]
    as_of = reach()
    found = []
    for code, metric in METRICS.items():
        old, new = (make(code, side.get(code), period="", as_of=as_of) for side in sides)
        if old.total or new.total:
            found.append(Compared(metric, old, new))
    return found


def _sums(rows: QuerySet[Any], ends: tuple[date, date]) -> dict[str, dict[str, int]]:
    part = rows.filter(day__gte=ends[0], day__lte=ends[1]).order_by()
    counted = part.values("metric").annotate(h=Sum("hits"), n=Sum("total"))
    return {
        row["metric"]: {"hits": row["h"], "total": row["n"], "pending": 0, "excluded": 0}
        for row in counted
    }
