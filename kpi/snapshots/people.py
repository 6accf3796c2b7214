"""Grades and training of a month, as counts: no names leave the staff pages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from courierqa.core.timeframes import Period
from kpi.snapshots.words import named
from staff.enums import AttemptState, CourseState
from staff.models import Assessment, Attempt, Certificate, Course, Site

GRADES = ("A", "B", "C")
# A topic is called weak from this many answers on; so many topics are printed.
ENOUGH, WEAK = 10, 8


def staff(period: Period, site: Site | None = None) -> dict[str, Any]:
    """Return the grade distribution per site, courses due, exams finished."""
    newest = [one for one in _newest(period) if site is None or one.site_id == site.pk]
    return {
        "grades": _distribution(newest),
        "up": sum(_moved(one) < 0 for one in newest),
        "down": sum(_moved(one) > 0 for one in newest),
        "moves": _moves(newest),
        # Courses and exams belong to people, who change sites; a site's report leaves them out.
        "courses": _courses(period) if site is None else [],
        "exams": _exams(period) if site is None else {"finished": 0, "passed": 0},
        "weak": _weak(period) if site is None else [],
    }


def _newest(period: Period) -> list[Assessment]:
    """Return each person's latest version of the month."""
    rows = Assessment.objects.filter(month=period.key).order_by("employee_id", "version")
    return list({row.employee_id: row for row in rows}.values())


def _distribution(newest: list[Assessment]) -> list[dict[str, Any]]:
    counted: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*GRADES, "none"), 0))
    for row in newest:
        counted[row.site_id][row.grade or "none"] += 1
    sites = Site.objects.filter(pk__in=counted).order_by("code")
    return [{"code": site.code, "names": named(site), **counted[site.pk]} for site in sites]


def _moved(row: Assessment) -> int:
    """Return -1 for a better grade than the month before, +1 for a worse one, else 0."""
    if row.grade not in GRADES or row.previous_grade not in GRADES:
        return 0
    step = GRADES.index(row.grade) - GRADES.index(row.previous_grade)
    return (step > 0) - (step < 0)


def _moves(newest: list[Assessment]) -> list[dict[str, Any]]:
    """Return how many people stood at which grade before and stand at which now."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for row in newest:
        if row.grade in GRADES and row.previous_grade in GRADES:
            counted[row.previous_grade, row.grade] += 1
    return [{"was": was, "now": now, "count": n} for (was, now), n in sorted(counted.items())]


def _courses(period: Period) -> list[dict[str, Any]]:
    """Return courses with an assignment that fell due or a certificate that ran out."""
    due = Q(assignments__due_on__gte=period.start_day, assignments__due_on__lt=period.end_day)
    passed = due & Q(
        assignments__state=CourseState.PASSED, assignments__finished_at__lt=period.end_at
    )
    rows = Course.objects.order_by("code").annotate(
        due=Count("assignments", filter=due), passed=Count("assignments", filter=passed)
    )
    expired = _expired(period)
    return [
        {
            "code": row.code,
            "names": named(row, "title"),
            "due": row.due,
            "passed": row.passed,
            "overdue": row.due - row.passed,
            "expired": expired.get(row.pk, 0),
        }
        for row in rows
        if row.due or row.pk in expired
    ]


def _expired(period: Period) -> dict[int, int]:
    """Count by course the certificates that ran out in the month and had no successor by then.

    One that was taken back by then neither runs out nor succeeds.
    """
    renewed = Certificate.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=OuterRef("expires_on")),
        Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")),
        employee=OuterRef("employee"),
        course=OuterRef("course"),
        issued_on__lte=OuterRef("expires_on"),
    )
    rows = Certificate.objects.filter(
        ~Exists(renewed),
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=F("expires_on")),
        expires_on__gte=period.start_day,
        expires_on__lt=period.end_day,
    )
    return dict(rows.order_by().values_list("course").annotate(n=Count("pk")))


def _exams(period: Period) -> dict[str, int]:
    done = Attempt.objects.filter(
        finished_at__gte=period.start_at, finished_at__lt=period.end_at
    ).exclude(state=AttemptState.OPEN)
    return {
        "finished": done.count(),
        "passed": done.filter(state=AttemptState.PASSED).count(),
    }


def _weak(period: Period) -> list[dict[str, Any]]:
    """Return the topics of the month's exams with the most wrong answers, from many answers on."""
    done = Attempt.objects.filter(
        finished_at__gte=period.start_at, finished_at__lt=period.end_at
    ).exclude(state=AttemptState.OPEN)
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    names = {}
    for attempt in done.select_related("exam__course"):
        course = attempt.exam.course
        names[course.code] = named(course, "title")
        for place, question in enumerate(attempt.paper):
            count = counted[course.code, str(question.get("section", ""))]
            count[0] += attempt.answers.get(str(place)) != question.get("correct")
            count[1] += 1
    rows: list[dict[str, Any]] = [
        {"code": f"{course}/{section}", "names": names[course], "section": section,
         "hits": wrong, "total": asked}
        for (course, section), (wrong, asked) in counted.items()
        if asked >= ENOUGH and wrong
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row["hits"] / row["total"], row["code"]))
    return rows[:WEAK]
