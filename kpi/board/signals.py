"""Figures that ask for something to be done, and whether anybody does it (ux.md 3.2, NCR-04).

The company is asked about every figure, a site about the core ones: what is rare at one site
shows nothing there. Money is asked of the company alone: at a site one claim moves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import quality.selectors
from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.board.filters import Filters
from kpi.board.lines import Line, line
from kpi.board.verdicts import judged_month
from kpi.board.whole import MONTHS
from kpi.core_figures import CORE, FIRST
from kpi.metrics import METRICS
from staff.models import Site

CONCERN, BETTER, FAIL = "concern", "improvement", "fail"


@dataclass(frozen=True)
class SignalRow:
    """A figure that got worse, or misses its target month after month, at one place."""

    line: Line
    site: Site | None
    month: Period
    # The nonconformities that already act on it, newest first.
    acts: tuple[Any, ...]

    @property
    def address(self) -> str:
        """Return month and place as the tail of an address."""
        place = f"&site={self.site.code}" if self.site else ""
        return f"?period={self.month.key}{place}"


def signals_of(asked: Filters) -> tuple[Period | None, list[SignalRow]]:
    """Return the month judged and its signals; those nobody acts on first, then what got worse."""
    month = judged_month(asked.period, asked.as_of)
    if month is None:
        return None, []
    acts = quality.selectors.acts_on_figures(since=month.start_day)
    rows = [
        SignalRow(one, site, month, tuple(acts.get((one.metric.code, place_of(site)), ())))
        for site, one in (*_company(asked, month), *_sites(asked, month))
        if _asks(one)
    ]
    rows.sort(key=lambda row: (bool(row.acts), row.line.verdict.variation != CONCERN))
    return month, rows


def _asks(one: Line) -> bool:
    """Say whether a figure asks for something; what is getting better is let get better."""
    verdict = one.verdict
    fails = verdict.assurance == FAIL and verdict.variation != BETTER
    return not verdict.withheld and (fails or verdict.variation == CONCERN)


def place_of(site: Site | None) -> str:
    """Return how a nonconformity names the place: its code, nothing for the company."""
    return site.code if site else ""


def _company(asked: Filters, month: Period) -> Iterator[tuple[None, Line]]:
    if asked.reach.sites is not None or asked.site is not None:
        return
    targets, breaks = selectors.targets_on(month.start_day), selectors.baselines_of(None)
    series = selectors.courses(MONTHS, end=month.start_day, scope=asked.scope)
    for code, months in series.items():
        again = selectors.months_of_breaks(breaks.get(code, []))
        yield None, line(code, months, months[-1], None, targets.get(code), as_of=asked.as_of,
                         breaks=again)  # fmt: skip


def _sites(asked: Filters, month: Period) -> Iterator[tuple[Site, Line]]:
    core = [code for code in FIRST if code in METRICS][:CORE]
    codes = [code for code in core if not METRICS[code].divides_money]
    courses = selectors.site_courses(codes, end=month.start_day, scope=asked.scope)
    targets, breaks = selectors.site_targets(month.start_day), selectors.site_breaks()
    sites = Site.objects.in_bulk({pk for pk, _code in courses})
    for (pk, code), months in sorted(courses.items(), key=lambda one: sites[one[0][0]].code):
        aim = targets.get((pk, code)) or targets.get((None, code))
        again = sorted({*breaks.get((None, code), ()), *breaks.get((pk, code), ())})
        yield sites[pk], line(code, months, months[-1], None, aim, as_of=asked.as_of,
                              breaks=again)  # fmt: skip
