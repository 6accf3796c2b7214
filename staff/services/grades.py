"""Monthly grades: confirm, object, decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import calendars, clocks, history
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError, NotAllowed
from staff import counted, grading
from staff.enums import AssessmentState, Grade, NeedSource, ObjectionState
from staff.grading import PartResult
from staff.models import Assessment, Objection, User
from staff.services.needs import drop_needs, needs_of_grade
from staff.services.scoring import apply_months_rule, grades_before, record_assessment

OBJECTION_DAYS = 5
CALENDAR = "CN"
MACHINE = history.Machine(
    name="assessment",
    field="state",
    transitions={
        AssessmentState.DRAFT: {"confirm": AssessmentState.CONFIRMED},
        AssessmentState.CONFIRMED: {
            "object": AssessmentState.OBJECTED,
            "finalise": AssessmentState.FINAL,
        },
        AssessmentState.OBJECTED: {"decide": AssessmentState.FINAL},
    },
)


@transaction.atomic
def confirm_assessment(
    assessment: Assessment, *, by: User, at: datetime, note: str = ""
) -> Assessment:
    """Freeze a month: from now on only a new version can differ. Objections run five days."""
    _not_about_self(assessment, by)
    if _falls_below_confirmed(assessment) and not note:
        raise DomainError(
            _("This version lowers a confirmed grade: write the reason"),
            code="reason_needed",
            field="note",
        )
    person = assessment.employee_id
    apply_months_rule(assessment, *grades_before([person], assessment.month)[person])
    history.transition(
        assessment,
        "confirm",
        machine=MACHINE,
        actor=by,
        at=at,
        reason=note,
        changes={
            "grade": assessment.grade,
            "previous_grade": assessment.previous_grade,
            "confirmed_by": by,
            "confirmed_at": at,
            "confirm_note": note,
            "object_until": _object_until(at),
        },
    )
    needs_of_grade(assessment, by=by, at=at)
    counted.refresh_grade(assessment.employee_id, assessment.month, at=at)
    _due(assessment, at)
    return assessment


def _due(assessment: Assessment, at: datetime) -> None:
    """Tell the figure of assessments in time what became of a month (H06)."""
    counted.refresh_due(assessment.month, [assessment.employee_id], at=at)


def _object_until(at: datetime) -> datetime:
    target = clocks.Target(ClockKind.WORKING_DAYS, OBJECTION_DAYS)
    return clocks.due_at(at, target, calendars.load(CALENDAR))


def _not_about_self(assessment: Assessment, by: User) -> None:
    if assessment.employee.user_id == by.pk:
        raise NotAllowed(_("Nobody decides on their own grade"))


def _falls_below_confirmed(assessment: Assessment) -> bool:
    earlier = Assessment.objects.filter(
        employee=assessment.employee_id, month=assessment.month, version__lt=assessment.version
    ).first()
    return earlier is not None and grading.is_better(earlier.grade, assessment.grade)


@transaction.atomic
def object_to_assessment(assessment: Assessment, *, by: User, at: datetime, text: str) -> Objection:
    """Let the assessed person disagree, within five working days of the confirmation."""
    if assessment.employee.user_id != by.pk:
        raise NotAllowed(_("Only the assessed person can object"))
    if assessment.object_until is not None and at > assessment.object_until:
        raise DomainError(_("The time to object is over"), code="too_late", field="text")
    history.transition(assessment, "object", machine=MACHINE, actor=by, at=at, reason=text)
    _due(assessment, at)
    return Objection.objects.create(assessment=assessment, text=text, by=by, at=at)


@transaction.atomic
def decide_objection(
    objection: Objection,
    *,
    by: User,
    at: datetime,
    decision: str,
    leave_out: Sequence[str] = (),
) -> Assessment:
    """Decide: with nothing left out the grade stands; otherwise the month is graded again.

    Returns the version that counts now. Whoever confirmed the grade does not decide.
    """
    assessment = objection.assessment
    _not_about_self(assessment, by)
    if assessment.confirmed_by_id == by.pk:
        raise NotAllowed(_("Somebody else than the person who confirmed must decide"))
    history.transition(assessment, "decide", machine=MACHINE, actor=by, at=at, reason=decision)
    _due(assessment, at)
    objection.state = ObjectionState.UPHELD if leave_out else ObjectionState.REJECTED
    objection.decision, objection.decided_by, objection.decided_at = decision, by, at
    objection.save(update_fields=["state", "decision", "decided_by", "decided_at", "updated_at"])
    if not leave_out:
        return assessment
    return _grade_again(assessment, leave_out=set(leave_out), by=by, at=at, decision=decision)


def _grade_again(
    old: Assessment, *, leave_out: set[str], by: User, at: datetime, decision: str
) -> Assessment:
    """Make the next version without the parts or red lines found wrong; it is final at once."""
    parts = [
        PartResult(p.code, p.hits, p.total, p.value, p.bound, p.records_url, p.mean, p.pull)
        for p in old.parts.all()
        if p.code not in leave_out
    ]
    new = record_assessment(
        employee=old.employee,
        month=old.month,
        scheme=old.scheme,
        site=old.site,
        parts=parts,
        as_of=old.as_of,
        now=at,
        red_lines=[line for line in old.red_lines if line not in leave_out],
        deliveries=old.deliveries,
        work_days=old.work_days,
    )
    if new.pk == old.pk:
        raise DomainError(_("Nothing of this month would change"), code="no_change")
    confirm_assessment(new, by=by, at=at, note=decision)
    _drop_needs_of(new, leave_out, by=by, at=at, decision=decision)
    history.transition(new, "finalise", machine=MACHINE, actor=by, at=at, reason=decision)
    return new


def _drop_needs_of(
    new: Assessment, left_out: set[str], *, by: User, at: datetime, decision: str
) -> None:
    """Close the needs of parts found wrong, and that of a C which is none any more."""
    gone = left_out | ({"C"} if new.grade != Grade.C else set())
    references = [f"{new.month}-{code}" for code in sorted(gone)]
    drop_needs(new.employee, NeedSource.GRADE, references, answer=decision, by=by, at=at)


def finalise_due(*, now: datetime) -> dict[str, int]:
    """Make grades final whose time to object is over."""
    due = Assessment.objects.filter(state=AssessmentState.CONFIRMED, object_until__lt=now)
    count = 0
    for assessment in due.order_by("pk"):
        with transaction.atomic():
            history.transition(assessment, "finalise", machine=MACHINE, actor=None, at=now)
        count += 1
    return {"finalised": count}
