"""Did the measures work? The figure of the criterion before and after them (NCR-07, IMP-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kpi.selectors.figures import Figure, make, reach, series
from kpi.selectors.scope import EVERYTHING, Scope
from kpi.selectors.sums import stored
from staff.models import Site

MONTHS = 18


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both within."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days + 1, 0)


@dataclass(frozen=True)
class BeforeAfter:
    """One figure on both sides of the measures, and the months the chart judges."""

    before: Figure
    after: Figure
    before_days: Span
    after_days: Span
    months: list[Figure]


def before_after(
    code: str, *, site: Site | None, first_deed: date, last_deed: date, today: date
) -> BeforeAfter:
    """Read the figure from the day after the last deed, and as long before the first one.

    Today is not over and stays out; the days in which the deeds were done are in neither.
    """
    scope = EVERYTHING.within(site)
    after = Span(last_deed + timedelta(days=1), today - timedelta(days=1))
    length = max(after.days, 1)
    before = Span(first_deed - timedelta(days=length), first_deed - timedelta(days=1))
    return BeforeAfter(
        figure_in(code, before, scope), figure_in(code, after, scope), before, after,
        series(code, MONTHS, end=today, scope=scope),
    )  # fmt: skip


def figure_in(code: str, span: Span, scope: Scope) -> Figure:
    """Return a figure over the days of a span, with its counts; an empty span has none."""
    rows: list[dict[str, Any]] = []
    if span.days:
        ends = (span.first, span.last + timedelta(days=1))
        rows = stored(*ends, scope=scope, metrics=(code,))
    key = f"{span.first.isoformat()}/{span.last.isoformat()}"
    return make(code, rows[0] if rows else None, period=key, as_of=reach())


def reaches(figure: Figure, limit: Decimal, *, at_least: bool) -> bool | None:
    """Say whether a figure keeps the limit; None where too few records say anything (B21)."""
    if figure.is_few or figure.value is None:
        return None
    return figure.value >= float(limit) if at_least else figure.value <= float(limit)
