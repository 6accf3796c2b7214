"""The verdict of each figure of the month, computed once per printing from the frozen series."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kpi import stats
from kpi.reports import numbers
from kpi.reports.content import Content, Counts, MetricLine

# Fewer events a month than this, on average, are counted, not charted.
RARE = 5


@dataclass(frozen=True)
class Judged:
    """A figure with its verdict and the months the verdict read."""

    line: MetricLine
    verdict: stats.Verdict
    months: tuple[str, ...]
    # All months, also one that is still open and was not judged.
    points: tuple[float | None, ...]

    @property
    def needs_word(self) -> bool:
        """Say whether somebody must comment and decide."""
        return self.verdict.variation == "concern" or self.verdict.assurance == "fail"


def judge(line: MetricLine, *, period: str, language: str, is_open: bool = False) -> Judged:
    """Judge one figure by its own finished months and its target, in the active language."""
    series = begun(line)
    shown = tuple(numbers.chart_value(line, counts) for _period, counts in series)
    finished = shown[:-1] if is_open else shown
    rare = is_rare(line)
    name = line.text("name", language)
    target = None if line.target is None else float(line.target)
    verdict = stats.verdicts(
        [None] * len(finished) if rare else finished,
        None if target is None else target * (100 if line.unit == "share" else 1),
        line.direction,
        name=name,
        label=_last_month(line, period, is_open=is_open),
        show=lambda _value: numbers.goal(line),
        clip=(0, 100 if line.unit == "share" else None),
    )
    if rare:
        verdict = replace(verdict, sentence=_too_rare(line, name))
    return Judged(line, verdict, tuple(month for month, _counts in series), shown)


def begun(line: MetricLine) -> tuple[tuple[str, Counts], ...]:
    """Return the months from the first that counted anything; at least the month itself."""
    first = next((place for place, one in enumerate(line.series) if one[1].total), None)
    return line.series[-1:] if first is None else line.series[first:]


def is_rare(line: MetricLine) -> bool:
    """Say whether the events are too few for a control chart: most months would show zero.

    A single loss then widens the limits and its absence looks like an improvement.
    """
    if line.unit != "per_million":
        return False
    return sum(counts.hits for _month, counts in line.series) < RARE * len(line.series)


def _last_month(line: MetricLine, period: str, *, is_open: bool) -> str:
    months = [month for month, _counts in line.series]
    judged = months[-2] if is_open and len(months) > 1 else period
    return numbers.month_name(judged)


def _too_rare(line: MetricLine, name: str) -> str:
    said = {
        "name": name,
        "hits": f"{sum(counts.hits for _month, counts in line.series):,}",
        "months": len(line.series),
        "range": numbers.spread(line, line.counts),
    }
    return (
        _(
            "%(name)s: %(hits)s events in %(months)s months, too few for a control chart."
            " Read the range: %(range)s."
        )
        % said
    )


def judge_all(content: Content, *, language: str) -> dict[str, Judged]:
    """Judge every figure of a month."""
    return {
        line.code: judge(line, period=content.period, language=language, is_open=content.is_open)
        for line in content.metrics
    }
