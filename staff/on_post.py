"""Who was qualified for their post on which day, and what the post asked for then (H04).

What a post asks for are the courses required of it, except inductions: those are of the first days.
Whoever lacks one they never held, on a post that asked for it when they came, is a trainee until
its first due day and works under supervision: not active. On a post that asks for nothing nobody
has to be qualified, so nobody counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Min, Q, QuerySet

from courierqa.core import evenings
from staff.enums import CourseKind
from staff.models import (
    Certificate,
    CourseAssignment,
    Employee,
    Move,
    Post,
    PostRequirement,
    PostSpan,
)
from staff.stays import DAY, active_stays

KIND = "H04"


class Held(Enum):
    """How somebody stands with a course their post asks for."""

    VALID = "valid"
    LEARNING = "learning"
    MISSING = "missing"


@dataclass(frozen=True)
class Standing:
    """A person on a post on a day: where, and each course it asked for then."""

    person: Employee
    post_id: int
    site_id: int
    courses: dict[int, Held]

    @property
    def is_qualified(self) -> bool:
        return all(one == Held.VALID for one in self.courses.values())

    @property
    def is_trainee(self) -> bool:
        return not self.is_qualified and Held.MISSING not in self.courses.values()

    @property
    def counts(self) -> bool:
        """Say whether this person stands in the figure: active, on a post that asks for some."""
        return bool(self.courses) and not self.is_trainee


class Asked:
    """What posts asked for on which day; one query."""

    def __init__(self, rows: Iterable[PostRequirement]) -> None:
        self.of: dict[int, dict[int, list[PostRequirement]]] = defaultdict(dict)
        for row in rows:
            self.of[row.post_id].setdefault(row.course_id, []).append(row)

    def on(self, post_id: int, day: date) -> dict[int, date]:
        """Return course → the day from which it was asked for. What was written last holds."""
        found = {}
        for course, rows in self.of.get(post_id, {}).items():
            known = [row for row in rows if row.from_on is None or row.from_on <= day]
            if known and known[-1].is_required:
                found[course] = known[-1].from_on or date.min
        return found

    def days(self, post_id: int) -> Iterator[date]:
        """Yield the days on which it may have asked for something else than before."""
        for rows in self.of.get(post_id, {}).values():
            yield from (row.from_on for row in rows if row.from_on is not None)


def asked_now() -> Asked:
    """Return what every post asked for, except inductions."""
    rows = PostRequirement.objects.exclude(course__kind=CourseKind.INDUCTION)
    return Asked(rows.order_by("pk"))


class Book:
    """What is known of some people's posts and papers; five queries, however many they are."""

    def __init__(self, people: Any) -> None:
        self.asked = asked_now()
        moves: dict[int, list[Move]] = defaultdict(list)
        for move in Move.objects.filter(employee__in=people).order_by("on", "pk"):
            moves[move.employee_id].append(move)
        self.people = list(people.defer("phone", "id_number").order_by("pk"))
        self.stays = {one.pk: list(active_stays(one, moves[one.pk])) for one in self.people}
        self.papers: dict[int, list[Certificate]] = defaultdict(list)
        for paper in Certificate.objects.filter(employee__in=people):
            self.papers[paper.employee_id].append(paper)
        self.first_due: dict[int, dict[int, date]] = defaultdict(dict)
        owed = CourseAssignment.objects.filter(employee__in=people).order_by()
        dues = owed.values_list("employee", "course").annotate(first=Min("due_on"))
        for who, course, day in dues:
            self.first_due[who][course] = day

    def on(self, person: Employee, day: date) -> Standing | None:
        """Return how somebody stood on a day; nobody active stands nowhere."""
        came, before = date.min, 0
        for start, end, post, site in self.stays[person.pk]:
            # Another site is no other post.
            came, before = (came if post == before else start), post
            if start <= day <= end:
                courses = {
                    course: self._held(person.pk, course, day, is_new=since <= came)
                    for course, since in self.asked.on(post, day).items()
                }
                return Standing(person, post, site, courses)
        return None

    def _held(self, who: int, course: int, day: date, *, is_new: bool) -> Held:
        papers = [one for one in self.papers[who] if one.course_id == course]
        papers = [one for one in papers if one.issued_on <= day]
        if any(one.ends_on is None or day < one.ends_on for one in papers):
            return Held.VALID
        due = self.first_due[who].get(course)
        may_learn = is_new and not papers and due is not None and day <= due
        return Held.LEARNING if may_learn else Held.MISSING

    def days(self, person: Employee) -> set[date]:
        """Return every day on which a person's standing may change."""
        found: set[date] = set()
        for start, end, post, _site in self.stays[person.pk]:
            found |= {start, *self.asked.days(post)}
            found |= {end + DAY} if end < date.max else set()
        for paper in self.papers[person.pk]:
            found |= {paper.issued_on, paper.ends_on or paper.issued_on}
        return found | {day + DAY for day in self.first_due[person.pk].values()}


def ever_on(post: Post) -> QuerySet[Employee]:
    """Return whoever holds or held a post."""
    left = Move.objects.filter(from_post=post).values("employee")
    return Employee.objects.filter(Q(post=post) | Q(pk__in=left))


def begun_on() -> date | None:
    """Return the first day of the first month anybody was counted in; none before the job ran."""
    first = PostSpan.objects.aggregate(first=Min("day"))["first"]
    return first.replace(day=1) if first else None


def keep_from(first: date, *, at: datetime) -> int:
    """Make everybody's evenings anew, from a day on; return how many people moved."""
    everybody = Employee.objects.all()
    moved = evenings.differing(PostSpan, KIND, _evenings(everybody, first))
    return _keep(everybody.filter(pk__in=moved), first, at) if moved else 0


def refresh(people: Any, *, at: datetime) -> None:
    """Make the evenings of some people anew, after their post or papers changed."""
    first = begun_on()
    if first is not None:
        _keep(people, first, at)


def refresh_person(person_id: int, *, at: datetime) -> None:
    """Make the evenings of one person anew."""
    refresh(Employee.objects.filter(pk=person_id), at=at)


def refresh_post(post: Post, *, at: datetime) -> None:
    """Make the evenings anew of whoever holds or held a post."""
    refresh(ever_on(post), at=at)


def _keep(people: Any, first: date, at: datetime) -> int:
    """Nobody else works on the evenings of these people meanwhile."""
    list(people.order_by("pk").select_for_update().values_list("pk", flat=True))
    return evenings.keep(PostSpan, KIND, _evenings(people, first), at=at)


def _evenings(people: Any, first: date) -> dict[int, Sequence[evenings.EveningSpan]]:
    book = Book(people)
    return {one.pk: _spans(book, one, first) for one in book.people}


def _spans(book: Book, person: Employee, first: date) -> Sequence[evenings.EveningSpan]:
    def on(day: date) -> evenings.Evening | None:
        stood = book.on(person, day)
        return (stood.site_id, stood.is_qualified) if stood and stood.counts else None

    days = book.days(person)
    thing = evenings.Thing(KIND, person.pk, person.number, person.pk)
    return evenings.cut(PostSpan, thing, {first, *(day for day in days if day > first)}, on)
