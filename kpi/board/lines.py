"""The headline table: one line per figure with everything that gives it meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core import formats
from courierqa.core.timeframes import Period, parse_period
from kpi import stats
from kpi.board import show
from kpi.board.sites import HeatCell
from kpi.board.verdicts import SHOWN, for_period, judge, judged_month, shape
from kpi.core_figures import FIRST
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import Figure
from staff.models import Site

# So many figures are named in a sentence.
MOST_NAMED = 8


@dataclass(frozen=True)
class Line:
    """A figure on the dashboard: value, comparison, target, course, verdicts."""

    metric: Metric
    figure: Figure
    value: str
    unit: str
    change: str
    tone: str
    target: Target | None
    target_text: str
    spark: list[float | None]
    spark_target: float | None
    bullet: dict[str, Any]
    verdict: stats.Verdict
    shape: str
    range_text: str
    # The month to look at where this period has no verdict.
    see: Period | None = None

    @property
    def judged(self) -> Figure:
        """Return the figure targets are judged on: without what is exempt (B17)."""
        return self.figure.adjusted

    @property
    def adjusted_text(self) -> str:
        """Return the adjusted value where it differs from the raw one, else nothing."""
        one = self.judged
        if not self.figure.is_adjusted:
            return ""
        return _("n<30") if one.is_few else show.show(self.metric, one.value)

    @property
    def adjusted_brief(self) -> str:
        """Return the adjusted value for a table: where it reads differently, or much is exempt."""
        is_same = self.adjusted_text == self.value and not self.figure.is_much_exempt
        return "" if is_same else self.adjusted_text

    @property
    def exempt_text(self) -> str:
        """Say how many records approved exemptions cover, and their share."""
        share = formats.share(self.figure.exempt_share)
        return _("%(n)s exempt, %(share)s") % {
            "n": formats.number(self.figure.exempt_total), "share": share
        }  # fmt: skip

    @property
    def is_aimed(self) -> bool:
        """Say whether there is a value, and a target to hold it against."""
        return self.target is not None and bool(self.judged.n) and not self.judged.is_few

    @property
    def is_running(self) -> bool:
        """Say whether the period was not over as far as the figures reach."""
        as_of = self.figure.as_of
        return as_of is None or parse_period(self.figure.period).end_at > as_of

    @property
    def n_text(self) -> str:
        """Return what the value was counted over: records, or fees in yuan."""
        return self.figure.n_text

    @property
    def misses(self) -> bool:
        """Say whether the adjusted value is on the wrong side of its target."""
        value = self.judged.value
        if value is None or self.target is None or not self.is_aimed:
            return False
        aim = float(self.target.value)
        return value < aim if self.metric.higher_is_better else value > aim


def line(
    code: str,
    months: Sequence[Figure],
    now: Figure,
    before: Figure | None,
    target: Target | None,
    *,
    as_of: datetime | None,
    breaks: Sequence[date] = (),
) -> Line:
    """Put one line together. With too few records the value is withheld (B21)."""
    metric = METRICS[code]
    value = None if now.is_few else now.value
    earlier = None if before is None or before.is_few else before.value
    if before is None and target is not None:
        earlier = float(target.value)
    text, tone = show.change(metric, value, earlier)
    period = parse_period(now.period)
    verdict = judge(months, target, as_of, breaks=breaks)
    verdict = for_period(verdict, period, metric, as_of, now)
    judged = now.adjusted
    held = None if judged.is_few else judged.value
    aim = target.value if target else None
    return Line(
        metric=metric,
        figure=now,
        value=show.show_beside(metric, value, aim),
        unit=show.unit_of(metric),
        change=text,
        tone=tone,
        target=target,
        target_text=show.show_target(metric, aim),
        spark=[
            None if one.is_few else show.points_of(metric, one.value)
            for one in (month.adjusted for month in months[-SHOWN:])
        ],
        spark_target=show.points_of(metric, aim),
        bullet={"value": held, "target": aim, **show.bullet_scale(metric, held, aim)},
        verdict=verdict,
        shape=shape(verdict),
        range_text=show.range_text(metric, now),
        see=_see(period, as_of) if verdict.withheld else None,
    )


def _see(period: Period, as_of: datetime | None) -> Period | None:
    """Return the month whose verdict there is in place of this period's."""
    month = judged_month(period, as_of)
    return None if month is None or month.key == period.key else month


