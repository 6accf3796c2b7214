"""Training, grades and suggestions judged from their rows a second time (H01 to H07)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from courierqa.core import calendars
from courierqa.core.models import StatusChange
from kpi.verification.fallen import Fallen, said
from staff.models import Assessment, CourseAssignment, Move, Suggestion, TrainingSession


def falls() -> Iterator[Fallen]:
    """Yield how every session, course, grade and suggestion falls."""
    yield from _sessions()
    yield from _courses()
    yield from _grades()
    yield from _assessments()
    yield from _suggestions()


def _last_moment(day: date) -> datetime:
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def _sessions() -> Iterator[Fallen]:
    steps = StatusChange.objects.filter(object_type="staff.trainingsession", verb="cancel")
    cancelled = {int(pk): at for pk, at in steps.order_by("-id").values_list("object_id", "at")}
    rows = TrainingSession.objects.values(
        "pk", "site_id", "state", "first_planned_on", "held_on", "effect_due_on",
        "effect__is_effective", "effect__at",
    )  # fmt: skip
    for row in rows:
        place, due = (row["site_id"] or 0, 0), _last_moment(row["first_planned_on"])
        gone = row["state"] == "cancelled" and cancelled.get(row["pk"], due) <= due
        held = row["held_on"] and row["held_on"] <= row["first_planned_on"]
        yield Fallen("H01", row["pk"], place, due, "excluded" if gone else said(held))
        if row["effect_due_on"] and row["state"] == "held":
            until = _last_moment(row["effect_due_on"])
            helped = row["effect__is_effective"] and row["effect__at"] <= until
            yield Fallen("H03", row["pk"], place, until, said(helped))


def _courses() -> Iterator[Fallen]:
    moves = list(Move.objects.order_by("on", "pk").values_list("employee_id", "on", "from_site_id"))
    owed = CourseAssignment.objects.filter(course__exam__isnull=False)
    for one in owed.prefetch_related("attempts").select_related("employee"):
        due = _last_moment(one.due_on)
        sat = min(one.attempts.all(), key=lambda row: row.number, default=None)
        ended = sat.finished_at if sat is not None and sat.state == "passed" else None
        passed = ended is not None and ended <= due
        later = [site for who, on, site in moves if who == one.employee_id and on > one.due_on]
        site = later[0] if later else one.employee.site_id
        yield Fallen("H02", one.pk, (site, 0), due, said(passed))


def _grades() -> Iterator[Fallen]:
    newest: dict[tuple[int, str], Assessment] = {}
    for row in Assessment.objects.exclude(state="draft").order_by("version"):
        newest[row.employee_id, row.month] = row
    for row in newest.values():
        if row.score is None or row.not_graded_reason or not row.grade:
            continue
        place, moment = (row.site_id, 0), _month_end(row.month)
        yield Fallen("H05", row.pk, place, moment, amount=round(row.score * 100))
        yield Fallen("H05A", row.pk, place, moment, said(row.grade == "A"))
        yield Fallen("H05C", row.pk, place, moment, said(row.grade == "C"))


def _assessments() -> Iterator[Fallen]:
    """Confirmed by its day of the next month, whichever version it was (H06)."""
    calendar = calendars.load("CN")
    months: dict[tuple[int, str], list[Assessment]] = defaultdict(list)
    for row in Assessment.objects.select_related("employee", "scheme").order_by("version"):
        months[row.employee_id, row.month].append(row)
    for (_who, month), rows in months.items():
        first, last = rows[0], calendars.business_day(_month_end(month))
        until = _last_moment(last + timedelta(days=first.scheme.due_day))
        begun = max(first.employee.hired_on, last.replace(day=1))
        days = [begun + timedelta(days=n) for n in range((last - begun).days + 1)]
        worked = sum(bool(calendar.periods(day)) for day in days)
        is_new = first.employee.hired_on >= last.replace(day=1) and worked < 10
        good = any(row.confirmed_at and row.confirmed_at <= until for row in rows)
        fell = "excluded" if is_new else said(good)
        yield Fallen("H06", first.pk, (first.site_id, 0), until, fell)


def _suggestions() -> Iterator[Fallen]:
    """Answered within thirty days of its hour, at the site its maker worked at then."""
    moves = list(Move.objects.order_by("on", "pk").values_list("employee_id", "on", "from_site_id"))
    for one in Suggestion.objects.select_related("employee"):
        until = one.at + timedelta(days=30)
        good = one.decided_at is not None and one.decided_at <= until
        day = calendars.business_day(one.at)
        later = [site for who, on, site in moves if who == one.employee_id and on > day]
        site = later[0] if later else one.employee.site_id
        yield Fallen("H07", one.pk, (site, 0), until, said(good))


def _month_end(month: str) -> datetime:
    first = date.fromisoformat(f"{month}-01")
    return _last_moment((first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
