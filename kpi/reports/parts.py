"""Building blocks of a page. Recorded text is escaped and drawn whole; nothing in it is markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table, TableStyle

from kpi.reports.base import Outlined
from kpi.reports.content import Content, Edition, MetricLine, Words
from kpi.reports.fonts import drawable
from kpi.reports.judging import Judged, judge_all
from kpi.reports.styles import BAND, HAIR, HEAD, INK, WIDTH, styles

# A report stays a report: longer lists are cut with a line that says so; the annex holds all rows.
MOST_ROWS = 60
# The room a heading and the first rows of its table need.
BEGUN = 30 * mm
Cell: TypeAlias = str | Flowable


@dataclass
class Pages:
    """The values of one printing and the styles of its language, shared by all sections."""

    content: Content
    edition: Edition
    language: str
    style: dict[str, ParagraphStyle] = field(init=False)
    judged: dict[str, Judged] = field(init=False)
    _keys: int = 0

    def __post_init__(self) -> None:
        self.style = styles(self.language)
        self.judged = judge_all(self.content, language=self.language)

    def local(self, words: Words) -> str:
        """Return recorded words in the report's language, ready to draw."""
        return drawable(words.get(self.language) or next(iter(words.values()), ""))

    def name(self, line: MetricLine) -> str:
        """Return the name of a figure."""
        return line.text("name", self.language)

    def text(self, text: object, style: str = "body") -> Paragraph:
        """Return a paragraph of plain text."""
        return Paragraph(escape(drawable(text)), self.style[style])

    def heading(self, text: str, *, level: int = 0) -> Outlined:
        """Return a heading that also stands in the bookmarks."""
        self._keys += 1
        shown = drawable(text)
        style = self.style["h1" if level == 0 else "h2"]
        return Outlined(escape(shown), style, level=level, plain=shown, key=f"part{self._keys}")

    def begun(self, text: str, *, room: float = BEGUN) -> list[Flowable]:
        """Return the heading of a table that may go on over the page once `room` is left for it.

        A heading that keeps with what follows carries a table that would fit on one page to the
        next and leaves the rest of this one white.
        """
        title = self.heading(text, level=1)
        title.keepWithNext = 0
        return [CondPageBreak(room), title]

    def bullet(self, text: str) -> Paragraph:
        """Return one item of a list."""
        style = ParagraphStyle(
            "bullet", parent=self.style["body"], leftIndent=15, bulletIndent=0, spaceAfter=4
        )
        return Paragraph(escape(drawable(text)), style, bulletText="•")

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        numbers: Sequence[int] = (),
        extra: Sequence[tuple] = (),
        banded: bool = True,
    ) -> Table:
        """Return a table whose head repeats on each page. `numbers` are right-aligned columns."""
        shown = [self.cells(head, numbers, "head", "head_right")]
        shown += [self.cells(row, numbers, "cell", "number") for row in rows]
        whole = _fitted(widths)
        style = [*FRAME, *(BANDS if banded else ()), *extra]
        return Table(shown, colWidths=whole, repeatRows=1, style=TableStyle(style), hAlign="LEFT")

    def compact(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        numbers: Sequence[int] = (),
        extra: Sequence[tuple] = (),
    ) -> Table:
        """Return a table to look things up in: small type, close rows."""
        shown = [self.cells(head, numbers, "tiny_head", "tiny_head_right")]
        shown += [self.cells(row, numbers, "tiny", "tiny_right") for row in rows]
        style = TableStyle([*FRAME, *BANDS, *CLOSE, *extra])
        return Table(shown, colWidths=_fitted(widths), repeatRows=1, style=style, hAlign="LEFT")

    def bounded(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        numbers: Sequence[int] = (),
        most: int = MOST_ROWS,
    ) -> list[Flowable]:
        """Return a table of at most `most` rows, saying how many it leaves to the annex."""
        body: list[Flowable] = [self.table(head, rows[:most], widths, numbers=numbers)]
        if len(rows) > most:
            left = _("%(n)s more rows stand in the data annex.") % {"n": len(rows) - most}
            body.append(self.text(left, "small"))
        return body

    def cells(
        self, row: Sequence[Cell], numbers: Sequence[int], word: str, number: str
    ) -> list[Flowable]:
        return [
            self.text(cell, number if place in numbers else word) if isinstance(cell, str) else cell
            for place, cell in enumerate(row)
        ]


FRAME: tuple[tuple, ...] = (
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("BACKGROUND", (0, 0), (-1, 0), HEAD),
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIR),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
)
CLOSE: tuple[tuple, ...] = (
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
)
BANDS: tuple[tuple, ...] = (("ROWBACKGROUNDS", (0, 1), (-1, -1), (None, BAND)),)


def _fitted(widths: Sequence[float]) -> list[float]:
    """Scale relative widths to the text width."""
    whole = sum(widths)
    return [width * WIDTH / whole for width in widths]


def gap(height: float = 6) -> Spacer:
    """Return empty space."""
    return Spacer(1, height)
