"""Who was qualified for their post at the end of each day, judged a second time (H04)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification.book import Recount
from kpi.verification.fallen import said
from staff.models import (
    Certificate,
    CourseAssignment,
    Employee,
    Move,
    PostRequirement,
    PostSpan,
)


def count(period: Period, as_of: datetime, found: Recount) -> None:
    """Look at everybody at the end of every ended day, from the first month that was counted."""
    first = PostSpan.objects.aggregate(first=Min("day"))["first"]
    if first is None:
        return
    book, day = _Book(), max(period.start_day, first.replace(day=1))
    while day < min(period.end_day, calendars.business_day(as_of)):
        for person, site, is_qualified in book.on(day):
            found.add(("H04", day, site, 0), person, said(is_qualified))
        day += timedelta(days=1)


class _Book:
    """Moves, papers, first due days and what posts asked for, as they are on record."""

    def __init__(self) -> None:
        self.people = list(Employee.objects.exclude(state="pending").order_by("pk"))
        self.moves: dict[int, list[Move]] = defaultdict(list)
        for move in Move.objects.order_by("on", "pk"):
            self.moves[move.employee_id].append(move)
        self.papers: dict[tuple[int, int], list[Certificate]] = defaultdict(list)
        for paper in Certificate.objects.all():
            self.papers[paper.employee_id, paper.course_id].append(paper)
        self.dues: dict[tuple[int, int], list[date]] = defaultdict(list)
        for owed in CourseAssignment.objects.all():
            self.dues[owed.employee_id, owed.course_id].append(owed.due_on)
        self.words: dict[int, list[Any]] = defaultdict(list)
        written = PostRequirement.objects.exclude(course__kind="induction").order_by("pk")
        for row in written.values_list("post_id", "course_id", "from_on", "is_required"):
            self.words[row[0]].append(row[1:])

    def on(self, day: date) -> Iterator[tuple[int, int, bool]]:
        """Yield (person, site, qualified) of everybody active on a post that asked for something.

        Only those are learning who lack nothing but what they may still learn.
        """
        for one in self.people:
            if day < max(one.hired_on, one.active_from or one.hired_on):
                continue
            if one.left_on is not None and day > one.left_on:
                continue
            came, post, site = self._place(one, day)
            asked = self._asked(post, day)
            gaps = [course for course in asked if not self._holds(one.pk, course, day)]
            learning = [
                course for course in gaps
                if asked[course] <= came and self._may_learn(one.pk, course, day)
            ]  # fmt: skip
            if asked and (not gaps or len(learning) < len(gaps)):
                yield one.pk, site, not gaps

    def _place(self, one: Employee, day: date) -> tuple[date, int, int]:
        """Return since when somebody held the post of a day, and which post and site it was."""
        ends: dict[date, tuple[int, int]] = {}
        for move in self.moves[one.pk]:
            if move.on <= day:
                ends[move.on] = ends.get(move.on, (move.from_post_id, 0))[0], move.to_post_id
        later = [move for move in self.moves[one.pk] if move.on > day]
        start = max(one.hired_on, one.active_from or one.hired_on)
        came = max(start, *(on for on, (old, new) in ends.items() if old != new), start)
        if later:
            return came, later[0].from_post_id, later[0].from_site_id
        return came, one.post_id, one.site_id

    def _asked(self, post: int, day: date) -> dict[int, date]:
        """Return course → since when: of what was written down, the last that holds on the day."""
        known: dict[int, tuple[date, bool]] = {}
        for course, from_on, is_required in self.words[post]:
            if (from_on or date.min) <= day:
                known[course] = (from_on or date.min, is_required)
        return {course: since for course, (since, is_required) in known.items() if is_required}

    def _holds(self, who: int, course: int, day: date) -> bool:
        return any(
            one.issued_on <= day
            and (one.expires_on is None or one.expires_on > day)
            and (one.withdrawn_on is None or one.withdrawn_on > day)
            for one in self.papers[who, course]
        )

    def _may_learn(self, who: int, course: int, day: date) -> bool:
        """Say whether a course was never held, and its first due day has not passed."""
        if any(one.issued_on <= day for one in self.papers[who, course]):
            return False
        return min(self.dues[who, course], default=date.min) >= day
