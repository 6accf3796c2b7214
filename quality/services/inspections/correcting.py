"""A closed record put right: what was graded stays, the correction counts (INS-02)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import inspection_counts as counts
from quality.inspection_enums import FAULTS, FindingState, PointGrade
from quality.models import CheckFinding, Inspection, InspectionCorrection, InspectionLine
from quality.selectors.inspections.reading import now_graded
from quality.services.inspections.findings import FINDING, open_finding
from quality.services.inspections.recording import counted
from quality.services.moves import said
from staff.models import User

# A fault that a correction finds is to be mended within a week: a proposal, may be put off.
DAYS_TO_MEND = 7


@transaction.atomic
def correct_grade(
    graded: InspectionLine, *, grade: str, reason: str, by: User, at: datetime
) -> InspectionCorrection:
    """Put one grade right by a row of its own, and count the inspection anew."""
    row = Inspection.objects.select_for_update(no_key=True).get(pk=graded.inspection_id)
    old = now_graded([graded.pk]).get(graded.pk, graded.grade)
    if grade not in PointGrade.values or grade == old:
        raise DomainError(_("Choose another grade"), code="same", field="grade", status=422)
    made = InspectionCorrection.objects.create(
        graded=graded, old=old, new=grade, reason=said(reason, field="reason", limit=300), by=by,
        at=at,
    )  # fmt: skip
    audit.record("inspection.correct", row, actor=by, at=at, fields=[old, grade])
    _follow(graded, grade, by=by, at=at)
    _recount(row, at=at)
    return made


def _follow(graded: InspectionLine, grade: str, *, by: User, at: datetime) -> None:
    """Let the finding follow: a fault that was none is void, a new one is to be mended."""
    finding = CheckFinding.objects.filter(graded=graded).first()
    if grade in FAULTS:
        if finding is None:
            due_on = business_day(at) + timedelta(days=DAYS_TO_MEND)
            finding = open_finding(graded, due_on=due_on, by=by, at=at)
        elif finding.status == FindingState.VOID:
            history.transition(finding, "reopen", machine=FINDING, actor=by, at=at)
            counts.refresh_finding(finding, at=at)
        CheckFinding.objects.filter(pk=finding.pk).update(severity=grade)
    elif finding is not None and finding.status != FindingState.VOID:
        history.transition(finding, "void", machine=FINDING, actor=by, at=at)
        counts.refresh_finding(finding, at=at)


def _recount(row: Inspection, *, at: datetime) -> None:
    lines = list(row.lines.select_related("line"))
    new = now_graded([one.pk for one in lines])
    for one in lines:
        one.grade = new.get(one.pk, one.grade)
    sums = counted(lines, {one.line_id: one.line for one in lines})
    Inspection.objects.filter(pk=row.pk).update(**sums)
    row.refresh_from_db()
    counts.refresh_inspection(row, at=at)
