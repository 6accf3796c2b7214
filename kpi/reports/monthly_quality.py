"""The monthly service quality report: the frozen content of a month as a PDF in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.base import Furniture, Report
from kpi.reports.content import Content, Edition, read_content
from kpi.reports.parts import Pages
from kpi.reports.sections import (
    appendix,
    changes,
    complaints,
    cover,
    figures,
    improving,
    method,
    money,
    people,
    safety,
    signing,
    sites,
    summary,
    times,
    trends,
)
from kpi.reports.stamp import write_stamp

LANGUAGES = {"zh": "zh-hans", "en": "en"}
SHORT = {code: short for short, code in LANGUAGES.items()}
TAGS = {"zh-hans": "zh-CN", "en": "en-GB"}


@dataclass
class MonthlyQuality(Report):
    """The report of one month. Build it inside the language it is printed in."""

    content: Content
    edition: Edition
    language: str

    def furniture(self) -> Furniture:
        """Return running head, foot and document facts."""
        pages = Pages(self.content, self.edition, self.language)
        company, month = pages.local(self.content.company), numbers.month_name(self.content.period)
        edition = self.edition
        title = _("Service quality report %(month)s") % {"month": month}
        if self.content.site:
            title = f"{title} · {pages.local(self.content.site['names'])}"
        return Furniture(
            language=TAGS[self.language],
            title=f"{company} · {title}",
            author=company,
            subject=cover.status(pages),
            keywords=write_stamp(self.content.period, edition, SHORT[self.language]),
            head_left=f"{company}  ·  {title}",
            head_right=cover.status(pages),
            foot_left=_("Version %(version)s  ·  Data as of %(moment)s  ·  SHA-256 %(hash)s")
            % {
                "version": edition.version,
                "moment": formats.moment(self.content.as_of),
                "hash": edition.sha256[:16],
            },
            page_of=_("Page %(page)s of %(pages)s"),
            watermark="" if edition.is_final else _("DRAFT"),
        )

    def story(self) -> list[Flowable]:
        """Return all pages, anew at each call."""
        pages = Pages(self.content, self.edition, self.language)
        body: list[Flowable] = [NextPageTemplate("page"), *cover.cover(pages)]
        for part, room in PARTS:
            flowables = part(pages)
            if flowables:
                body += [_break(room), *flowables]
        return body


def _break(room: float) -> Flowable:
    """Begin a new page, or go on with this one while it still has `room`."""
    return CondPageBreak(room) if room else PageBreak()


# Each part, and the room it needs to begin on a page that is already in use (0: never does).
PARTS = (
    (changes.changes, 0),
    (summary.summary, 0),
    (figures.figures, 70 * mm),
    (trends.trends, 60 * mm),
    (times.times, 75 * mm),
    (sites.sites, 100 * mm),
    (complaints.complaints, 60 * mm),
    (money.compensation, 60 * mm),
    (people.people, 68 * mm),
    (safety.safety, 62 * mm),
    (improving.improving, 50 * mm),
    (method.method, 50 * mm),
    (appendix.appendix, 45 * mm),
    (signing.sign_off, 100 * mm),
)


def make_pdf(raw: Mapping[str, Any], edition: Edition, *, language: str) -> bytes:
    """Print a snapshot's content in "zh" or "en". The same input gives the same bytes."""
    code = LANGUAGES[language]
    with translation.override(code):
        return MonthlyQuality(read_content(raw), edition, code).to_pdf()
