"""Page 11: grades as counts per site, never names; courses due, passed and overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports.charts.bars import grade_bar
from kpi.reports.parts import Pages

GRADES = ("A", "B", "C")


def people(pages: Pages) -> list[Flowable]:
    """Return the staff and training page."""
    lead = _(
        "Counts only. A grade rests on records the person can see and object to; a single month's"
        " signal is a reason to coach, not to punish."
    )
    return [
        pages.heading(_("Staff and training")),
        pages.text(lead, "lead"),
        *pages.begun(_("Grades per site")),
        *_grades(pages),
        pages.heading(_("Courses"), level=1),
        *_courses(pages),
        pages.heading(_("Exams of the month"), level=1),
        pages.text(_exams(pages.content.staff["exams"])),
        *_weak(pages),
    ]


def _grades(pages: Pages) -> list[Flowable]:
    rows = [_grade_row(pages, row) for row in pages.content.staff["grades"]]
    if not rows:
        return [pages.text(_("No assessment has been computed for this month yet."))]
    head = [
        _("Site"),
        "A",
        "B",
        "C",
        _("Not graded"),
        _("Distribution: A solid, B outlined, C hatched"),
    ]
    note = _moves(pages.content.staff)
    table = pages.bounded(head, rows, (46, 14, 14, 14, 22, 64), numbers=(1, 2, 3, 4))
    return [*table, pages.text(note, "small")]


def _grade_row(pages: Pages, row: Mapping[str, Any]) -> list[str | Flowable]:
    counts = [row[grade] for grade in GRADES]
    return [
        pages.local(row["names"]),
        *(f"{count:,}" for count in counts),
        f"{row['none']:,}",
        grade_bar(counts, width=58 * mm),
    ]


def _moves(staff: Mapping[str, Any]) -> str:
    said = _("Compared with the month before: %(up)s moved up, %(down)s moved down.") % {
        "up": f"{staff['up']:,}",
        "down": f"{staff['down']:,}",
    }
    moved = [row for row in staff.get("moves", []) if row["was"] != row["now"]]
    each = ", ".join(f"{row['was']} → {row['now']}: {row['count']:,}" for row in moved)
    return f"{said} {each}" if each else said


def _weak(pages: Pages) -> list[Flowable]:
    """Return the topics with the most wrong answers; none where too few were given."""
    rows = [
        [
            pages.local(row["names"]),
            row["section"] or _("all topics"),
            f"{row['hits']:,} / {row['total']:,}",
            formats.share(row["hits"] / row["total"]),
        ]
        for row in pages.content.staff.get("weak", [])
    ]
    if not rows:
        return []
    head = [_("Course"), _("Topic"), _("Wrong answers"), _("Share")]
    table = pages.table(head, rows, (70, 44, 34, 26), numbers=(2, 3))
    return [KeepTogether([pages.heading(_("Weak topics of exams"), level=1), table])]


def _courses(pages: Pages) -> list[Flowable]:
    rows = [
        [
            pages.local(row["names"]),
            f"{row['due']:,}",
            f"{row['passed']:,}",
            f"{row['overdue']:,}",
            formats.share(row["passed"] / row["due"]) if row["due"] else formats.NOTHING,
            # Editions frozen before certificates were counted do not say.
            f"{row['expired']:,}" if "expired" in row else formats.NOTHING,
        ]
        for row in pages.content.staff["courses"]
    ]
    if not rows:
        return [pages.text(_("No course was due and no certificate expires in this month."))]
    head = [
        _("Course"), _("Due by month end"), _("Passed"), _("Overdue"), _("Share passed"),
        _("Certificates expiring"),
    ]  # fmt: skip
    return pages.bounded(head, rows, (56, 26, 20, 20, 24, 28), numbers=(1, 2, 3, 4, 5))


def _exams(exams: Mapping[str, int]) -> str:
    if not exams["finished"]:
        return _("No exam was finished in this month.")
    return _("%(passed)s of %(finished)s finished exams were passed.") % {
        "passed": f"{exams['passed']:,}",
        "finished": f"{exams['finished']:,}",
    }
