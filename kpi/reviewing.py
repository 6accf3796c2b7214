"""The figures of reviews: read once, kept as plain values, shown in the words of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.board import show
from kpi.board.verdicts import judge, shape, withheld_words
from kpi.metrics import DURATIONS, METRICS, Metric
from kpi.models import Snapshot, Target
from kpi.selectors import EVERYTHING, Figure, Lengths, Scope
from kpi.selectors.change import change_of
from kpi.selectors.durations import durations
from kpi.selectors.effects import Span
from kpi.selectors.figures import make
from kpi.selectors.sums import stored
from kpi.snapshots.words import both
from quality.measured import Line
from staff.models import Site

# What a month's look at timeliness reads: promise, links, what customers say, what delay costs.
TIMELY = ("T01", "T02", "T03", "T04", "T10", "T11", "T12", "D01", "D10", "E05", "C01", "V01",
          "P04")  # fmt: skip
SIDES = ("T01", "V01", "P04")
MONTHS, TOP = 18, 5


class Reading:
    """The answers to what reviews ask."""

    def timeliness(self, period: Period, site: Site | None) -> dict[str, Any]:
        """Return figures, times and causes of a month: as frozen, or as they stand now."""
        scope = EVERYTHING.within(site)
        frozen = _frozen(period, site)
        as_of = frozen.as_of if frozen else selectors.reach()
        times = [_time(one) for one in durations(period, scope=scope)]
        return {
            "as_of": as_of.isoformat() if as_of else "",
            "edition": frozen.version if frozen else "",
            "lines": _lines(period, TIMELY, scope, site, frozen),
            "times": [one for one in times if one["code"] in ("T05", "T06A", "T06B", "T06C",
                                                              "T06D")],
            "causes": _causes(period, scope),
            "change": _change(period, scope),
        }  # fmt: skip

    def figures(self, period: Period, codes: Sequence[str]) -> list[Line]:
        """Return figures of the company."""
        return _lines(period, codes, EVERYTHING, None, None)

    def objectives(self, period: Period, on: date) -> list[Line]:
        """Return what the company wants on a day, and what it reached in the period.

        A proposed target is nobody's objective before somebody has confirmed it.
        """
        wanted = {code for code, one in selectors.targets_on(on).items() if not one.is_proposal}
        codes = [code for code in METRICS if code in wanted]
        return _lines(period, codes, EVERYTHING, None, None, on=on)

    def sides(self, site: Site | None, first: date, last: date, today: date) -> list[Line]:
        """Return time, satisfaction and cost before the first deed and as long after the last."""
        scope = EVERYTHING.within(site)
        after = Span(last + timedelta(days=1), today - timedelta(days=1))
        length = max(after.days, 1)
        before = Span(first - timedelta(days=length), first - timedelta(days=1))
        parts = {"before": _period(before), "after": _period(after)}
        found = [
            {"code": code, **{side: _plain(_counted(code, one, scope))
                              for side, one in parts.items()}}
            for code in SIDES
        ]  # fmt: skip
        course = {side: _whole_course(one, scope) for side, one in parts.items()}
        return [found[0], {"code": "T05", **course}, *found[1:]]

    def shown(self, line: Line) -> dict[str, Any]:
        """Return a kept line in the words of the reader."""
        if "before" in line and "after" in line:
            return _shown_sides(line)
        return _shown_time(line) if line["code"] in DURATIONS else _shown(line)


def _frozen(period: Period, site: Site | None) -> Snapshot | None:
    rows = Snapshot.objects.filter(period=period.key, site=site.code if site else "")
    return rows.filter(is_final=True).order_by("-id").first()


def _lines(
    period: Period, codes: Sequence[str], scope: Scope, site: Site | None,
    frozen: Snapshot | None, on: date | None = None,
) -> list[Line]:  # fmt: skip
    targets = selectors.targets_on(on or period.end_day - timedelta(days=1), site=site)
    end = period.end_day - timedelta(days=1)
    courses = selectors.courses(MONTHS, end=end, scope=scope)
    now = {one.metric: one for one in selectors.figures(period, scope=scope)}
    kept = {one["code"]: one for one in frozen.content["metrics"]} if frozen else {}
    return [
        _line(period, now[code], targets.get(code), courses.get(code, []), kept.get(code))
        for code in codes if code in now
    ]  # fmt: skip


def _line(
    period: Period, figure: Figure, target: Target | None, months: list[Figure],
    kept: dict[str, Any] | None,
) -> Line:  # fmt: skip
    """Return one figure; a frozen month counts as it was frozen, whatever came later."""
    if kept is not None:
        names = ("hits", "total", "exempt_hits", "exempt_total")
        row = {name: kept[name] for name in names} | {"pending": kept["pending"],
                                                      "excluded": kept["excluded"]}  # fmt: skip
        figure = _anew(figure, row)
    judged = figure.adjusted
    # The month before is compared with a month only: twelve months have no month before.
    before = months[-2].adjusted if len(months) > 1 and period.kind == "month" else None
    return {
        **_plain(judged), "code": figure.metric,
        "target": str(target.value) if target else None,
        "is_proposal": bool(target and target.is_proposal),
        "last": None if before is None or before.is_few else before.value,
        **_judged(period, figure, target, months),
    }  # fmt: skip


def _judged(
    period: Period, figure: Figure, target: Target | None, months: list[Figure]
) -> dict[str, Any]:
    """Return the verdict of the period: a month's own; of any other period why there is none."""
    if withheld_words(period, figure.as_of, figure):
        said = both(lambda: withheld_words(period, figure.as_of, figure))
        return {"variation": "", "sentence": said}
    if len(months) < 2:
        return {"variation": "", "sentence": both(str)}
    return {
        "variation": shape(judge(months, target, figure.as_of)),
        "sentence": both(lambda: judge(months, target, figure.as_of).sentence),
    }


