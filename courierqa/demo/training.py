"""Training of the demo: people sit real exams, and the real rule lets certificates be renewed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from courierqa.demo.people import Cast
from staff import services as staff
from staff.enums import OWED
from staff.models import Certificate, Course, CourseAssignment, Employee
from staff.services.training import add_months

# Certificates of the printed logins end so soon: whoever tries the demo finds an exam to sit.
LEFT_OVER = timedelta(days=20)
TRIES = 3


@transaction.atomic
def train(cast: Cast, rng: random.Random, *, now: datetime, since: date) -> tuple[int, int]:
    """Tell the training of the whole story; return (exams taken, passed)."""
    course = Course.objects.filter(code="prohibited-goods", exam__isnull=False).first()
    if course is None:
        return 0, 0
    shown = {entry["login"] for entry in cast.logins}
    school = School(course, rng, now, shown)
    # From a source of its own, so that the story of the first course stays the same.
    others = School(course, random.Random(9), now, shown)
    for person in Employee.objects.filter(post__courses=course).order_by("pk"):
        school.begin(person, by=cast, since=since)
    weeks = list(_weeks(since, now))
    this = calendars.business_day(now).replace(day=1)
    found_out = [moment for moment in weeks if calendars.business_day(moment) < this][-1:]
    for moment in weeks:
        if moment in found_out:
            _take_back(shown, by=cast, at=moment)
        school.renew(moment, others)
    return school.took + others.took, school.passed + others.passed


def _weeks(since: date, now: datetime) -> Iterator[datetime]:
    moment = calendars.day_start(since) + timedelta(days=7, hours=9)
    while moment < now:
        yield moment
        moment += timedelta(days=7)
    yield now


def _take_back(shown: set[str], *, by: Cast, at: datetime) -> None:
    """An agent had not sat the exam in person: at the end of the month the post wants it anew."""
    papers = Certificate.objects.filter(employee__post__code="agent", course__kind="post")
    papers = papers.exclude(course__code="prohibited-goods").exclude(employee__number__in=shown)
    paper = papers.order_by("pk").first()
    if paper is not None:
        on = calendars.business_day(at)
        staff.withdraw_certificate(paper, on=on, reason="经查由他人代考", by=by.users["hr"], at=at)


@dataclass
class School:
    """A course, and who sits exams when. `shown` are the people whose logins are printed."""

    course: Course
    rng: random.Random
    now: datetime
    shown: set[str]
    took: int = 0
    passed: int = 0

    def begin(self, person: Employee, *, by: Cast, since: date) -> None:
        """Assign the course for the first time, mostly long ago."""
        at = calendars.day_start(since) + timedelta(days=self.rng.randrange(20), hours=9)
        if person.number in self.shown:
            at = self._a_term_ago(since)
        elif self.rng.random() < 0.12:
            at = self.now - timedelta(days=self.rng.randrange(1, 9))
        due = calendars.business_day(at) + timedelta(days=30)
        owed = staff.assign_course(person, self.course, due_on=due, by=by.users["hr"], at=at)
        self._learn(owed, at=at + timedelta(days=1))

    def _a_term_ago(self, since: date) -> datetime:
        today = calendars.business_day(self.now)
        day = add_months(today, -int(self.course.valid_months or 0)) + LEFT_OVER
        # A short story has no room for a certificate that ends: there the first one is still owed.
        day = day if day >= since else today - timedelta(days=3)
        return calendars.day_start(day) + timedelta(hours=9)

    def renew(self, moment: datetime, others: School) -> None:
        """Let the rule of the schedule work at a moment; whatever posts ask for is learned."""
        last = CourseAssignment.objects.aggregate(last=Max("pk"))["last"] or 0
        staff.assign_required(now=moment)
        made = CourseAssignment.objects.filter(pk__gt=last, course__exam__isnull=False)
        for owed in made.select_related("employee", "course__exam").order_by("pk"):
            school = self if owed.course_id == self.course.pk else others
            school._learn(owed, at=moment + timedelta(days=school.rng.randrange(2, 21)))

    def _learn(self, owed: CourseAssignment, *, at: datetime) -> None:
        """Sit the exam; only what is still in time may stay open, and does for those shown."""
        is_open = owed.due_on >= calendars.business_day(self.now)
        if is_open and (owed.employee.number in self.shown or self.rng.random() < 0.12):
            return
        for turn in range(TRIES):
            moment = at + timedelta(days=2 * turn)
            if owed.state in OWED and moment + timedelta(days=1) < self.now:
                self.took += 1
                self.passed += _sit(owed.employee, owed.course, self.rng, at=moment)
                owed.refresh_from_db()


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
            key = rng.choice([one["key"] for one in attempt.paper[place]["options"]])
        moment = at + timedelta(seconds=20 * (place + 1))
        staff.answer_question(attempt, employee=person, place=place, key=key, at=moment)
    finished = staff.finish_attempt(attempt, employee=person, at=at + timedelta(minutes=9))
    return finished.state == "passed"
