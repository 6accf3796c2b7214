"""Monthly grades: record, confirm, object, decide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import calendars, clocks, history
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError, NotAllowed
from staff import grading
from staff.enums import AssessmentState, Grade, NeedSource, ObjectionState
from staff.grading import Limits, MonthScore, PartResult
from staff.models import (
    Assessment,
    AssessmentPart,
    AssessmentScheme,
    Employee,
    Objection,
    Site,
    User,
)
from staff.services.needs import drop_needs, needs_of_grade

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


def limits_of(scheme: AssessmentScheme) -> Limits:
    """Return the grade limits of a stored scheme."""
    return Limits(
        a_from=scheme.a_from,
        b_from=scheme.b_from,
        min_deliveries=scheme.min_deliveries,
        min_work_days=scheme.min_work_days,
        min_weight_percent=scheme.min_weight_percent,
    )


def month_before(month: str) -> str:
    """Return the month before "2026-01" as "2025-12"."""
    year, number = map(int, month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"


def _fingerprint(scheme: AssessmentScheme, parts: Sequence[PartResult], *rest: object) -> str:
    """Say what went in; the same facts twice make no second version."""
    rows = sorted((p.code, p.hits, p.total, p.value, p.bound) for p in parts)
    body = json.dumps([scheme.pk, rows, *rest], default=str)
    return hashlib.sha256(body.encode()).hexdigest()


@transaction.atomic
def record_assessment(
    *,
    employee: Employee,
    month: str,
    scheme: AssessmentScheme,
    site: Site,
    parts: Sequence[PartResult],
    as_of: datetime,
    now: datetime,
    red_lines: Sequence[str] = (),
    not_graded_reason: str = "",
    deliveries: int | None = None,
    work_days: int | None = None,
) -> Assessment:
    """Score a month from its counts.

    A draft is replaced; a confirmed month is never touched: different facts make the next
    version as a draft, the same facts change nothing.
    """
    red_lines = sorted(red_lines)
    mark = _fingerprint(scheme, parts, red_lines, not_graded_reason, deliveries, work_days)
    Employee.objects.select_for_update().get(pk=employee.pk)
    newest = Assessment.objects.filter(employee=employee, month=month).first()
    if newest is not None and newest.fingerprint == mark:
        return newest
    result = grading.score_month(
        grading.rules_of(scheme.parts),
        parts,
        limits=limits_of(scheme),
        deliveries=deliveries,
        work_days=work_days,
        red_lines=red_lines,
        not_graded_reason=not_graded_reason,
    )
    draft = _draft(newest, employee, month)
    draft.scheme, draft.site, draft.red_lines = scheme, site, red_lines
    draft.deliveries, draft.work_days, draft.fingerprint = deliveries, work_days, mark
    draft.computed_at, draft.as_of = now, as_of
    _write(draft, result, parts)
    return draft


def _draft(newest: Assessment | None, employee: Employee, month: str) -> Assessment:
    if newest is not None and newest.state == AssessmentState.DRAFT:
        return newest
    version = newest.version + 1 if newest else 1
    return Assessment(employee=employee, month=month, version=version)


def _write(draft: Assessment, result: MonthScore, parts: Sequence[PartResult]) -> None:
    draft.score, draft.covered_percent = result.score, result.covered_percent
    draft.raw_grade, draft.not_graded_reason = result.raw_grade, result.not_graded_reason
    _apply_months_rule(draft)
    draft.save()
    draft.parts.all().delete()
    found = {part.code: part for part in parts}
    AssessmentPart.objects.bulk_create(
        _part(draft, rule, found.get(rule.code, PartResult(rule.code)), result)
        for rule in grading.rules_of(draft.scheme.parts)
    )


def _part(
    draft: Assessment, rule: grading.PartRule, part: PartResult, result: MonthScore
) -> AssessmentPart:
    return AssessmentPart(
        assessment=draft,
        code=rule.code,
        weight=rule.weight,
        hits=part.hits,
        total=part.total,
        value=part.value,
        bound=part.bound,
        mean=part.mean,
        pull=part.pull,
        target=rule.target,
        floor=rule.floor,
        score=result.part_scores[rule.code],
        records_url=part.records,
    )


def _apply_months_rule(draft: Assessment) -> None:
    """Set the grade from the month's own and the months before, newest version of each."""
    earlier = Assessment.objects.filter(employee=draft.employee, month__lt=draft.month)
    last = earlier.first()
    before = earlier.filter(month=month_before(draft.month)).first()
    draft.previous_grade = last.grade if last else ""
    draft.grade = grading.next_grade(
        last=draft.previous_grade,
        raw=draft.raw_grade,
        raw_before=before.raw_grade if before else "",
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
    _apply_months_rule(assessment)
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
    return assessment


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
