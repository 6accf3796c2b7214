"""The papers as PDF: a label of 100 × 150 mm, and sheets of A5. The face is embedded."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from courierqa.core.printing import codes
from courierqa.core.printing.fonts import BOLD, REGULAR, drawable, register
from shipments.reports.content import Label, Sheet

LABEL = (100 * mm, 150 * mm)
EDGE = 5 * mm
MARGIN = 14 * mm


def _canvas(out: BytesIO, size: tuple[float, float], title: str) -> Canvas:
    register()
    canvas = Canvas(out, pagesize=size, initialFontName=REGULAR, lang=get_language() or "zh-hans")
    canvas.setTitle(drawable(title))
    return canvas


def bars(canvas: Canvas, text: str, x: float, y: float, width: float, height: float) -> None:
    """Draw a Code 128 between x and x + width, its quiet zones included."""
    drawn, modules = codes.code128(text)
    step = width / (modules + 2 * codes.QUIET_BARS)
    for place, wide in drawn:
        left = x + (codes.QUIET_BARS + place) * step
        canvas.rect(left, y, wide * step, height, stroke=0, fill=1)


def square(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Draw a QR code into a square, its quiet zone included."""
    rows = codes.qr(text)
    step = size / (len(rows) + 2 * codes.QUIET_MODULES)
    top = y + size - codes.QUIET_MODULES * step
    for line, row in enumerate(rows):
        for place, dark in enumerate(row):
            if dark:
                left = x + (codes.QUIET_MODULES + place) * step
                canvas.rect(left, top - (line + 1) * step, step, step, stroke=0, fill=1)


class _Pen:
    """Writes lines from the top down."""

    def __init__(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        self.canvas, self.x, self.y, self.width = canvas, x, y, width

    def text(
        self, words: str, size: float, *, bold: bool = False, lines: int = 3, x: float = 0,
        width: float | None = None,
    ) -> None:  # fmt: skip
        face = BOLD if bold else REGULAR
        space = width or self.width - x
        for line in wrapped(drawable(words), face, size, space)[:lines]:
            self.y -= size * 1.25
            self.canvas.setFont(face, size)
            self.canvas.drawString(self.x + x, self.y, line)

    def rule(self, gap: float = 4) -> None:
        self.y -= gap
        self.canvas.setLineWidth(0.8)
        self.canvas.line(self.x, self.y, self.x + self.width, self.y)
        self.y -= gap / 2


def wrapped(words: str, face: str, size: float, width: float) -> list[str]:
    """Break a text into lines; Chinese has no spaces, so a long run breaks anywhere."""
    found: list[str] = []
    for line in simpleSplit(words, face, size, width) or [""]:
        found.extend(_pieces(line, face, size, width))
    return found


def _pieces(line: str, face: str, size: float, width: float) -> list[str]:
    pieces, held = [], ""
    for sign in line:
        if held and stringWidth(held + sign, face, size) > width:
            pieces.append(held)
            held = ""
        held += sign
    return [*pieces, held]


def label_pdf(label: Label) -> bytes:
    """Return the label as PDF."""
    out = BytesIO()
    canvas = _canvas(out, LABEL, label.waybill)
    width, height = LABEL
    pen = _Pen(canvas, EDGE, height - EDGE, width - 2 * EDGE)
    pen.text(f"{label.company}    {label.product}", 10, bold=True, lines=1)
    pen.text(label.route_code, 26, bold=True, lines=1)
    pen.text(f"{label.origin} → {label.destination}", 10, lines=1)
    pen.rule()
    pen.y -= 16 * mm
    bars(canvas, label.waybill, EDGE, pen.y, pen.width, 15 * mm)
    _centred(canvas, " ".join(_fours(label.waybill)), width / 2, pen.y - 12, 11)
    pen.y -= 15
    pen.rule()
    _party(pen, _RECIPIENT, label.recipient, 13)
    _party(pen, _SENDER, label.sender, 9)
    pen.rule()
    _boxes(canvas, label.marks, EDGE, pen, 12)
    bottom = pen.y
    square(canvas, label.link, width - EDGE - 30 * mm, EDGE, 30 * mm)
    pen.width, pen.y = pen.width - 32 * mm, min(bottom, 50 * mm)
    for name, value in label.extra:
        pen.text(f"{name}  {value}", 9, lines=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


_RECIPIENT, _SENDER = "recipient", "sender"


def _fours(text: str) -> list[str]:
    return [text[place : place + 4] for place in range(0, len(text), 4)]


def _centred(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    canvas.setFont(REGULAR, size)
    canvas.drawCentredString(x, y, drawable(text))


def _party(pen: _Pen, who: str, lines: Sequence[str], size: float) -> None:
    head = _("Deliver to") if who == _RECIPIENT else _("Sent from")
    start = pen.y
    pen.text(head, 9, bold=True, lines=1)
    pen.y = start
    for line in lines:
        pen.text(line, size, x=20 * mm, lines=2)
    pen.y = min(pen.y, start - 14) - 4


def _boxes(canvas: Canvas, marks: Sequence[str], x: float, pen: _Pen, size: float) -> None:
    """Draw each mark in its own frame; the frames follow each other and wrap."""
    left, right = x, x + pen.width
    if marks:
        pen.y -= size + 12
    for mark in marks:
        wide = stringWidth(drawable(mark), BOLD, size) + 12
        if left + wide > right:
            left, pen.y = x, pen.y - size - 12
        canvas.setLineWidth(1.4)
        canvas.rect(left, pen.y, wide, size + 8, stroke=1, fill=0)
        canvas.setFont(BOLD, size)
        canvas.drawString(left + 6, pen.y + 5, drawable(mark))
        left += wide + 6
    if marks:
        pen.y -= 4


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return a slip, a receipt or a notice as PDF."""
    out = BytesIO()
    canvas = _canvas(out, A5, f"{sheet.title} {sheet.number}")
    width, height = A5
    pen = _Pen(canvas, MARGIN, height - MARGIN, width - 2 * MARGIN)
    pen.text(sheet.company, 9, lines=1)
    pen.text(sheet.title, 18, bold=True, lines=1)
    pen.text(sheet.number, 10, lines=1)
    if sheet.code:
        pen.y -= 15 * mm
        bars(canvas, sheet.code, MARGIN, pen.y, pen.width * 0.72, 13 * mm)
    if sheet.link:
        square(canvas, sheet.link, width - MARGIN - 24 * mm, height - MARGIN - 36 * mm, 24 * mm)
    pen.rule(8)
    for name, value in sheet.rows:
        _row(pen, name, value)
    pen.rule(6)
    _boxes(canvas, sheet.marks, MARGIN, pen, 11)
    for note in sheet.notes:
        pen.text(note, 9, lines=3)
    _signatures(canvas, sheet.signs, width)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _row(pen: _Pen, name: str, value: str) -> None:
    start = pen.y
    pen.text(name, 9, lines=2, width=30 * mm)
    lower, pen.y = pen.y, start
    pen.text(value, 10, x=33 * mm, lines=4)
    pen.y = min(pen.y, lower) - 3


def _signatures(canvas: Canvas, signs: Sequence[str], width: float) -> None:
    if not signs:
        return
    space = (width - 2 * MARGIN) / len(signs)
    for place, name in enumerate(signs):
        left = MARGIN + place * space
        canvas.setLineWidth(0.8)
        canvas.line(left, MARGIN + 4, left + space - 12, MARGIN + 4)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(left, MARGIN - 6, drawable(name))
