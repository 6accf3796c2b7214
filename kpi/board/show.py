"""How figures read on pages: values with their unit, changes with their sign, tones."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from kpi.enums import Unit
from kpi.metrics import Metric
from kpi.selectors import Figure

Number = float | Decimal | None


def show(metric: Metric, value: Number) -> str:
    """Return a value as people read it: 96.1 %, or 4.8 for so many per ten thousand."""
    if value is None:
        return formats.NOTHING
    if metric.unit == Unit.SHARE:
        return formats.share(float(value))
    return formats.number(float(value), 0 if abs(value) >= 100 else 1)


def counted(metric: Metric, number: int, *, is_hits: bool = False) -> str:
    """Return a numerator or denominator: fen as yuan, hundredths of a point as points."""
    if metric.divides_money:
        return formats.yuan(number)
    if is_hits and metric.is_sum:
        return formats.number(number / 100, 2)
    return formats.number(number)


def show_beside(metric: Metric, value: Number, target: Number) -> str:
    """Return a value beside its target: rounding must not make a miss look like a hit."""
    shown = show(metric, value)
    if value is None or target is None or metric.unit != Unit.SHARE:
        return shown
    if not metric.higher_is_better:
        return shown
    missed = float(value) < float(target)
    if missed and shown == show(metric, target):
        return shown.replace(
            f"{float(value) * 100:.1f}", f"{math.floor(float(value) * 1e4) / 100:.2f}"
        )
    return shown


def show_target(metric: Metric, value: Number) -> str:
    """Return a target with its direction: at least, or at most."""
    if value is None:
        return formats.NOTHING
    sign = "≥" if metric.higher_is_better else "≤"
    if metric.unit == Unit.SHARE:
        percent = f"{float(value) * 100:.2f}".rstrip("0").rstrip(".")
        return f"{sign} {percent}{formats.NARROW if formats.is_english() else ''}%"
    return f"{sign} {float(value):g}"


def unit_of(metric: Metric) -> str:
    """Return the unit printed beside a value that does not carry it."""
    return "" if metric.unit == Unit.SHARE else str(Unit(metric.unit).label)


def points_of(metric: Metric, value: Number) -> float | None:
    """Return a value on the scale of charts: percentages for shares."""
    if value is None:
        return None
    return float(value) * (100 if metric.unit == Unit.SHARE else 1)


def change(metric: Metric, now: Number, before: Number) -> tuple[str, str]:
    """Return (text, tone) of the difference between two values."""
    if now is None or before is None:
        return formats.NOTHING, ""
    difference = float(now) - float(before)
    if metric.unit == Unit.SHARE:
        text = _("%(n)s pt") % {"n": _signed(difference * 100, 1 if _coarse(now) else 2)}
    else:
        text = _signed(difference, 0 if abs(difference) >= 100 else 1)
    if not any(digit in text for digit in "123456789"):
        return text, ""
    better = (difference > 0) == metric.higher_is_better
    return text, "better" if better else "worse"


def _coarse(value: Number) -> bool:
    return value is None or float(value) <= 0.99


def _signed(value: float, places: int) -> str:
    return f"{value:+.{places}f}".replace("-", "−")


def heat(metric: Metric, figure: Figure, target: Number) -> str:
    """Return the heat class: how far from the target, and whether chance could explain it.

    Only a figure whose whole range lies beyond the target is coloured fully.
    """
    if figure.value is None or figure.is_few or target is None:
        return ""
    low, high, aim = figure.low or 0, figure.high or 0, float(target)
    if metric.is_sum:
        # A sum has no range: nothing says that chance could not explain it.
        low = high = aim
    if not metric.higher_is_better:
        low, high, aim = -high, -low, -aim
    value = figure.value if metric.higher_is_better else -figure.value
    if value >= aim:
        return "heat-1" if low > aim else "heat-2"
    return "heat-5" if high < aim else "heat-4"


def range_text(metric: Metric, figure: Figure) -> str:
    """Return the 95 % range in words."""
    if figure.low is None:
        return ""
    ends = {"low": show(metric, figure.low), "high": show(metric, figure.high)}
    return _("95 %% range %(low)s to %(high)s") % ends


def range_ends(metric: Metric, figure: Figure) -> str:
    """Return the ends of the 95 % range."""
    if figure.low is None:
        return ""
    return f"{show(metric, figure.low)} – {show(metric, figure.high)}"


def bullet_scale(metric: Metric, value: Number, target: Number) -> dict[str, Any]:
    """Return the ends of a bullet: shares near 100 % are drawn from a named starting point."""
    aim = float(target) if target is not None else 1.0
    if metric.unit == Unit.SHARE:
        room = max(1 - aim, 0.0005) * 4 if aim < 1 else 0.2
        low = max(0.0, 1 - room)
        if value is not None and float(value) < low + room / 4:
            low = max(0.0, float(value) - room / 4)
        return {"low": low, "high": 1.0, "bands": (low + (aim - low) / 2, aim)}
    high = max(aim * 2, float(value or 0) * 1.1, 1e-9)
    return {"low": 0.0, "high": high, "bands": (aim, aim + (high - aim) / 2)}
