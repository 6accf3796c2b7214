"""Grades as the assessed person, their supervisor and the quality manager see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from staff.enums import AssessmentState, CourseKind, EmployeeState, GradePart, RedLine
from staff.models import Assessment, AssessmentPart, Certificate, Course, Employee
from staff.qualifications import valid_on
from staff.selectors.training import OwnCourse, own_courses

# One thing a person can do about a part that lost most points.
ADVICE = {
    GradePart.ON_TIME: gettext_lazy("Plan the parcels due first at the start of the round"),
    GradePart.FIRST_ATTEMPT: gettext_lazy(
        "Call before you set out, so that somebody is there at the first attempt"
    ),
    GradePart.COMPLAINTS: gettext_lazy(
        "Read the cases decided against you and agree on one habit to change"
    ),
    GradePart.CONDUCT: gettext_lazy("Go through the last inspection with your supervisor"),
    GradePart.CONSENT: gettext_lazy("Ask before every locker, station or neighbour, and record it"),
    GradePart.RATING: gettext_lazy("Greet, hand over and invite the recipient to check the parcel"),
    GradePart.SCANS: gettext_lazy("Scan at the door and report an exception when you see it"),
    GradePart.TRAINING: gettext_lazy("Finish the courses that are due"),
}


def assessments_for(access: Access) -> QuerySet[Assessment]:
    """Return the months the reader may see. A draft is not yet the assessed person's to see."""
    rows = Assessment.objects.filter(access.rows(site="site", own="employee"))
    if access.scope == "own":
        rows = rows.exclude(state=AssessmentState.DRAFT)
    return rows.select_related("employee__post", "employee__site", "scheme", "site", "confirmed_by")


def newest_versions(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Keep the newest version of each person and month."""
    newer = Assessment.objects.filter(employee=OuterRef("employee"), month=OuterRef("month"))
    return rows.filter(pk=Subquery(newer.order_by("-version").values("pk")[:1]))


def grade_history(person: Employee, limit: int = 12) -> list[Assessment]:
    """Return a person's confirmed months, newest first, one version each."""
    rows = person.assessments.exclude(state=AssessmentState.DRAFT).order_by("-month", "-version")
    newest: dict[str, Assessment] = {}
    for row in rows[: limit * 3]:
        newest.setdefault(row.month, row)
    return list(newest.values())[:limit]


@dataclass(frozen=True)
class PartLine:
    """One part as it is printed: points, value against target, how many, where the records are."""

    code: str
    label: Any
    weight: Decimal
    scaled_weight: Decimal | None
    score: Decimal | None
    points: Decimal | None
    part: AssessmentPart
    is_more_better: bool
    low: float
    high: float
    records_url: str

    @property
    def misses(self) -> int | None:
        return self.part.hits


def part_lines(assessment: Assessment) -> list[PartLine]:
    """Return the parts of a month; points are score × weight after leaving out empty parts."""
    parts = list(assessment.parts.all())
    covered = sum((p.weight for p in parts if p.score is not None), Decimal(0))
    return [_line(part, covered) for part in parts]


def _line(part: AssessmentPart, covered: Decimal) -> PartLine:
    scaled = part.weight * 100 / covered if covered and part.score is not None else None
    more = part.target >= part.floor
    reach = abs(part.target - part.floor) or 1.0
    seen = [x for x in (part.value, part.bound, part.target, part.floor) if x is not None]
    return PartLine(
        code=part.code,
        label=dict(GradePart.choices).get(part.code, part.code),
        weight=part.weight,
        scaled_weight=scaled,
        score=part.score,
        points=part.score * scaled / 100 if scaled is not None and part.score is not None else None,
        part=part,
        is_more_better=more,
        low=max(0.0, min(seen) - reach * 0.2),
        high=min(1.0, max(seen) + reach * 0.2),
        records_url=part.records_url,
    )


def red_line_words(assessment: Assessment) -> list[Any]:
    """Return the red lines of a month in words."""
    words = dict(RedLine.choices)
    return [words.get(line, line) for line in assessment.red_lines]


def missing_courses(person: Employee, *, now: datetime) -> list[Course]:
    """Return the courses a person's post requires and no valid certificate covers.

    A certificate that expires today is not valid today.
    """
    held = Certificate.objects.filter(valid_on(business_day(now)), employee=person)
    needed = person.post.courses.exclude(kind=CourseKind.INDUCTION)
    return list(needed.exclude(pk__in=held.values("course")))


@dataclass(frozen=True)
class Moved:
    """A part that moved since the month before."""

    label: Any
    score: Decimal
    change: Decimal


@dataclass(frozen=True)
class MyPage:
    """What a courier sees about themselves on the phone."""

    grade: str
    month: str
    score: Decimal | None
    is_kept: bool
    moved: list[Moved]
    advice: str
    courses: list[OwnCourse]
    assessment: Assessment | None


def my_page(employee: Employee, now: datetime) -> MyPage:
    """Return the grade, the three parts that moved most, one advice and the courses due."""
    months = grade_history(employee, limit=2)
    latest = months[0] if months else None
    courses = own_courses(employee, now=now)
    return MyPage(
        grade=latest.grade if latest else "",
        month=latest.month if latest else "",
        score=latest.score if latest else None,
        is_kept=bool(latest and latest.not_graded_reason),
        moved=_moved(months),
        advice=_advice(latest, courses),
        courses=courses,
        assessment=latest,
    )


def _moved(months: list[Assessment]) -> list[Moved]:
    if len(months) < 2:
        return []
    parts = months[1].parts.all()
    before = {part.code: part.score for part in parts if part.score is not None}
    words = dict(GradePart.choices)
    found = [
        Moved(words.get(part.code, part.code), part.score, part.score - before[part.code])
        for part in months[0].parts.all()
        if part.score is not None and part.code in before
    ]
    moved = sorted((one for one in found if one.change), key=lambda one: -abs(one.change))
    return moved[:3]


def _advice(latest: Assessment | None, courses: list[OwnCourse]) -> str:
    late = next((course for course in courses if course.is_overdue), None)
    if late is not None:
        return _("Finish the course “%(course)s” first: it is overdue") % {"course": late.course}
    parts = latest.parts.all() if latest else []
    lost = [(p.weight * (100 - p.score), p.code) for p in parts if p.score is not None]
    most, code = max(lost, default=(Decimal(0), ""))
    if not most:
        return _("Keep going: no part lost points") if latest else ""
    return str(ADVICE.get(GradePart(code), "")) if code in GradePart.values else ""


def month_rows(access: Access, month: str, *, state: str = "") -> list[Assessment]:
    """Return the month's newest versions within reach, by site and number, for confirming."""
    rows = newest_versions(assessments_for(access).filter(month=month))
    if state:
        rows = rows.filter(state=state)
    rows = rows.exclude(employee__state=EmployeeState.LEFT)
    return list(rows.order_by("site__code", "employee__number")[:500])


def months_known(access: Access) -> list[str]:
    """Return the months with assessments within reach, newest first."""
    rows = assessments_for(access).order_by("-month").values_list("month", flat=True)
    return list(rows.distinct())
