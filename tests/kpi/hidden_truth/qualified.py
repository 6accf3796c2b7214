"""People qualified for their post with known answers: ended, new, moved, left, asked for more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from staff import services as staff
from staff.models import Post
from tests.factories import staff as people
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.lives import CHINA, NOW, end_of
from tests.kpi.hidden_truth.loops import Told

HERE, THERE = "HZ-02", "SH-01"
ONE = timedelta(days=1)
# The roster of the story begins in February; today has not ended yet.
FIRST, YESTERDAY = date(2026, 2, 1), NOW.date() - ONE
LONG_AGO = date(2025, 3, 1)


def qualified(sites: dict[str, Any]) -> Iterator[Told]:
    """Let a post ask for a second course from 10 March to the 19th, with seven people on it.

    Posts of the rest of the story ask for nothing any more, so nobody else counts.
    """
    for post in Post.objects.filter(courses__isnull=False).distinct():
        staff.ask_of_post(post, courses=[], from_on=FIRST, by=None, at=_at(1, month=2))
    school = _School(sites)
    yield HERE, "", [*school.ended(), *school.asked_for_more(), *school.new(), *school.taken_back()]
    yield HERE, "", [*school.moved(), *school.left(), *school.activated()]


def _at(day: int, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=CHINA)


def _march(day: int) -> date:
    return date(2026, 3, day)


def _evenings(first: date, last: date, *, valid: bool, place: str = HERE) -> Iterator[Answer]:
    """Say the same of each evening from one day to another."""
    for n in range((last - first).days + 1):
        end = first + n * ONE
        moment = end_of(datetime(end.year, end.month, end.day, tzinfo=CHINA))
        yield Answer("H04", moment, valid, place=place)


class _School:
    """The post, its two courses, and who is taken on for it."""

    def __init__(self, sites: dict[str, Any]) -> None:
        self.sites = sites
        self.first, self.second = people.CourseFactory(), people.CourseFactory()
        self.post = people.PostFactory(code="screener-of-march", needs_background_check=False)
        both = [self.first, self.second]
        for courses, day, told in (
            (both[:1], date(2025, 1, 1), _at(1)),
            (both, _march(10), _at(5)),
            (both[:1], _march(20), _at(22)),
        ):
            staff.ask_of_post(self.post, courses=courses, from_on=day, by=None, at=told)

    def person(self, **more: Any) -> Any:
        return people.EmployeeFactory(post=self.post, site=self.sites[HERE], **more)

    def hold(self, person: Any, course: Any, since: date = LONG_AGO, until: Any = None) -> Any:
        return staff.record_external(
            person, course, issuer="邮政管理局", outer_number="X", issued_on=since,
            expires_on=until, by=None, at=NOW,
        )  # fmt: skip

    def ended(self) -> Iterator[Answer]:
        one = self.person()
        self.hold(one, self.first, until=_march(15))
        self.hold(one, self.second)
        yield from _evenings(FIRST, _march(14), valid=True)
        yield from _evenings(_march(15), YESTERDAY, valid=False)

    def asked_for_more(self) -> Iterator[Answer]:
        self.hold(self.person(), self.first)
        yield from _evenings(FIRST, _march(9), valid=True)
        yield from _evenings(_march(10), _march(19), valid=False)
        yield from _evenings(_march(20), YESTERDAY, valid=True)

    def new(self) -> Iterator[Answer]:
        """Due on the 6th, passed on the 9th; the second course came later and excuses nobody."""
        one = self.person(hired_on=date(2026, 2, 16))
        for course, due in ((self.first, 6), (self.second, 25)):
            staff.assign_course(one, course, due_on=_march(due), at=_at(5))
        self.hold(one, self.first, since=_march(9))
        yield from _evenings(_march(7), _march(8), valid=False)
        yield from _evenings(_march(9), _march(9), valid=True)
        yield from _evenings(_march(10), _march(19), valid=False)
        yield from _evenings(_march(20), YESTERDAY, valid=True)

    def taken_back(self) -> Iterator[Answer]:
        paper = self.hold(self.person(), self.first)
        staff.withdraw_certificate(
            paper, on=_march(3), reason="冒名考试", by=people.UserFactory(), at=_at(4)
        )
        yield from _evenings(FIRST, _march(2), valid=True)
        yield from _evenings(_march(3), YESTERDAY, valid=False)

    def moved(self) -> Iterator[Answer]:
        one = self.person()
        self.hold(one, self.first)
        other = people.PostFactory(code="driver-of-march", needs_background_check=False)
        courses = [people.CourseFactory()]
        staff.ask_of_post(other, courses=courses, from_on=LONG_AGO, by=None, at=_at(1))
        staff.transfer(one, post=other, site=self.sites[THERE], on=_march(8), reason="调岗",
                       at=_at(9))  # fmt: skip
        yield from _evenings(FIRST, _march(7), valid=True)
        yield from _evenings(_march(8), YESTERDAY, valid=False, place=THERE)

    def left(self) -> Iterator[Answer]:
        one = self.person()
        for course in (self.first, self.second):
            self.hold(one, course)
        staff.leave(one, on=_march(12), at=_at(12))
        yield from _evenings(FIRST, _march(12), valid=True)

    def activated(self) -> Iterator[Answer]:
        one = self.person(state="pending", hired_on=date(2026, 2, 10))
        self.hold(one, self.first)
        staff.activate_employee(one, at=_at(18))
        yield from _evenings(_march(18), _march(19), valid=False)
        yield from _evenings(_march(20), YESTERDAY, valid=True)
