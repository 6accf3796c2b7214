"""The verdict of each figure of the month, computed once per printing from the frozen series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    def words(self) -> str:
        """Return the verdict in words; of a figure that cannot be judged, why, and its target."""
        if self.verdict.is_judged:
            return f"{self.verdict.variation_label} · {self._target_words}"
        why = _("Too few events to judge") if self.is_rare else _("Too few months to judge")
        return f"{why} · {self._target_words}"

    @property
    def _target_words(self) -> str:
        if self.line.target is None:
            return _("No target is set")
        if self.is_missed and self.verdict.assurance != "fail":
            return _("Missed its target this month")
        if not self.verdict.is_judged:
            return _("Target not missed beyond chance")
        return self.verdict.assurance_label

    @property
    def action(self) -> str:
        """Say what to do: where months cannot be judged, look at the events or at the target."""
        if self.verdict.is_judged and not (self.is_missed and self._is_silent):
            return self.verdict.action
        if self.is_missed:
            return _("Check at the target: decide.")
        if self.is_rare:
            return _("Read what lies between two events.")
        return _("Wait for more months.")

    @property
    def _is_silent(self) -> bool:
        """Say whether months and target say nothing that calls for a deed."""
        return self.verdict.variation == "none" and self.verdict.assurance in ("none", "pass")

    @property
    def is_missed(self) -> bool:
        """Say whether the period misses its target beyond chance: its whole range lies past it."""
        line, counts = self.line, self.line.counts.adjusted
        found = numbers.value_range(line.unit, counts.hits, counts.total)
        if line.target is None or found is None or counts.is_few:
            return False
        target = float(line.target)
        return found[1] < target if line.direction == "up" else found[0] > target


def judge(line: MetricLine, *, period: str, language: str, is_open: bool = False) -> Judged:
    """Judge one figure by its own finished months and its target, in the active language.

    Months are read as adjusted (B17).
    """
    series = begun(line)
    shown = tuple(numbers.chart_value(line, counts) for _period, counts in series)
    finished = len(shown) - is_open
    rare = _is_rare(line, is_open=is_open)
    name = line.text("name", language)
    target = None if line.target is None else float(line.target)
    chart = stats.latest(_chart(line, series[:finished], rare=rare), finished)
    verdict = stats.verdicts(
        chart.points,
        None if target is None else target * (100 if line.unit == "share" else 1),
        line.direction,
        name=name,
        label=_last_month(line, period, is_open=is_open),
        show=lambda _value: numbers.goal(line),
        chart=chart,
    )
    if rare:
        verdict = replace(verdict, sentence=_too_rare(line, name))
    else:
        labels = [numbers.month_name(series[place][0]) for place in chart.breaks]
        verdict = stats.said_anew(verdict, labels)
    return Judged(line, verdict, tuple(month for month, _counts in series), shown, rare)


# Numerators that count records, so that chance follows the volume; sums of money do not.
FACTORS = {
    "share": 100, "per_100": 100, "per_10k": 10_000, "per_100k": 100_000, "per_million": 1_000_000,
}  # fmt: skip


def _chart(line: MetricLine, shown: Sequence[tuple[str, Counts]], *, rare: bool) -> stats.XmR:
    """Chart all months known, each course between two breaks by its own baseline.

    Limits follow the volume, but where sums are divided: there XmR is all there is.
    """
    earlier = [(month, counts.adjusted) for month, counts in line.earlier]
    months = [*earlier, *shown]
    values = [None if rare else numbers.chart_value(line, one) for _month, one in months]

    def part(start: int, end: int) -> stats.XmR:
        if line.unit not in FACTORS:
            top = 100 if line.unit == "share" else None
            return stats.xmr(values[start:end], clip=(None if line.unit == "nps" else 0, top))
        pairs = zip(values[start:end], months[start:end], strict=True)
        hits = [None if value is None else counts.hits for value, (_month, counts) in pairs]
        totals = [counts.total for _month, counts in months[start:end]]
        factor, is_share = FACTORS[line.unit], line.unit == "share"
        return stats.control(hits, totals, factor=factor, is_share=is_share)

    places = [sum(month < one["month"] for month, _counts in months) for one in line.breaks]
    return stats.segmented(part, len(months), places)


def locking_months(line: MetricLine, *, is_open: bool) -> tuple[str, str] | None:
    """Return the first and last month that lock the limits now in force."""
    months = [*line.earlier, *line.series]
    months = months[:-1] if is_open else months
    values = [numbers.chart_value(line, counts.adjusted) for _month, counts in months]
    last = line.breaks[-1]["month"] if line.breaks else ""
    start = sum(month < last for month, _counts in months)
    found = stats.locked_by(values, start, stats.BASELINE)
    return None if found is None else (months[found[0]][0], months[found[1]][0])


def begun(line: MetricLine) -> tuple[tuple[str, Counts], ...]:
    """Return the months from the first that counted anything; at least the month itself."""
    months = tuple((period, counts.adjusted) for period, counts in line.series)
    first = next((place for place, one in enumerate(months) if one[1].total), None)
    return months[-1:] if first is None else months[first:]


def _is_rare(line: MetricLine, *, is_open: bool) -> bool:
    """Say whether the finished months hold too few events for a control chart."""
    months = [counts.adjusted for _month, counts in line.series]
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
    events = sum(_bad(line, counts) for _month, counts in line.series)
    months = sum(counts.total > 0 for _month, counts in line.series)
    text = _(
        "%(name)s: %(events)s in %(months)s, too few for a control chart."
        " Read the range: %(range)s."
    )
    return text % {
        "name": name,
        "events": ngettext("%(n)s event", "%(n)s events", events) % {"n": f"{events:,}"},
        "months": ngettext("%(n)s month", "%(n)s months", months) % {"n": months},
        "range": numbers.spread(line, line.counts),
    }


def judge_all(content: Content, *, language: str) -> dict[str, Judged]:
    """Judge every figure of a month."""
    return {
        line.code: judge(line, period=content.period, language=language, is_open=content.is_open)
        for line in content.metrics
    }
