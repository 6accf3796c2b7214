"""The sheet papers are printed on: running head, page numbers, styles, Markdown as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from courierqa.core.printing.fonts import BOLD, REGULAR, drawable, register

MARGIN = 18 * mm
INK, HINT, LINE, SOFT = (colors.HexColor(code) for code in ("#14202B", "#586775", "#CBD3DA",
                                                            "#F4F6F8"))  # fmt: skip
WIDTH = A4[0] - 2 * MARGIN


@dataclass(frozen=True)
class Head:
    """What stands on every page: the running head at both sides, and the foot."""

    title: str
    left: str
    right: str
    foot: str


@lru_cache(maxsize=1)
def styles() -> dict[str, ParagraphStyle]:
    """Return the styles of a paper."""
    register()
    plain = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=16, textColor=INK,
                           spaceAfter=5, alignment=TA_LEFT, wordWrap="CJK")  # fmt: skip

    def bold(name: str, size: int, before: int) -> ParagraphStyle:
        return ParagraphStyle(name, plain, fontName=BOLD, fontSize=size, leading=size * 1.45,
                              spaceBefore=before, spaceAfter=4, keepWithNext=1)  # fmt: skip

    return {
        "body": plain, "title": bold("title", 18, 0), "h1": bold("h1", 15, 10),
        "h2": bold("h2", 13, 10), "h3": bold("h3", 11, 8),
        "cell": ParagraphStyle("cell", plain, fontSize=9, leading=14, spaceAfter=0),
        "head": ParagraphStyle("head", plain, fontName=BOLD, fontSize=9, leading=14, spaceAfter=0),
        "hint": ParagraphStyle("hint", plain, fontSize=9, leading=14, textColor=HINT),
        "item": ParagraphStyle("item", plain, leftIndent=12, bulletIndent=2, spaceAfter=2),
    }  # fmt: skip


def words(text: object, style: str = "body") -> Paragraph:
    """Return recorded text as a paragraph; nothing in it is markup."""
    return Paragraph(escape(drawable(text)).replace("\n", "<br/>"), styles()[style])


def facts(rows: Sequence[tuple[str, object]]) -> Table:
    """Return names and values beside each other."""
    body = [[words(name, "head"), words(value, "cell")] for name, value in rows]
    return _ruled(Table(body, colWidths=[38 * mm, WIDTH - 38 * mm]))


def table(head: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Table:
    """Return a table whose head is repeated on every page; widths in parts of the page."""
    body = [[words(cell, "head") for cell in head]]
    body += [[words(cell, "cell") for cell in row] for row in rows]
    whole = sum(widths)
    made = Table(body, colWidths=[WIDTH * part / whole for part in widths], repeatRows=1)
    made.setStyle([("BACKGROUND", (0, 0), (-1, 0), SOFT)])
    return _ruled(made)


def _ruled(made: Table) -> Table:
    made.setStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ])  # fmt: skip
    return made


def markdown(text: str) -> list[Flowable]:
    """Return a Markdown text as paragraphs, lists and tables; links are printed as their words."""
    return _Story().told(MarkdownIt("commonmark", {"html": False}).enable("table").parse(text))


class _Story:
    """Turns the tokens of a text into what is printed, one after the other."""

    def __init__(self) -> None:
        self.made: list[Flowable] = []
        self.style, self.bullet = "body", ""
        # One number for each list we are in, -1 for lists without numbers; rows of a table.
        self.lists: list[int] = []
        self.rows: list[list[str]] | None = None

    def told(self, tokens: Iterable[Any]) -> list[Flowable]:
        for token in tokens:
            if token.type == "inline":
                self._line(token)
            elif token.type.startswith("heading_open"):
                self.style = f"h{min(int(token.tag[1]), 3)}"
            elif "list" in token.type:
                self._list(token.type)
            elif token.type in ("table_open", "tr_open", "table_close"):
                self._table(token.type)
            elif token.type in ("fence", "code_block"):
                self.made.append(words(token.content))
        return self.made

    def _line(self, token: Any) -> None:
        if self.rows is not None:
            self.rows[-1].append("".join(one.content for one in token.children or []))
            return
        style = styles()[self.style]
        self.made.append(Paragraph(_marked(token), style, bulletText=self.bullet or None))
        self.style, self.bullet = ("item", "") if self.lists else ("body", "")

    def _list(self, kind: str) -> None:
        if kind == "list_item_open":
            self.style, self.bullet = "item", "•"
            if self.lists[-1] >= 0:
                self.lists[-1] += 1
                self.bullet = f"{self.lists[-1]}."
        elif kind == "list_item_close":
            self.style, self.bullet = "body", ""
        elif kind.endswith("_open"):
            self.lists.append(0 if kind.startswith("ordered") else -1)
        else:
            self.lists.pop()

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self.rows = []
        elif kind == "tr_open" and self.rows is not None:
            self.rows.append([])
        elif self.rows:
            head, *body = self.rows
            self.made += [table(head, body, [1] * len(head)), Spacer(1, 6)]
            self.rows = None


def _marked(token: Any) -> str:
    """Return the line with bold words kept; everything else is plain."""
    tags = {"strong_open": "<b>", "strong_close": "</b>", "softbreak": "<br/>",
            "hardbreak": "<br/>"}  # fmt: skip
    return "".join(
        tags[one.type] if one.type in tags else escape(drawable(one.content))
        for one in token.children or []
    )


def printed(head: Head, story: list[Flowable]) -> bytes:
    """Return the paper as PDF."""
    register()
    out = BytesIO()
    paper = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=26 * mm,
        bottomMargin=22 * mm, title=drawable(head.title), author=_company(),
        lang=get_language() or "zh-hans", initialFontName=REGULAR,
    )  # fmt: skip

    class Numbered(_Counting):
        frame = head

    paper.build(story, canvasmaker=Numbered)
    return out.getvalue()


def _company() -> str:
    names = settings.COMPANY_NAME
    return str(names["en" if (get_language() or "").startswith("en") else "zh-hans"])


class _Counting(Canvas):
    """Draws head and foot when the number of pages is known."""

    frame: Head

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for place, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            self._frame(place, len(self._kept))
            super().showPage()
        super().save()

    def _frame(self, place: int, pages: int) -> None:
        width, height = A4
        self.setFont(REGULAR, 9)
        self.setFillColor(HINT)
        self.drawString(MARGIN, height - 15 * mm, drawable(f"{_company()} · {self.frame.left}"))
        self.drawRightString(width - MARGIN, height - 15 * mm, drawable(self.frame.right))
        self.setStrokeColor(LINE)
        self.line(MARGIN, height - 18 * mm, width - MARGIN, height - 18 * mm)
        self.line(MARGIN, 16 * mm, width - MARGIN, 16 * mm)
        self.drawString(MARGIN, 11 * mm, drawable(self.frame.foot))
        where = _("Page %(n)s of %(all)s") % {"n": place, "all": pages}
        self.drawRightString(width - MARGIN, 11 * mm, where)
