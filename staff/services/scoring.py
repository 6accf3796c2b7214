"""Drafts of monthly grades: many people at a time, the same facts changing nothing.

The only writer of an assessment before somebody confirms it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from staff import counted, grading
from staff.enums import AssessmentState
from staff.grading import Limits, MonthScore, PartResult
from staff.models import Assessment, AssessmentPart, AssessmentScheme, Employee, Site

# What a draft that is computed again may get anew.
COMPUTED = (
    "scheme", "site", "score", "covered_percent", "raw_grade", "grade", "previous_grade",
    "not_graded_reason", "red_lines", "deliveries", "work_days", "fingerprint", "computed_at",
    "as_of", "updated_at",
)  # fmt: skip


@dataclass(frozen=True)
class MonthCounts:
    """What a month brought for one person, ready to be scored."""

    employee: Employee
    scheme: AssessmentScheme
    site: Site
    parts: Sequence[PartResult]
    red_lines: Sequence[str] = ()
    not_graded_reason: str = ""
    deliveries: int | None = None
    work_days: int | None = None

    def fingerprint(self) -> str:
        """Say what went in; the same facts twice make no second version."""
        rows = sorted((p.code, p.hits, p.total, p.value, p.bound) for p in self.parts)
        rest = (sorted(self.red_lines), self.not_graded_reason, self.deliveries, self.work_days)
        body = json.dumps([self.scheme.pk, rows, *rest], default=str)
        return hashlib.sha256(body.encode()).hexdigest()

    def score(self) -> MonthScore:
        return grading.score_month(
            grading.rules_of(self.scheme.parts),
            self.parts,
            limits=limits_of(self.scheme),
            deliveries=self.deliveries,
            work_days=self.work_days,
            red_lines=self.red_lines,
            not_graded_reason=self.not_graded_reason,
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


@transaction.atomic
def record_assessments(
    counts: Sequence[MonthCounts], *, month: str, as_of: datetime, now: datetime
) -> list[Assessment]:
    """Score a month of several people from their counts, with as many queries as for one.

    A draft is replaced; a confirmed month is never touched: different facts make the next
    version as a draft, the same facts change nothing. All or none are stored: give a few hundred
    at a time, and what was stored before a kill is found and left as it is.
    """
    ids = [one.employee.pk for one in counts]
    # In the order of their keys, so that two who grade at once never wait for each other.
    list(Employee.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
    rows = Assessment.objects.filter(employee__in=ids, month=month).order_by("version")
    newest = {row.employee_id: row for row in rows}
    told = grades_before(ids, month)
    found, changed = [], []
    for one in counts:
        last, mark = newest.get(one.employee.pk), one.fingerprint()
        if last is not None and last.fingerprint == mark:
            found.append(last)
            continue
        draft = _draft(last, one, month)
        draft.fingerprint, draft.computed_at, draft.updated_at = mark, now, now
        draft.as_of = as_of
        result = one.score()
        _fill(draft, one, result)
        apply_months_rule(draft, *told[one.employee.pk])
        found.append(draft)
        changed.append((draft, one, result))
    _write(changed)
    if changed:
        counted.refresh_due(month, [draft.employee_id for draft, _o, _r in changed], at=now)
    return found


def record_assessment(
    *, month: str, as_of: datetime, now: datetime, employee: Employee, scheme: AssessmentScheme,
    site: Site, parts: Sequence[PartResult], red_lines: Sequence[str] = (),
    not_graded_reason: str = "", deliveries: int | None = None, work_days: int | None = None,
) -> Assessment:  # fmt: skip
    """Score a month of one person."""
    one = MonthCounts(
        employee, scheme, site, parts, red_lines, not_graded_reason, deliveries, work_days
    )
    return record_assessments([one], month=month, as_of=as_of, now=now)[0]


def grades_before(ids: Iterable[int], month: str) -> dict[int, tuple[str, str]]:
    """Return person → (last grade before the month, what the month before alone said).

    Of each month the newest version speaks.
    """
    earlier = Assessment.objects.filter(employee=OuterRef("pk"), month__lt=month)
    earlier = earlier.order_by("-month", "-version")
    before = earlier.filter(month=month_before(month))
    rows = Employee.objects.filter(pk__in=ids).order_by().values_list(
        "pk", Subquery(earlier.values("grade")[:1]), Subquery(before.values("raw_grade")[:1])
    )  # fmt: skip
    return {pk: (last or "", raw or "") for pk, last, raw in rows}


def apply_months_rule(draft: Assessment, last: str, raw_before: str) -> None:
    """Set the grade from the month's own and what was told before it."""
    draft.previous_grade = last
    draft.grade = grading.next_grade(last=last, raw=draft.raw_grade, raw_before=raw_before)


def _draft(newest: Assessment | None, one: MonthCounts, month: str) -> Assessment:
    if newest is not None and newest.state == AssessmentState.DRAFT:
        return newest
    version = newest.version + 1 if newest else 1
    return Assessment(employee=one.employee, month=month, version=version)


def _fill(draft: Assessment, one: MonthCounts, result: MonthScore) -> None:
    draft.scheme, draft.site, draft.red_lines = one.scheme, one.site, sorted(one.red_lines)
    draft.deliveries, draft.work_days = one.deliveries, one.work_days
    draft.score, draft.covered_percent = result.score, result.covered_percent
    draft.raw_grade, draft.not_graded_reason = result.raw_grade, result.not_graded_reason


def _write(changed: Sequence[tuple[Assessment, MonthCounts, MonthScore]]) -> None:
    """Store drafts and their parts: new ones at once, those computed again in place."""
    old = [draft for draft, _one, _result in changed if draft.pk]
    Assessment.objects.bulk_create([draft for draft, _o, _r in changed if not draft.pk])
    if old:
        Assessment.objects.bulk_update(old, COMPUTED, batch_size=200)
        AssessmentPart.objects.filter(assessment__in=old).delete()
    AssessmentPart.objects.bulk_create(
        part for draft, one, result in changed for part in _parts(draft, one, result)
    )


def _parts(draft: Assessment, one: MonthCounts, result: MonthScore) -> Iterable[AssessmentPart]:
    found = {part.code: part for part in one.parts}
    for rule in grading.rules_of(one.scheme.parts):
        yield _part(draft, rule, found.get(rule.code, PartResult(rule.code)), result)


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
