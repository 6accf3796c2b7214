"""How the report writes figures: value, range, movement, month."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courierqa.core import formats
from kpi.reports.content import FACTORS, SUMS, Counts, MetricLine
from kpi.stats import poisson_exact, wilson

# Units whose numerator is a sum of points, stored in hundredths of one.
POINTS = SUMS - {"per_mille"}


def value_range(unit: str, hits: int, total: int) -> tuple[float, float] | None:
    """Return the 95 % range of a figure: Wilson for shares, exact Poisson for rare events."""
    if total <= 0 or unit in SUMS:
        return None
    if unit == "share":
        return wilson(hits, total)
    factor = FACTORS[unit] / total
    low, high = poisson_exact(hits)
    return low * factor, high * factor


def shown(unit: str, value: float | None) -> str:
    """Return a value with its unit sign: 96.1 %, 4.8, 52."""
    if unit == "share":
        return formats.share(value)
    if value is None:
        return formats.NOTHING
    return formats.number(value, 0 if abs(value) >= 100 else 1)


def value(line: MetricLine, counts: Counts | None) -> str:
    """Return the figure of these counts; a share of few items is not printed."""
    if counts is None or not counts.total:
        return formats.NOTHING
    if counts.is_few:
        return _("n<30")
    return shown(line.unit, line.value(counts))


def judged_value(line: MetricLine) -> str:
    """Return the value a figure is judged on, saying so where it is not the raw one (B17)."""
    if not line.counts.is_adjusted:
        return value(line, line.counts)
    return _("%(value)s adjusted") % {"value": value(line, line.counts.adjusted)}


def bare(line: MetricLine, counts: Counts | None) -> str:
    """Return the figure without its unit sign, for a row of months whose unit stands beside it."""
    return value(line, counts).removesuffix("%").removesuffix(formats.NARROW)


def amount(unit: str, number: int) -> str:
    """Return a count as people read it: fen as yuan, anything else as a number."""
    return formats.yuan(number) if unit == "per_mille" else f"{number:,}"


def fraction(counts: Counts, unit: str = "") -> str:
    """Return the raw numerator and denominator; points are stored in hundredths."""
    hits = formats.number(counts.hits / 100, 2) if unit in POINTS else amount(unit, counts.hits)
    return f"{hits} / {amount(unit, counts.total)}"


def spread(line: MetricLine, counts: Counts) -> str:
    """Return the 95 % range in words, empty when there is nothing to range over."""
    found = value_range(line.unit, counts.hits, counts.total)
    if found is None:
        return formats.NOTHING
    return f"{shown(line.unit, found[0])} – {shown(line.unit, found[1])}"


def target(line: MetricLine) -> str:
    """Return the target with the side that is wanted."""
    if line.target is None:
        return formats.NOTHING
    sign = "≥" if line.direction == "up" else "≤"
    return f"{sign} {goal(line)}"


def goal(line: MetricLine) -> str:
    """Return the wanted value itself, with the decimals somebody set: 83.75 %."""
    wanted = float(line.target or 0)
    if line.unit != "share":
        return f"{wanted:g}"
    percent = f"{wanted * 100:.2f}".rstrip("0").rstrip(".")
    return f"{percent}{formats.NARROW if formats.is_english() else ''}%"


def unit_name(line: MetricLine) -> str:
    """Return what one unit of the value is."""
    return {
        "share": _("%"),
        "per_mille": _("‰"),
        "per_100": _("per 100 parcels"),
        "per_10k": _("per 10,000 parcels"),
        "per_100k": _("per 100,000 deliveries"),
        "points": _("points"),
        "nps": _("points, −100 to 100"),
        "per_million": _("per million parcels"),
    }[line.unit]


def chart_value(line: MetricLine, counts: Counts) -> float | None:
    """Return the value on the axis of a chart: percent for shares; few items are a gap."""
    found = line.value(counts)
    if found is None or counts.is_few:
        return None
    return found * 100 if line.unit == "share" else found


def on_axis(line: MetricLine, value: float) -> str:
    """Return an axis value with its unit."""
    return shown(line.unit, value / 100 if line.unit == "share" else value)


def fine(line: MetricLine, value: float) -> str:
    """Return a limit or mean of a chart with one decimal more than a printed value."""
    if line.unit != "share":
        return formats.number(value, 2 if abs(value) < 100 else 1)
    return f"{value:.2f}{formats.NARROW if formats.is_english() else ''}%"


def month_name(period: str) -> str:
    """Return 2026 年 10 月, or October 2026."""
    year, month = period.split("-")
    if formats.is_english():
        return f"{date(int(year), int(month), 1):%B %Y}"
    return f"{year} 年 {int(month)} 月"
