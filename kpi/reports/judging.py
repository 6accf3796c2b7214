"""The verdict of each figure of the month, computed once per printing from the frozen series."""

from __future__ import annotations

from dataclasses import dataclass

from kpi import stats
from kpi.reports import numbers
from kpi.reports.content import Content, MetricLine


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


def judge(line: MetricLine, *, period: str, language: str) -> Judged:
    """Judge one figure by its own months and its target, in the active language."""
    target = None if line.target is None else float(line.target)
    on_axis = 100 if line.unit == "share" else 1
    verdict = stats.verdicts(
        [numbers.chart_value(line, counts) for _period, counts in line.series],
        None if target is None else target * on_axis,
        line.direction,
        name=line.text("name", language),
        label=numbers.month_name(period),
        show=lambda _value: numbers.goal(line),
        clip=(0, 100 if line.unit == "share" else None),
    )
    return Judged(line, verdict, tuple(month for month, _counts in line.series))


def judge_all(content: Content, *, language: str) -> dict[str, Judged]:
    """Judge every figure of a month."""
    return {
        line.code: judge(line, period=content.period, language=language) for line in content.metrics
    }
