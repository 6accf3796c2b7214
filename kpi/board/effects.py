"""What the check of an effect reads: before and after, and what the criterion says to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.timeframes import parse_period
from kpi import stats
from kpi.board import charts, show
from kpi.board.verdicts import finished, judge
from kpi.metrics import METRICS
from kpi.selectors.effects import BeforeAfter, before_after, reaches
from kpi.stats.verdict import IMPROVEMENT
from quality import services
from quality.enums import EffectRule
from quality.models import EffectCheck, Nonconformity


def read(row: Nonconformity, check: EffectCheck, today: date) -> BeforeAfter | None:
    """Return the figure on both sides of the deeds; none where words decide."""
    if check.rule == EffectRule.WORDS or check.metric not in METRICS:
        return None
    done = row.actions.filter(round=row.round).values_list("done_on", flat=True)
    days = sorted(day for day in done if day is not None)
    last = services.last_deed_on(row)
    if not days or last is None:
        return None
    return before_after(
        check.metric, site=check.site, first_deed=days[0], last_deed=last, today=today
    )


def says(check: EffectCheck, found: BeforeAfter | None) -> str:
    """Return what the criterion says, by the rules the chart itself uses."""
    if found is None:
        return services.UNCLEAR
    if check.rule == EffectRule.SIGNAL:
        return _signal(found)
    kept = reaches(found.after, check.threshold, at_least=check.rule == EffectRule.AT_LEAST)
    return services.UNCLEAR if kept is None else services.MET if kept else services.MISSED


def _signal(found: BeforeAfter) -> str:
    """A signal counts when the month that shows it began after the last deed."""
    over = finished(found.months, found.after.as_of)
    verdict = judge(found.months, None, found.after.as_of)
    newest = parse_period(over[-1].period).start_day if over else None
    if newest is None or newest < found.after_days.first or not verdict.is_judged:
        return services.UNCLEAR
    return services.MET if verdict.variation == IMPROVEMENT else services.MISSED


def kept(check: EffectCheck, found: BeforeAfter | None) -> dict[str, Any]:
    """Return what is kept: counts and words, so that anybody can recompute it."""
    told: dict[str, Any] = {"says": says(check, found), "rule": check.rule}
    if found is None:
        return told
    verdict = judge(found.months, None, found.after.as_of)
    sides = {"before": found.before, "after": found.after}
    as_of = found.after.as_of
    return {
        **told,
        "metric": check.metric, "site": check.site.code if check.site else "",
        "threshold": str(check.threshold) if check.threshold is not None else "",
        **{side: {"days": one.period, "hits": one.hits, "total": one.total, "value": one.value,
                  "shown": value(one)} for side, one in sides.items()},
        "chart": {"variation": verdict.variation, "low": verdict.chart.low,
                  "high": verdict.chart.high, "sentence": verdict.sentence},
        "as_of": as_of.isoformat() if as_of else "",
    }  # fmt: skip


def value(figure: Any) -> str:
    """Return a figure with its n; too few records say nothing."""
    text = show.show(figure.declared, None if figure.is_few else figure.value)
    return f"{text} (n = {figure.n_text})"


def _marked(check: EffectCheck, found: BeforeAfter, verdict: stats.Verdict) -> dict[str, Any]:
    """Return the chart with the month in which the last deed was done (IMP-04)."""
    query = f"&site={check.site.code}" if check.site else ""
    chart = charts.trend(found.months, verdict, None, query)
    last = found.after_days.first - timedelta(days=1)
    month = f"{last:%Y-%m}"
    if any(one.period == month for one in found.months):
        mark = {"xAxis": month, "lineStyle": {"type": "dashed", "width": 2, "color": "$action"},
                "label": {"formatter": _("Last measure") + f" {last.isoformat()}"}}  # fmt: skip
        chart["series"][0]["markLine"]["data"].append(mark)
    return chart


def shown(check: EffectCheck, found: BeforeAfter | None) -> dict[str, Any]:
    """Return the figure, its change and its chart for the page."""
    if found is None:
        return {"figure": None}
    metric, as_of = METRICS[check.metric], found.after.as_of
    verdict = judge(found.months, None, as_of)
    few = found.before.is_few or found.after.is_few
    text, tone = show.change(metric, found.after.value, found.before.value)
    return {
        "figure": metric, "found": found, "before": value(found.before),
        "after": value(found.after), "change": "" if few else text,
        "tone": "" if few else tone,
        "verdict": verdict, "trend": _marked(check, found, verdict),
        "trend_table": charts.trend_table(found.months, verdict, None), "as_of": as_of,
    }  # fmt: skip
