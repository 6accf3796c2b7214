"""The verdict of each figure of the month, computed once per printing from the frozen series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kpi import stats
from kpi.reports import numbers
from kpi.reports.content import SUMS, Content, Counts, MetricLine


@dataclass(frozen=True)
class Judged:
    """A figure with its verdict and the months the verdict read."""

    line: MetricLine
    verdict: stats.Verdict
    months: tuple[str, ...]
    # All months, also one that is still open and was not judged.
    points: tuple[float | None, ...]
    is_rare: bool

    @property
    def needs_word(self) -> bool:
        """Say whether somebody must comment and decide."""
        is_bad = self.verdict.variation == "concern" or self.verdict.assurance == "fail"
        return is_bad or self.is_missed

    @property
    def is_missed(self) -> bool:
        """Say whether the period misses its target beyond chance: its whole range lies past it."""
        line, counts = self.line, self.line.counts
        found = numbers.value_range(line.unit, counts.hits, counts.total)
        if line.target is None or found is None or counts.is_few:
            return False
        target = float(line.target)
        return found[1] < target if line.direction == "up" else found[0] > target


def judge(line: MetricLine, *, period: str, language: str, is_open: bool = False) -> Judged:
    """Judge one figure by its own finished months and its target, in the active language."""
    series = begun(line)
    shown = tuple(numbers.chart_value(line, counts) for _period, counts in series)
    finished = shown[:-1] if is_open else shown
    rare = _is_rare(line, is_open=is_open)
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
        chart=_chart(line, series[: len(finished)], finished, rare=rare),
    )
    if rare:
        verdict = replace(verdict, sentence=_too_rare(line, name))
    return Judged(line, verdict, tuple(month for month, _counts in series), shown, rare)


# Numerators that count records, so that chance follows the volume; sums of money do not.
FACTORS = {
    "share": 100, "per_100": 100, "per_10k": 10_000, "per_100k": 100_000, "per_million": 1_000_000,
}  # fmt: skip


def _chart(
    line: MetricLine, months: Sequence[tuple[str, Counts]], shown: Sequence[float | None], *,
    rare: bool,
) -> stats.XmR | None:  # fmt: skip
    """Return the chart whose limits follow the volume, or nothing where XmR is all there is."""
    if line.unit not in FACTORS:
        return None
    hits = [
        None if rare or value is None else counts.hits
        for value, (_month, counts) in zip(shown, months, strict=True)
    ]
    totals = [counts.total for _month, counts in months]
    return stats.control(hits, totals, factor=FACTORS[line.unit], is_share=line.unit == "share")


def begun(line: MetricLine) -> tuple[tuple[str, Counts], ...]:
    """Return the months from the first that counted anything; at least the month itself."""
    first = next((place for place, one in enumerate(line.series) if one[1].total), None)
    return line.series[-1:] if first is None else line.series[first:]


def _is_rare(line: MetricLine, *, is_open: bool) -> bool:
    """Say whether the finished months hold too few events for a control chart."""
    months = [counts for _month, counts in line.series]
    over = months[:-1] if is_open else months
    bad, totals = [_bad(line, one) for one in over], [one.total for one in over]
    return line.unit not in SUMS and stats.is_rare(bad, totals, is_share=line.unit == "share")


def _bad(line: MetricLine, counts: Counts) -> int:
    return counts.total - counts.hits if line.direction == "up" else counts.hits


def _last_month(line: MetricLine, period: str, *, is_open: bool) -> str:
    months = [month for month, _counts in line.series]
    judged = months[-2] if is_open and len(months) > 1 else period
    return numbers.month_name(judged)


def _too_rare(line: MetricLine, name: str) -> str:
    said = {
        "name": name,
        "hits": f"{sum(_bad(line, counts) for _month, counts in line.series):,}",
        "months": sum(counts.total > 0 for _month, counts in line.series),
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
