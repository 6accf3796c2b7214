"""The verdict of each figure of the month, computed once per printing from the frozen series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi import stats
from kpi.reports import numbers
from kpi.reports.content import MetricLine

if TYPE_CHECKING:
    from kpi.reports.parts import Pages


@dataclass(frozen=True)
class Judged:
    """A figure with its verdict and the months the verdict read."""

    line: MetricLine
    verdict: stats.Verdict
    months: tuple[str, ...]

    @property
    def needs_word(self) -> bool:
        """Say whether somebody must comment and decide."""
        return self.verdict.variation == "concern" or self.verdict.assurance == "fail"


def judge(pages: Pages, line: MetricLine) -> Judged:
    """Judge one figure by its own months and its target."""
    target = None if line.target is None else float(line.target)
    on_axis = 100 if line.unit == "share" else 1
    verdict = stats.verdicts(
        [numbers.chart_value(line, counts) for _period, counts in line.series],
        None if target is None else target * on_axis,
        line.direction,
        name=pages.name(line),
        label=numbers.month_name(pages.content.period),
        show=lambda value: numbers.on_axis(line, value),
        clip=(0, 100 if line.unit == "share" else None),
    )
    return Judged(line, verdict, tuple(period for period, _counts in line.series))