def _anew(figure: Figure, row: dict[str, Any]) -> Figure:
    """Return the figure with other counts."""
    return make(figure.metric, row, period=figure.period, site=figure.site,
                               as_of=figure.as_of)  # fmt: skip


def _plain(figure: Figure) -> dict[str, Any]:
    return {"hits": figure.hits, "total": figure.total, "value": figure.value,
            "is_few": figure.is_few, "low": figure.low, "high": figure.high}  # fmt: skip


def _time(one: Lengths) -> Line:
    goal = one.declared.goal
    return {"code": one.code, "p50": one.p50, "p90": one.p90, "n": one.n,
            "goal": goal * 60 if goal else None, "is_few": one.is_few}  # fmt: skip


def _causes(period: Period, scope: Scope) -> list[dict[str, Any]]:
    """Return where late parcels were held up first, and what customers complained about."""
    found = []
    for kind in ("late", "complaint"):
        told = both(lambda kind=kind: "\n".join(
            f"{one.label}{f' · {one.site}' if one.site else ''}"
            for one in selectors.cause_pareto(period, scope=scope)[kind].causes[:TOP]))  # fmt: skip
        pareto = selectors.cause_pareto(period, scope=scope)[kind]
        words = {lang: text.split("\n") for lang, text in told.items()}
        found += [
            {"kind": kind, "name": {lang: some[place] for lang, some in words.items()},
             "n": one.records, "share": one.share}
            for place, one in enumerate(pareto.causes[:TOP])
        ]  # fmt: skip
    return found


def _change(period: Period, scope: Scope) -> list[dict[str, Any]]:
    """Return which places made on-time delivery better or worse than the month before."""
    change = change_of(METRICS["T01"], period.previous(), period, scope=scope)
    if change is None:
        return []
    return [{"name": one.name, "code": one.code, "part": one.total}
            for one in change.by_site[:TOP] if one.total]  # fmt: skip


def _period(span: Span) -> Period:
    end = max(span.last + timedelta(days=1), span.first)
    key = f"{span.first.isoformat()}/{span.last.isoformat()}"
    return Period(span.first, end, key, "span")


