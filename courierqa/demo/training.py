"""Training and grades of the demo: people sit real exams; months are graded by the real job."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.db import transaction

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from courierqa.demo.people import Cast
from staff import services as staff
from staff.models import Course, Employee


@transaction.atomic
def train(cast: Cast, rng: random.Random, *, now: datetime, since: date) -> tuple[int, int]:
    """Assign the first course to every courier and let most of them pass; return (took, passed)."""
    course = Course.objects.filter(exam__isnull=False).order_by("pk").first()
    if course is None:
        return 0, 0
    took = passed = 0
    for person in (one for team in cast.couriers.values() for one in team):
        at = calendars.day_start(since) + timedelta(days=rng.randrange(20), hours=9)
        if rng.random() < 0.12:
            at = now - timedelta(days=rng.randrange(1, 9))
        due = calendars.business_day(at) + timedelta(days=30)
        staff.assign_course(person, course, due_on=due, by=cast.users["hr"], at=at)
        if rng.random() < 0.9 and at + timedelta(days=2) < now:
            took += 1
            passed += _sit(person, course, rng, at=at + timedelta(days=1))
    return took, passed


def _sit(person: Employee, course: Course, rng: random.Random, *, at: datetime) -> bool:
    for lesson in course.lessons.all():
        staff.read_lesson(person, lesson)
    try:
        attempt = staff.start_attempt(person, course.exam, at=at, seed=rng.randrange(10**6))
    except DomainError:
        return False
    for place in range(len(attempt.paper)):
        key = attempt.paper[place]["correct"]
        if rng.random() < 0.1:
            key = rng.choice("ABCD")
        moment = at + timedelta(seconds=20 * (place + 1))
        staff.answer_question(attempt, employee=person, place=place, key=key, at=moment)
    finished = staff.finish_attempt(attempt, employee=person, at=at + timedelta(minutes=9))
    return finished.state == "passed"
