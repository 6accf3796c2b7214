"""The two verdict signs with their words: is it changing, is the target within reach?"""

from __future__ import annotations

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, PolyLine, String
from reportlab.lib.colors import Color

from kpi.reports.fonts import BOLD
from kpi.reports.styles import ASSURED, SAME, TONES

SIZE = 15
MIDDLE = SIZE / 2


def variation_glyph(variation: str, side: str) -> Drawing:
    """A circle with H or L and two end dots; a wave when there is no signal."""
    drawing = Drawing(SIZE, SIZE)
    tone = TONES[variation]
    if not side:
        drawing.add(_wave())
        return drawing
    drawing.add(Circle(MIDDLE, MIDDLE, 6.2, fillColor=None, strokeColor=tone, strokeWidth=1.2))
    drawing.add(_letter(side, tone, x=6))
    height = MIDDLE + 3.4 if side == "H" else MIDDLE - 3.4
    step = -1.6 if side == "H" else 1.6
    drawing.add(Circle(12.9, height, 1.5, fillColor=tone, strokeColor=None))
    drawing.add(Circle(10.2, height + step, 1.2, fillColor=tone, strokeColor=None))
    return drawing


def assurance_glyph(assurance: str) -> Drawing:
    """A circle with P, ? or F; the line is the target, below, through or above it."""
    drawing = Drawing(SIZE, SIZE)
    if assurance == "none":
        drawing.add(Line(4, MIDDLE, 11, MIDDLE, strokeColor=SAME, strokeWidth=1.2))
        return drawing
    tone = ASSURED[assurance]
    letter, height = {"pass": ("P", 0.6), "hit_or_miss": ("?", MIDDLE), "fail": ("F", 14.4)}[
        assurance
    ]
    drawing.add(Circle(MIDDLE, MIDDLE, 5.4, fillColor=None, strokeColor=tone, strokeWidth=1.2))
    drawing.add(_letter(letter, tone, x=MIDDLE))
    dash = [1.5, 1.5]
    if assurance == "hit_or_miss":
        for start, end in ((0, 2), (13, 15)):
            drawing.add(Line(start, height, end, height, strokeColor=tone, strokeWidth=1))
    else:
        drawing.add(
            Line(0, height, SIZE, height, strokeColor=tone, strokeWidth=1, strokeDashArray=dash)
        )
    return drawing


def _letter(letter: str, tone: Color, *, x: float) -> String:
    return String(
        x, MIDDLE - 2.7, letter, fontName=BOLD, fontSize=7.5, fillColor=tone, textAnchor="middle"
    )


def _wave() -> Group:
    group = Group()
    points = [1, 7, 3, 9.5, 5, 9.5, 7.5, 7.5, 10, 5.5, 12, 5.5, 14, 8]
    group.add(PolyLine(points, strokeColor=SAME, strokeWidth=1.3))
    return group