def _counted(code: str, period: Period, scope: Scope) -> Figure:
    rows: list[dict[str, Any]] = []
    if period.end_day > period.start_day:
        rows = stored(period.start_day, period.end_day, scope=scope, metrics=(code,))
    return make(code, rows[0] if rows else None, period=period.key,
                               as_of=selectors.reach()).adjusted  # fmt: skip


def _whole_course(period: Period, scope: Scope) -> Line:
    if period.end_day <= period.start_day:
        return {"code": "T05", "p50": None, "n": 0, "is_few": True}
    return next(_time(one) for one in durations(period, scope=scope) if one.code == "T05")


def _shown(line: Line) -> dict[str, Any]:
    metric = METRICS[line["code"]]
    target = float(line["target"]) if line.get("target") is not None else None
    value = None if line["is_few"] else line["value"]
    text, tone = show.change(metric, value, line.get("last"))
    sentences = line.get("sentence") or {}
    is_bad = _misses(line, value, target)
    return {
        "code": metric.code, "name": metric.name, "n": formats.number(line["total"]),
        "value": _value(metric, line, value),
        "target": show.show_target(metric, target) if target is not None else formats.NOTHING,
        "is_proposal": line.get("is_proposal", False), "change": text, "tone": tone,
        "misses": is_bad, "variation": line.get("variation", ""),
        "sentence": sentences.get(_lang(sentences), ""), "has_figure": bool(line["total"]),
    }  # fmt: skip


def _value(metric: Metric, line: Line, value: float | None) -> str:
    if value is None:
        return "n<30" if line["total"] else formats.NOTHING
    return f"{show.show(metric, value)} {show.unit_of(metric)}".strip()


def _misses(line: Line, value: float | None, target: float | None) -> bool:
    if value is None or target is None:
        return False
    is_up = METRICS[line["code"]].higher_is_better
    return value < target if is_up else value > target


def _shown_time(line: Line) -> dict[str, Any]:
    length = DURATIONS[line["code"]]
    return {
        "code": line["code"], "name": length.name, "n": formats.number(line["n"]),
        "value": "n<30" if line["is_few"] and line["n"] else _hours(line["p50"]),
        "p90": _hours(line.get("p90")) if not line["is_few"] else formats.NOTHING,
        "target": _hours(line.get("goal")), "has_figure": bool(line["n"]),
    }  # fmt: skip


def _hours(minutes: float | None) -> str:
    if minutes is None:
        return formats.NOTHING
    return _("%(n)s h") % {"n": formats.number(minutes / 60, 1)}


def _shown_sides(line: Line) -> dict[str, Any]:
    """Return a figure before and after with its change."""
    code = line["code"]
    one, two = line["before"], line["after"]
    if code in DURATIONS:
        change, tone = _time_change(one, two)
        name: Any = DURATIONS[code].name
        values = [f"{_hours(None if x['is_few'] else x['p50'])} (n = {x['n']})" for x in (one, two)]
    else:
        metric = METRICS[code]
        few = one["is_few"] or two["is_few"]
        change, tone = ("", "") if few else show.change(metric, two["value"], one["value"])
        name = metric.name
        values = [
            f"{show.show(metric, None if x['is_few'] else x['value'])} (n = {x['total']})"
            for x in (one, two)
        ]
    aspect = {
        "T01": pgettext("effect", "Time"),
        "T05": pgettext("effect", "Time"),
        "V01": pgettext("effect", "Satisfaction"),
        "P04": pgettext("effect", "Cost"),
    }
    return {"code": code, "aspect": aspect[code], "name": name, "before": values[0],
            "after": values[1], "change": change, "tone": tone}  # fmt: skip


def _time_change(one: Line, two: Line) -> tuple[str, str]:
    if one["is_few"] or two["is_few"] or one["p50"] is None or two["p50"] is None:
        return "", ""
    gained = (one["p50"] - two["p50"]) / 60
    text = f"{-gained:+.1f}".replace("-", "−")
    tone = "" if abs(gained) < 0.05 else "better" if gained > 0 else "worse"
    return _("%(n)s h") % {"n": text}, tone


def _lang(sentences: dict[str, str]) -> str:
    language = get_language() or ""
    return next((code for code in sentences if language.startswith(code)), "zh-hans")
