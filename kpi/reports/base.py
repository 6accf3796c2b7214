"""The frame of every report: page furniture, bookmarks, document facts, repeatable bytes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from kpi.reports import fonts
from kpi.reports.styles import HAIR, HINT, MARGIN, TEXT2, WATERMARK, WIDTH

HEAD, FOOT = 12 * mm, 12 * mm


@dataclass(frozen=True)
class Furniture:
    """What stands on every page, ready to print."""

    language: str
    title: str
    author: str
    subject: str
    keywords: str
    head_left: str
    head_right: str
    foot_left: str
    page_of: str  # "%(page)s / %(pages)s" in the report's language
    watermark: str = ""


class Outlined(Paragraph):
    """A heading that also stands in the bookmarks."""

    def __init__(self, text: str, style: object, *, level: int, plain: str, key: str) -> None:
        super().__init__(text, style)
        self.level, self.plain, self.key = level, plain, key


class _Numbered(Canvas):
    """Prints "page x of y" although y is known at the end only: the line is a form drawn then."""

    def __init__(self, *arguments: Any, page_of: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.page_of = page_of

    def place_number(self) -> None:
        self.doForm(_number_form(self.getPageNumber()))

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(_number_form(page), 0, 0, *A4)
            self.setFont(fonts.REGULAR, 7.5)
            self.setFillColor(HINT)
            text = self.page_of % {"page": page, "pages": pages}
            self.drawRightString(A4[0] - MARGIN, MARGIN, text)
            self.endForm()
        super().save()


def _number_form(page: int) -> str:
    return f"number-{page}"


class _Document(BaseDocTemplate):
    """Prints the furniture and collects bookmarks."""

    def __init__(self, target: BytesIO, furniture: Furniture) -> None:
        self.furniture = furniture
        super().__init__(
            target,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            title=furniture.title,
            author=furniture.author,
            subject=furniture.subject,
            keywords=furniture.keywords,
            creator="CourierQA",
            lang=furniture.language,
            # No dates, no random numbers: the same content gives the same bytes.
            invariant=1,
        )
        height = A4[1] - 2 * MARGIN - HEAD - FOOT
        frame = Frame(MARGIN, MARGIN + FOOT, WIDTH, height, 0, 0, 0, 0, id="body")
        self.addPageTemplates(
            [
                PageTemplate("cover", [frame], onPage=self._cover),
                PageTemplate("page", [frame], onPage=self._page),
            ]
        )

    def _cover(self, canvas: _Numbered, _document: object) -> None:
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()
        self._watermark(canvas)
        self._foot(canvas)

    def _page(self, canvas: _Numbered, _document: object) -> None:
        self._watermark(canvas)
        self._head(canvas)
        self._foot(canvas)

    def _watermark(self, canvas: Canvas) -> None:
        if not self.furniture.watermark:
            return
        canvas.saveState()
        canvas.setFont(fonts.BOLD, 84)
        canvas.setFillColor(WATERMARK)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -20, self.furniture.watermark)
        canvas.restoreState()

    def _head(self, canvas: Canvas) -> None:
        y = A4[1] - MARGIN
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, 8)
        canvas.setFillColor(TEXT2)
        canvas.drawString(MARGIN, y, self.furniture.head_left)
        canvas.drawRightString(A4[0] - MARGIN, y, self.furniture.head_right)
        self._rule(canvas, y - 3 * mm)

    def _foot(self, canvas: _Numbered) -> None:
        y = MARGIN
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, 7.5)
        canvas.setFillColor(HINT)
        canvas.drawString(MARGIN, y, self.furniture.foot_left)
        canvas.place_number()
        self._rule(canvas, y + 4 * mm)

    def _rule(self, canvas: Canvas, y: float) -> None:
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, y, A4[0] - MARGIN, y)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:
        """Bookmark headings where they came to stand."""
        if isinstance(flowable, Outlined):
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.plain, flowable.key, flowable.level, closed=0)


class Report(ABC):
    """A report is a story and its furniture; `to_pdf` prints it. Subclasses hold the values."""

    @abstractmethod
    def furniture(self) -> Furniture:
        """Return what stands on every page."""

    @abstractmethod
    def story(self) -> Sequence[Flowable]:
        """Return the flowables, anew at each call: printing uses them up."""

    def to_pdf(self) -> bytes:
        """Print it; the same values give the same bytes."""
        fonts.register()
        target, furniture = BytesIO(), self.furniture()
        maker = partial(_Numbered, page_of=furniture.page_of)
        _Document(target, furniture).build(list(self.story()), canvasmaker=maker)
        return target.getvalue()
