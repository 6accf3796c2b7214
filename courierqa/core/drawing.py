"""Small drawings inside pages: sparkline and bullet, as SVG without style attributes.

A drawing never stands alone: the number it shows is printed beside it, so each carries a
sentence for screen readers and no axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH, HEIGHT, EDGE = 120, 24, 3
Points = Sequence[float | None]


def _scale(points: Points, target: float | None) -> tuple[float, float]:
    """Return (lowest, span) so that every point and the target fit."""
    seen = [value for value in [*points, target] if value is not None]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    return low, (high - low) or 1.0


def _segments(points: Points, low: float, span: float) -> list[str]:
    """Return one polyline per unbroken run: a missing month is a gap, not a bridge."""
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    runs: list[list[str]] = [[]]
    for place, value in enumerate(points):
        if value is None:
            runs.append([])
            continue
        runs[-1].append(f"{EDGE + place * step:.1f},{_height(value, low, span):.1f}")
    return [" ".join(run) for run in runs if run]


def _height(value: float, low: float, span: float) -> float:
    return EDGE + (HEIGHT - 2 * EDGE) * (1 - (value - low) / span)


def sparkline(points: Points, target: float | None = None, label: str = "") -> SafeString:
    """Draw the run of a figure with its last point and its target line."""
    points = [None if value is None else float(value) for value in points]
    low, span = _scale(points, target)
    lines = format_html_join(
        "",
        '<polyline class="spark-line" points="{}"/>',
        ((run,) for run in _segments(points, low, span)),
    )
    aim = ""
    if target is not None:
        level = f"{_height(target, low, span):.1f}"
        aim = format_html(
            '<line class="spark-target" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            EDGE, WIDTH - EDGE, level, level,
        )  # fmt: skip
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH, HEIGHT, label or _("Course of the last periods"),
        aim, lines, _dot(points, low, span),
    )  # fmt: skip


def _dot(points: Points, low: float, span: float) -> SafeString | str:
    known = [(place, value) for place, value in enumerate(points) if value is not None]
    if not known:
        return ""
    last, value = known[-1]
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    return format_html(
        '<circle class="spark-dot" cx="{}" cy="{}" r="2.5"/>',
        f"{EDGE + last * step:.1f}", f"{_height(value, low, span):.1f}",
    )  # fmt: skip


def bullet(
    value: float | None,
    target: float | None,
    *,
    low: float = 0.0,
    high: float = 1.0,
    bands: Sequence[float] = (),
    higher_is_better: bool = True,
    label: str = "",
) -> SafeString:
    """Draw a bullet graph: bands, bar, target tick (Few 2013)."""
    span = (high - low) or 1.0

    def place(amount: float) -> float:
        return round(max(0.0, min(1.0, (float(amount) - low) / span)) * WIDTH, 1)

    edges = [*(place(band) for band in sorted(bands)), WIDTH]
    shades = format_html_join(
        "", '<rect class="bullet-band bullet-band-{}" x="0" y="4" width="{}" height="16"/>',
        ((len(edges) - turn, edge) for turn, edge in reversed(list(enumerate(edges)))),
    )  # fmt: skip
    return format_html(
        '<svg class="bullet" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH, HEIGHT, label or _("Value against target"), shades,
        _bar(value, target, place, higher_is_better=higher_is_better), _tick(target, place),
    )  # fmt: skip


def _bar(value: Any, target: Any, place: Any, *, higher_is_better: bool) -> SafeString | str:
    if value is None:
        return ""
    missed = target is not None and (value < target if higher_is_better else value > target)
    return format_html(
        '<rect class="bullet-bar{}" x="0" y="9" width="{}" height="6"/>',
        " bullet-missed" if missed else "", place(value),
    )  # fmt: skip


def _tick(target: Any, place: Any) -> SafeString | str:
    if target is None:
        return ""
    spot = min(place(target), WIDTH - 2)
    return format_html('<rect class="bullet-target" x="{}" y="2" width="2" height="20"/>', spot)
