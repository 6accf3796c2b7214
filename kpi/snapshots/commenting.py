"""What people say about the figures of a month: written on drafts, frozen with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, Refusals
from courierqa.core.text import BadText, clean_text
from kpi.models import ReportComment, Snapshot
from kpi.reports.content import read_content
from kpi.reports.judging import Judged, judge_all
from kpi.snapshots import keeping
from kpi.snapshots.words import CODES

LENGTH = 600


class NoDraft(DomainError):
    """There is no draft whose figures could be commented."""

    code = "no_draft"


class Uncommented(DomainError):
    """A figure that got worse, or fails its target, has no comment yet."""

    code = "comment_missing"


def comment(
    *, period: str, site: str = "", code: str = "", text: str, by: Any, at: datetime
) -> ReportComment:
    """Say something about one figure of the newest draft, or about all of it (`code` empty).

    An empty text takes an earlier comment back. Raises NoDraft, and Refusals for what cannot be
    printed.
    """
    return comment_all(period=period, site=site, texts={code: text}, by=by, at=at)[0]


@transaction.atomic
def comment_all(
    *, period: str, site: str = "", texts: Mapping[str, str], by: Any, at: datetime
) -> list[ReportComment]:
    """Say something about several figures of the newest draft: all of it, or nothing.

    Raises NoDraft, and Refusals with one line for each figure whose text cannot be printed.
    """
    draft = keeping.open_draft(period, site)
    if draft is None:
        raise NoDraft(_("There is no draft to comment. Make the report first"), field="comment")
    names = _names(draft)
    if not set(texts) <= set(names):
        raise NoDraft(_("This figure is not in the report"), field="comment", status=404)
    said = _cleaned(texts, names)
    return [
        _keep(draft, ReportComment(period=period, site=site, code=code, text=text, by=by, at=at))
        for code, text in said.items()
    ]


def _names(draft: Snapshot) -> dict[str, str]:
    """Return what can be commented on, by its name in the language of the reader."""
    language = "en" if (get_language() or "").startswith("en") else CODES[0]
    lines = read_content(draft.content).metrics
    named = {line.code: f"{line.code} {line.text('name', language)}" for line in lines}
    return {"": _("The report as a whole"), **named}


def _cleaned(texts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the texts as they are kept; name every figure whose text is refused."""
    kept, refused = {}, []
    for code, text in texts.items():
        field = f"comment-{code or 'all'}"
        try:
            kept[code] = clean_text(text, max_length=LENGTH, field=field, lines=True)
        except BadText as bad:
            said = _("%(figure)s: %(why)s") % {"figure": names[code], "why": bad.message}
            refused.append(BadText(said, code=bad.code, field=field))
    if refused:
        raise Refusals(refused)
    return kept


def _keep(draft: Snapshot, row: ReportComment) -> ReportComment:
    row.save()
    audit.record("report.comment", draft, actor=row.by, at=row.at, fields=[row.code or "all"])
    return row


def comments_of(period: str, site: str = "") -> dict[str, dict[str, str]]:
    """Return the newest comment per figure (the whole report: ""), without those taken back."""
    rows = ReportComment.objects.filter(period=period, site=site).select_related("by")
    newest = {row.code: row for row in rows.order_by("id")}
    return {
        code: {"text": row.text, "by": str(row.by), "at": row.at.isoformat()}
        for code, row in sorted(newest.items())
        if row.text
    }


def uncommented(content: Mapping[str, Any]) -> list[Judged]:
    """Return the figures that need a comment (worse, or failing; ux.md 4 page 3) and have none."""
    language = get_language() or CODES[0]
    judged = judge_all(read_content(content), language=language if language in CODES else CODES[0])
    said = content.get("comments") or {}
    return [one for code, one in judged.items() if one.needs_word and code not in said]


def refuse_silence(content: Mapping[str, Any]) -> None:
    """Raise Uncommented while a figure that needs a comment has none."""
    open_ones = uncommented(content)
    if not open_ones:
        return
    text = ngettext(
        "Write a comment on %(names)s first: it got worse or misses its target",
        "Write comments on %(names)s first: they got worse or miss their targets",
        len(open_ones),
    )
    names = ", ".join(one.line.code for one in open_ones)
    raise Uncommented(text % {"names": names}, field=f"comment-{open_ones[0].line.code}")
