"""Two answers per figure instead of a traffic light: is it changing, and can it meet its target?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kpi.stats.rules import beyond
from kpi.stats.xmr import BASELINE, Signal, XmR, xmr

UP, DOWN, WATCH = "up", "down", "watch"
CONCERN, IMPROVEMENT, CHANGE, NONE = "concern", "improvement", "change", "none"
PASS, FAIL, HIT_OR_MISS = "pass", "fail", "hit_or_miss"
# Fewer months on one side of a target are not yet a habit.
STEADY = 3
# More uneven than this, meeting and missing are no matter of chance (two-sided sign test).
BY_CHANCE = 0.01


@dataclass(frozen=True)
class Verdict:
    """Variation and assurance with their words; unpacks to (variation, assurance, sentence)."""

    variation: str
    assurance: str
    sentence: str
    side: str
    action: str
    chart: XmR
    # Too few events for a month's chart: what lies between them is charted instead.
    is_rare: bool = False
    # Why the number beside it has no verdict; "" where it has one.
    withheld: str = ""

    def __iter__(self) -> Iterator[str]:
        return iter((self.variation, self.assurance, self.sentence))

    @property
    def is_judged(self) -> bool:
        """Say whether there were enough points to call a change, or its absence."""
        return self.chart.low is not None and not self.withheld

    @property
    def variation_label(self) -> str:
        """Return the words for the variation."""
        return variation_label(self.variation)

    @property
    def assurance_label(self) -> str:
        """Return the words for the assurance."""
        return assurance_label(self.assurance)


def verdicts(
    points: Sequence[float | None],
    target: float | None,
    direction: str,
    *,
    name: str = "",
    label: str = "",
    show: Callable[[float], str] = "{:g}".format,
    clip: tuple[float | None, float | None] = (None, None),
    chart: XmR | None = None,
) -> Verdict:
    """Judge a series of months against itself and against its target.

    `direction` says which way is better: "up", "down", or "watch" for neither. `label` names the
    last month; `show` prints a value with its unit. `chart` is given where the limits follow the
    volume of each month (`control`).
    """
    chart = chart or xmr(points, clip=clip)
    variation, side = _variation(chart, direction)
    assurance = _assurance(chart, target, direction)
    said = [
        _movement(chart, variation, name=name or _("This figure"), label=label),
        _prospect(chart, assurance, target, direction, show),
        _trial(chart),
    ]
    sentence = gap().join(part for part in said if part)
    action = advice(variation, assurance, has_target=target is not None)
    return Verdict(variation, assurance, sentence, side, action, chart)


def gap() -> str:
    """Return what stands between two sentences; a Chinese full stop brings its own space."""
    return "" if (get_language() or "").startswith("zh") else " "


def advice(variation: str, assurance: str, *, has_target: bool = True) -> str:
    """Say what to do about this pair."""
    if variation == CONCERN and assurance == FAIL:
        return _("Start a corrective action now.")
    if variation == CONCERN:
        return _("Find the cause.")
    if variation == IMPROVEMENT:
        return _("Learn what helped and lock it in.")
    if assurance == FAIL:
        return _("Change the process, not the people.")
    if assurance == HIT_OR_MISS:
        return _("Reduce the variation.")
    if not has_target:
        return _("Set a target, so that it can be judged.")
    return _("Leave it alone.") if assurance == PASS else _("Keep watching.")


def variation_label(variation: str) -> str:
    """Return the words for a variation."""
    return {
        CONCERN: _("Getting worse: special cause"),
        IMPROVEMENT: _("Getting better: special cause"),
        CHANGE: _("Changing: special cause"),
        NONE: _("No signal: normal variation"),
    }[variation]


def assurance_label(assurance: str) -> str:
    """Return the words for an assurance."""
    return {
        PASS: _("Consistently meets the target"),
        FAIL: _("Consistently misses the target"),
        HIT_OR_MISS: _("Will meet or miss the target by chance"),
        NONE: _("Not judged against a target"),
    }[assurance]


def _variation(chart: XmR, direction: str) -> tuple[str, str]:
    """Read the signals of the last point; what it is doing outranks where it has been."""
    signal = _leading(chart)
    if signal is None:
        return NONE, ""
    side = "H" if signal.side > 0 else "L"
    if direction == WATCH:
        return CHANGE, side
    is_better = (signal.side > 0) == (direction == UP)
    return (IMPROVEMENT if is_better else CONCERN), side


def _leading(chart: XmR) -> Signal | None:
    """Return the strongest signal of the last point: outside, then trend, outer third, run.

    A rise that starts below the mean is good news in a rising figure although its points lie on
    the bad side, so the trend's own direction outranks the side of the mean.
    """
    rank = {"outside": 0, "trend": 1, "outer": 2, "run": 3}
    last = chart.last
    found = chart.at(last) if last is not None else ()
    return min(found, key=lambda signal: rank[signal.kind], default=None)


def _assurance(chart: XmR, target: float | None, direction: str) -> str:
    """Compare the limits with the target; what every month did outranks the limits.

    Months of very different volume widen the limits until they hold any target.
    """
    if target is None or chart.low is None or chart.high is None or direction == WATCH:
        return NONE
    if steady := _in_every_month(chart, target, direction):
        return steady
    good, bad = (chart.low, chart.high) if direction == UP else (chart.high, chart.low)
    side = 1 if direction == UP else -1
    if not beyond(target, good, side):
        return PASS
    return FAIL if beyond(target, bad, side) else HIT_OR_MISS


def _in_every_month(chart: XmR, target: float, direction: str) -> str:
    """Return PASS or FAIL when the months met or missed the target too often for chance.

    Every month, of at least three; or so many that a fair coin would do it once in a hundred
    times: 17 of 18, but not 5 of 6.
    """
    missed, months = misses(chart, target, direction)
    if months < STEADY:
        return ""
    rarely = min(missed, months - missed)
    if rarely and 2 * _coin(rarely, months) > BY_CHANCE:
        return ""
    return FAIL if missed > months - missed else PASS


def misses(chart: XmR, target: float, direction: str) -> tuple[int, int]:
    """Return in how many months the target was missed, and of how many."""
    side = 1 if direction == UP else -1
    known = [value for value in chart.points if value is not None]
    return sum(beyond(target, value, side) for value in known), len(known)


def _coin(most: int, throws: int) -> float:
    """Return how likely a fair coin shows heads at most so many times."""
    return sum(math.comb(throws, heads) for heads in range(most + 1)) / 2**throws


def _movement(chart: XmR, variation: str, *, name: str, label: str) -> str:
    if chart.low is None:
        return _("%(name)s has too few months to judge.") % {"name": name}
    if variation == NONE:
        return _("%(name)s shows no signal: normal variation.") % {"name": name}
    head = {
        CONCERN: _("%(name)s is getting worse"),
        IMPROVEMENT: _("%(name)s is getting better"),
        CHANGE: _("%(name)s is changing"),
    }[variation] % {"name": name}
    return _("%(head)s: %(findings)s.") % {"head": head, "findings": _findings(chart, label)}


def _findings(chart: XmR, label: str) -> str:
    last = chart.last or 0
    label = label or _("the last month")
    words = [_finding(chart, signal, last, label) for signal in _ordered(chart.at(last))]
    return _(", ").join(words)


def _ordered(signals: tuple[Signal, ...]) -> list[Signal]:
    """Trend first, then the limit; a weaker finding is left out where a stronger one says it."""
    kinds = {signal.kind: signal for signal in signals}
    strong = [kinds[kind] for kind in ("trend", "outside") if kind in kinds]
    weak = [kinds[kind] for kind in ("run", "outer") if kind in kinds]
    return strong or weak


def _finding(chart: XmR, signal: Signal, last: int, label: str) -> str:
    is_up = signal.side > 0
    if signal.kind == "trend":
        text = _("a %(n)s-month rising run") if is_up else _("a %(n)s-month falling run")
        return text % {"n": chart.length_of_trend(last, signal.side)}
    if signal.kind == "outside":
        text = (
            _("%(label)s above the upper limit") if is_up else _("%(label)s below the lower limit")
        )
        return text % {"label": label}
    if signal.kind == "run":
        text = _("%(n)s months above the mean") if is_up else _("%(n)s months below the mean")
        return text % {"n": chart.length_of_run(last, signal.side)}
    if is_up:
        return _("2 of the last 3 months close to the upper limit")
    return _("2 of the last 3 months close to the lower limit")


def _prospect(
    chart: XmR, assurance: str, target: float | None, direction: str, show: Callable[[float], str]
) -> str:
    if target is None or assurance == NONE:
        return ""
    inside = chart.low is not None and chart.high is not None and chart.low < target < chart.high
    if not inside or assurance == HIT_OR_MISS:
        return _by_limits(assurance) % {"target": show(target)}
    missed, months = misses(chart, target, direction)
    said = {"target": show(target), "n": months, "missed": missed, "met": months - missed}
    if 0 < missed < months:
        return _usually(assurance) % said
    return _habit(assurance) % said


def _usually(assurance: str) -> str:
    """Say what nearly every month did."""
    if assurance == FAIL:
        return _(
            "The target %(target)s was missed in %(missed)s of %(n)s months: that is no chance, it"
            " will be missed again unless the process changes."
        )
    return _(
        "The target %(target)s was met in %(met)s of %(n)s months; a miss now and then is ordinary"
        " variation."
    )


def _habit(assurance: str) -> str:
    """Say what every month did, where the limits alone would leave it open."""
    if assurance == FAIL:
        return _(
            "The target %(target)s was missed in each of the %(n)s months: it will be missed again"
            " unless the process changes."
        )
    return _(
        "The target %(target)s was met in each of the %(n)s months, but lies inside the limits:"
        " one miss would still be ordinary variation."
    )


def _by_limits(assurance: str) -> str:
    return {
        PASS: _(
            "The limits lie on the good side of the target %(target)s: ordinary variation will"
            " not miss it."
        ),
        FAIL: _(
            "The target %(target)s lies outside the limits, so it will be missed"
            " unless the process changes."
        ),
        HIT_OR_MISS: _(
            "Target %(target)s lies inside the limits, so it will be met or missed by chance."
        ),
    }[assurance]


def _trial(chart: XmR) -> str:
    if not chart.is_trial or chart.low is None:
        return ""
    return _("Trial limits: %(n)s of %(wanted)s months.") % {
        "n": chart.baseline,
        "wanted": BASELINE,
    }
