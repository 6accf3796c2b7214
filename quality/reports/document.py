"""One version of a document on paper, with its number, version and owner on every page."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, Spacer

from courierqa.core import formats
from courierqa.core.formats import is_english
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentVersion
from quality.reports.paper import Head, facts, markdown, printed, words


def document_pdf(
    row: Document, shown: DocumentVersion, *, text: str, printed_at: datetime, by: str
) -> bytes:
    """Return a version as PDF; a paper says that only the page on screen is sure to hold."""
    title = row.title_en if is_english() and row.title_en else row.title
    version = _("version %(n)s") % {"n": shown.version}
    head = Head(
        title=f"{row.number} {title}", left=f"{row.number} {title}",
        right=f"{version} · {shown.get_status_display()}",
        foot=_("Printed %(at)s by %(name)s. Whether it still holds is said by the product")
        % {"at": formats.moment(printed_at), "name": by},
    )  # fmt: skip
    story: list[Flowable] = [words(f"{row.number}　{title}", "title"), Spacer(1, 4)]
    story += [facts(_facts(row, shown, version)), Spacer(1, 10)]
    if shown.status not in (V.EFFECTIVE, V.APPROVED):
        story.append(words(_("This version is not in force"), "h3"))
    return printed(head, story + markdown(text))


def _facts(row: Document, shown: DocumentVersion, version: str) -> list[tuple[str, object]]:
    approved = f"{shown.approved_by}　{formats.moment(shown.approved_at)}"
    return [
        (pgettext("document", "Level"), row.get_level_display()),
        (pgettext("document", "Category"), row.get_category_display()),
        (_("Version"), f"{version} · {shown.get_status_display()}"),
        (_("In force from"), formats.day(shown.effective_on)),
        (_("Who explains it"), row.owner.name),
        (pgettext("document", "Written by"), shown.author),
        (pgettext("document", "Approved by"), approved if shown.approved_by else formats.NOTHING),
        (pgettext("version", "What changed"), shown.change or formats.NOTHING),
    ]  # fmt: skip
