"""The report of an internal audit on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, Spacer

from courierqa.core import formats
from quality.document_enums import AuditScope, LineGrade, Method
from quality.models import AuditLine, InternalAudit, Nonconformity
from quality.reports.paper import Head, facts, printed, table, words


def audit_pdf(
    row: InternalAudit, lines: Sequence[AuditLine], raised: Mapping[str, Nonconformity], *,
    printed_at: datetime,
) -> bytes:  # fmt: skip
    """Return the report: plan, conclusion, findings with what followed, every line."""
    head = Head(
        title=f"{row.number} {row.title}", left=_("Audit report") + f" {row.number}",
        right=str(row.get_status_display()),
        foot=_("As of %(at)s") % {"at": formats.moment(printed_at)},
    )  # fmt: skip
    found = [one for one in lines if one.is_finding]
    story: list[Flowable] = [words(row.title, "title"), Spacer(1, 4), facts(_plan(row, lines))]
    story += [words(_("Conclusion"), "h2"), words(row.conclusion or _("Not reported yet"))]
    story.append(words(pgettext("audit", "Findings"), "h2"))
    if found:
        story.append(table(
            [
                pgettext("audit", "Finding"), pgettext("audit", "Grade"),
                _("Question and evidence"), _("Owner"), _("What followed"),
            ],
            [_finding(one, raised.get(one.reference)) for one in found], (16, 11, 40, 14, 24),
        ))  # fmt: skip
    else:
        story.append(words(pgettext("findings", "None")))
    story.append(words(_("Every line"), "h2"))
    story.append(table(
        ["#", pgettext("audit", "Clause"), _("Question"), pgettext("audit", "Grade"),
         pgettext("finding", "Evidence")],
        [[one.position, one.clause, one.question,
          one.get_grade_display() if one.grade else _("Not checked yet"), one.evidence]
         for one in lines], (6, 9, 40, 14, 40),
    ))  # fmt: skip
    return printed(head, story)


def _plan(row: InternalAudit, lines: Sequence[AuditLine]) -> list[tuple[str, object]]:
    team = ", ".join(one.name for one in row.team.all())
    criteria = [str(one) for one in row.criteria.all()] + [row.criteria_text]
    counts = "　".join(
        f"{label} {sum(one.grade == grade for one in lines)}" for grade, label in LineGrade.choices
    )
    return [
        (_("Site"), row.site or _("Whole company")),
        (pgettext("audit", "Who answers for it"), row.owner.name),
        (_("Auditors"), ", ".join(filter(None, [row.lead.name, team]))),
        (_("What it covers"), ", ".join(str(AuditScope(one).label) for one in row.scopes)),
        (_("Methods"), ", ".join(str(Method(one).label) for one in row.methods)),
        (pgettext("audit", "Against"), "; ".join(filter(None, criteria)) or formats.NOTHING),
        (_("Planned for"), formats.day(row.planned_on)),
        (pgettext("audit report", "Reported"),
         formats.moment(row.reported_at) if row.reported_at else formats.NOTHING),
        (_("Lines"), counts),
    ]  # fmt: skip


def _finding(one: AuditLine, nc: Nonconformity | None) -> list[object]:
    followed = [f"{nc.number} {nc.get_status_display()}"] if nc is not None else []
    if one.verified_at is not None:
        seen = _("Seen gone by %(name)s on %(day)s")
        followed.append(seen % {"name": one.verified_by, "day": formats.day(one.verified_at)})
    else:
        followed.append(_("open, due %(day)s") % {"day": formats.day(one.due_on)})
    return [
        one.reference, one.get_grade_display(), f"{one.question}\n{one.evidence}",
        one.responsible.name if one.responsible else formats.NOTHING, "\n".join(followed),
    ]  # fmt: skip
