"""The plotting area shared by the charts: scales, grid, labels that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.graphics.shapes import Drawing, Line, PolyLine, String
from reportlab.lib.colors import Color

from kpi.reports.fonts import BOLD, REGULAR
from kpi.reports.styles import HAIR, HINT, INK

LABEL = 7.5


@dataclass
class Plot:
    """A drawing with a data window; `x` and `y` turn values into points."""

    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    left: float = 40
    right: float = 8
    bottom: float = 22
    top: float = 8
    drawing: Drawing = field(init=False)

    def __post_init__(self) -> None:
        self.drawing = Drawing(self.width, self.height)

    @property
    def x_end(self) -> float:
        return self.width - self.right

    def x(self, value: float) -> float:
        """Return where a value lies across."""
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * (self.x_end - self.left)

    def y(self, value: float) -> float:
        """Return where a value lies upwards."""
        low, high = self.y_range
        return self.bottom + (value - low) / (high - low) * (self.height - self.top - self.bottom)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        color: Color = INK,
        width: float = 1,
        dash: list[int] | None = None,
    ) -> None:
        """Draw a line through value points."""
        if len(points) < 2:
            return
        flat = [place for x, y in points for place in (self.x(x), self.y(y))]
        self.drawing.add(PolyLine(flat, strokeColor=color, strokeWidth=width, strokeDashArray=dash))

    def level(
        self,
        value: float,
        *,
        color: Color,
        width: float = 0.8,
        dash: list[int] | None = None,
        until: float | None = None,
    ) -> None:
        """Draw a horizontal line at a value."""
        y, end = self.y(value), self.x_end if until is None else until
        self.drawing.add(
            Line(self.left, y, end, y, strokeColor=color, strokeWidth=width, strokeDashArray=dash)
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        color: Color = HINT,
        anchor: str = "start",
        size: float = LABEL,
        bold: bool = False,
    ) -> None:
        """Write at a place given in points."""
        self.drawing.add(
            String(
                x,
                y,
                text,
                fontName=BOLD if bold else REGULAR,
                fontSize=size,
                fillColor=color,
                textAnchor=anchor,
            )
        )

    def rows(self, show: Callable[[float], str], *, wanted: int = 4) -> None:
        """Draw the light horizontal grid with its values."""
        for value in ticks(*self.y_range, wanted=wanted):
            self.level(value, color=HAIR, width=0.4)
            self.text(self.left - 5, self.y(value) - 2.6, show(value), anchor="end")


def ticks(low: float, high: float, *, wanted: int = 4) -> list[float]:
    """Return round values inside a range."""
    raw = (high - low) / max(wanted, 1)
    power = 10 ** math.floor(math.log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def padded(values: Sequence[float], *, share: float = 0.12) -> tuple[float, float]:
    """Return a range that holds the values with air above and below."""
    low, high = min(values), max(values)
    air = (high - low) * share or max(abs(high) * 0.01, 0.5)
    return low - air, high + air


def spread_labels(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Move label heights apart until none overlaps, staying as near as possible."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed = [wanted[place] for place in order]
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + gap)
    overflow = placed[-1] - high if placed else 0
    if overflow > 0:
        placed[-1] -= overflow
        for place in range(len(placed) - 2, -1, -1):
            placed[place] = min(placed[place], placed[place + 1] - gap)
    result = [0.0] * len(wanted)
    for place, height in zip(order, placed, strict=True):
        result[place] = max(height, low)
    return result