def sentence(lines: Sequence[Line]) -> list[str]:
    """Say in words what changed and what misses its target; never a bare arrow."""
    judged = [one for one in lines if one.verdict.is_judged]
    worse = [one for one in judged if one.verdict.variation == "concern"]
    better = [one for one in judged if one.verdict.variation == "improvement"]
    said = [_changed(len(judged), worse, better)] if judged else []
    return [*said, *_not_judged(lines), *_aims(lines)]


def _not_judged(lines: Sequence[Line]) -> list[str]:
    """Say how many figures have a number, but no verdict beside it, and why."""
    waiting = [one for one in lines if one.figure.n and not one.verdict.is_judged]
    if not waiting:
        return []
    n, reason = len(waiting), waiting[0].verdict.withheld if waiting[0].see else ""
    if not reason:
        text = ngettext(
            "%(n)s figure is not judged: too few months or records.",
            "%(n)s figures are not judged: too few months or records.",
            n,
        )
    else:
        text = ngettext(
            "%(n)s figure is not judged: %(reason)s.",
            "%(n)s figures are not judged: %(reason)s.",
            n,
        )
    return [text % {"n": n, "reason": reason}]


def _named(lines: Sequence[Line]) -> str:
    """Return the names of figures, the core ones first; a long list is cut and says so.

    Two figures may share a short name: those are told by their full ones.
    """
    ranks = {code: place for place, code in enumerate(FIRST)}
    ranked = sorted(lines, key=lambda one: ranks.get(one.metric.code, len(ranks)))
    often = Counter(str(one.metric.words.short) for one in lines)
    names = [
        str(one.metric.words.short if often[str(one.metric.words.short)] == 1 else one.metric.name)
        for one in ranked
    ]
    said = _(", ").join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return said
    return _("%(names)s and %(n)s more") % {"names": said, "n": len(names) - MOST_NAMED}


def _aims(lines: Sequence[Line]) -> list[str]:
    """Say what misses its target, or that none does; a figure without a target is not judged."""
    aimed = [one for one in lines if one.is_aimed]
    missing = [one for one in aimed if one.misses]
    bare = sum(one.target is None and bool(one.figure.n) for one in lines)
    said = []
    is_running = any(one.verdict.withheld and one.is_running for one in aimed)
    if missing:
        names = _named(missing)
        text = (
            _("So far on the wrong side of the target: %(names)s.")
            if is_running
            else _("Missing the target in this period: %(names)s.")
        )
        said.append(text % {"names": names})
    elif aimed and not is_running:
        said.append(_met(len(aimed), bare))
    return [*said, *_without_target(bare, is_all=not aimed)]


def exempt_notes(lines: Sequence[Line]) -> list[str]:
    """Say of which figures more than 2 % is exempt (B17)."""
    much = [one for one in lines if one.figure.is_much_exempt]
    if not much:
        return []
    said = _(", ").join(
        f"{one.metric.words.short} {formats.share(one.figure.exempt_share)}" for one in much
    )
    return [_("More than 2 %% is exempt: %(names)s. Look at the exemptions.") % {"names": said}]


def _met(n: int, bare: int) -> str:
    if not bare:
        return _("Every figure of this period meets its target.")
    return ngettext(
        "%(n)s figure has a target and meets it.",
        "All %(n)s figures with a target meet it.",
        n,
    ) % {"n": n}


def _without_target(bare: int, *, is_all: bool) -> list[str]:
    if not bare:
        return []
    if is_all:
        return [_("No target is set for these figures.")]
    text = ngettext(
        "No target is set for %(n)s figure.", "No target is set for %(n)s figures.", bare
    )
    return [text % {"n": bare}]


def _changed(n: int, worse: Sequence[Line], better: Sequence[Line]) -> str:
    if not worse and not better:
        return ngettext(
            "The one figure with a history shows no signal: normal variation.",
            "None of %(n)s figures shows a signal: normal variation.",
            n,
        ) % {"n": n}
    return _("%(worse)s of %(n)s figures have worsened, %(better)s improved.") % {
        "worse": len(worse),
        "n": n,
        "better": len(better),
    }


def worst_place(site: Site, cell: HeatCell, targets: Mapping[str, Target]) -> str:
    """Say which place lies furthest from a target, with both numbers."""
    metric = cell.metric
    return _("Furthest from its target: %(site)s, %(figure)s %(value)s (target %(target)s).") % {
        "site": site,
        "figure": metric.words.short,
        "value": cell.text,
        "target": show.show_target(metric, targets[metric.code].value),
    }
