"""The two faces of printed pages. A character without a glyph stops the build, never vanishes."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from reportlab import rl_config
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.tables import CellStyle

REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
FILES = {REGULAR: "NotoSansSC_400Regular.ttf", BOLD: "NotoSansSC_700Bold.ttf"}
# Drawn as nothing: line ends inside cells, and the no-break space ReportLab maps to a space.
INVISIBLE = frozenset("\n\t\N{NO-BREAK SPACE}")


class MissingGlyph(Exception):
    """A text needs a character the embedded font does not have."""

    def __init__(self, char: str, text: str) -> None:
        super().__init__(f"The embedded font has no glyph for U+{ord(char):04X} in {text[:60]!r}")
        self.char = char


class GuardedFont(TTFont):
    """A face that refuses characters it cannot draw; ReportLab alone drops them silently."""

    def splitString(self, text: str | bytes, doc: object, encoding: str = "utf-8") -> list:
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        known = self.face.charToGlyph
        for char in shown:
            if ord(char) not in known and char not in INVISIBLE:
                raise MissingGlyph(char, shown)
        return super().splitString(text, doc, encoding)


@cache
def register() -> None:
    """Register both faces once per process, and make them the default of every canvas."""
    folder = settings.BASE_DIR / "static" / "vendor" / "fonts"
    for name, file in FILES.items():
        pdfmetrics.registerFont(GuardedFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )
    # Without these ReportLab slips an unembedded Helvetica into every page: canvas, tables and
    # drawings each remember the default they found when they were imported.
    rl_config.canvas_basefontname = REGULAR
    CellStyle.fontname = REGULAR
    STATE_DEFAULTS["fontName"] = REGULAR


def known_characters() -> frozenset[int]:
    """Return the code points both faces can draw."""
    register()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in FILES]
    return frozenset(faces[0]) & frozenset(faces[1])


@cache
def _drawable() -> frozenset[int]:
    return known_characters()


def drawable(text: object) -> str:
    """Return recorded text with each character the font lacks written as its code, [U+1F600].

    Names and causes are typed by people; an emoji in one must neither vanish nor stop the month.
    """
    known = _drawable()
    return "".join(
        char if ord(char) in known or char in INVISIBLE else f"[U+{ord(char):04X}]"
        for char in str(text)
    )
