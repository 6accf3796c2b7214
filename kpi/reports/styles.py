"""Type and colour of the report. Every state has a shape and a word; grey print loses nothing."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from kpi.reports.fonts import BOLD, REGULAR

MARGIN = 18 * mm
WIDTH = 210 * mm - 2 * MARGIN

INK, TEXT2, HINT = HexColor("#14202B"), HexColor("#3D4B57"), HexColor("#586775")
ACTION, BETTER, WORSE = HexColor("#00635A"), HexColor("#0067A3"), HexColor("#B84300")
SAME, CHANGED = HexColor("#66747F"), HexColor("#6A3D9A")
BETTER_SOFT, WORSE_SOFT = HexColor("#DDEEF9"), HexColor("#FDE7DB")
HAIR, BAND, PAPER = HexColor("#CBD3DA"), HexColor("#F4F6F8"), HexColor("#FFFFFF")
HEAD = HexColor("#E8EDF1")
WATERMARK = Color(0.08, 0.13, 0.17, alpha=0.07)
TONES = {"concern": WORSE, "improvement": BETTER, "change": CHANGED, "none": SAME}
ASSURED = {"pass": BETTER, "fail": WORSE, "hit_or_miss": SAME, "none": SAME}


def styles(language: str) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles; Chinese lines break between characters."""
    wrap = "CJK" if language.startswith("zh") else None
    body = ParagraphStyle(
        "body", fontName=REGULAR, fontSize=10, leading=16, textColor=INK, wordWrap=wrap,
        spaceAfter=6, bulletFontName=REGULAR,
    )  # fmt: skip

    def style(name: str, **changes: object) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    made = [
        body,
        style("h1", fontName=BOLD, fontSize=17, leading=24, spaceBefore=22, spaceAfter=4,
              keepWithNext=1),
        style("h2", fontName=BOLD, fontSize=12, leading=18, spaceBefore=10, spaceAfter=3,
              keepWithNext=1),
        style("lead", fontSize=10, leading=15, textColor=TEXT2, spaceAfter=10),
        style("small", fontSize=8, leading=12, textColor=HINT, spaceBefore=4, spaceAfter=4),
        style("under", fontSize=7.5, leading=10, textColor=HINT, spaceAfter=2),
        style("note", fontSize=8.5, leading=13, textColor=TEXT2, spaceAfter=4),
        style("cell", fontSize=8.5, leading=11.5, spaceAfter=0),
        style("cell_bold", fontName=BOLD, fontSize=8.5, leading=12, spaceAfter=0),
        style("cell_hint", fontSize=7.5, leading=11, textColor=HINT, spaceAfter=0),
        style("number", fontSize=8.5, leading=11.5, alignment=TA_RIGHT, spaceAfter=0),
        style("number_bold", fontName=BOLD, fontSize=8.5, leading=12, alignment=TA_RIGHT,
              spaceAfter=0),
        style("line", fontSize=7.5, leading=10, spaceAfter=0),
        style("line_bold", fontName=BOLD, fontSize=7.5, leading=10, spaceAfter=0),
        style("line_number", fontSize=7.5, leading=10, alignment=TA_RIGHT, spaceAfter=0),
        style("line_number_bold", fontName=BOLD, fontSize=7.5, leading=10, alignment=TA_RIGHT,
              spaceAfter=0),
        style("line_hint", fontSize=7, leading=9, textColor=HINT, spaceAfter=0),
        style("tiny", fontSize=7, leading=9, spaceAfter=0),
        style("least", fontSize=6.5, leading=8.2, spaceAfter=0),
        style("least_right", fontSize=6.5, leading=8, alignment=TA_RIGHT, spaceAfter=0),
        style("tiny_hint", fontSize=6, leading=7.5, textColor=HINT, alignment=TA_RIGHT,
              spaceAfter=0),
        style("tiny_right", fontSize=7, leading=9, alignment=TA_RIGHT, spaceAfter=0),
        style("tiny_head", fontName=BOLD, fontSize=7, leading=9, textColor=TEXT2, spaceAfter=0),
        style("tiny_head_right", fontName=BOLD, fontSize=7, leading=9, textColor=TEXT2,
              alignment=TA_RIGHT, spaceAfter=0),
        style("head", fontName=BOLD, fontSize=8, leading=11, textColor=TEXT2, spaceAfter=0),
        style("head_right", fontName=BOLD, fontSize=8, leading=11, textColor=TEXT2, spaceAfter=0,
              alignment=TA_RIGHT),
        style("cover_company", fontName=BOLD, fontSize=13, leading=20, textColor=ACTION),
        style("cover_title", fontName=BOLD, fontSize=32, leading=44, spaceAfter=2),
        style("cover_month", fontSize=20, leading=30, textColor=TEXT2, spaceAfter=14),
        style("tile_value", fontName=BOLD, fontSize=19, leading=25, spaceAfter=0),
        style("hint_right", fontSize=7, leading=9, textColor=HINT, alignment=TA_RIGHT,
              spaceAfter=0),
        style("twin", fontSize=7, leading=9.5, textColor=TEXT2, alignment=TA_RIGHT, spaceAfter=0,
              wordWrap=None),
        style("twin_head", fontName=BOLD, fontSize=7, leading=9.5, textColor=TEXT2, spaceAfter=0),
        style("mono", fontSize=8, leading=12, spaceAfter=0),
    ]  # fmt: skip
    return {one.name: one for one in made}
