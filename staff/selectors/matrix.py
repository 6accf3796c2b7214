"""The training matrix: post × course, who holds what the post requires (H04)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courierqa.core.access import Access
from staff.enums import CourseKind, EmployeeState
from staff.models import Certificate, Course, Employee, Post
from staff.qualifications import valid_on


@dataclass(frozen=True)
class Square:
    """A post and a course: how many people, how many hold a valid certificate."""

    post: Post
    course: Course
    people: int
    holders: int
    is_required: bool

    @property
    def gap(self) -> int:
        return self.people - self.holders if self.is_required else 0


@dataclass(frozen=True)
class MatrixRow:
    """One post with a square for each course."""

    post: Post
    people: int
    squares: list[Square]


def _people(access: Access, site: str) -> QuerySet[Employee]:
    rows = Employee.objects.filter(access.rows(site="site", own="pk"))
    rows = rows.exclude(state=EmployeeState.LEFT)
    return rows.filter(site__code=site) if site else rows


def matrix(access: Access, *, site: str = "", day: date) -> tuple[list[Course], list[MatrixRow]]:
    """Return the courses and one row a post; always five queries, however many people."""
    people = _people(access, site)
    counts = dict(people.order_by().values_list("post").annotate(n=Count("pk")))
    held = (
        Certificate.objects.filter(valid_on(day), employee__in=people)
        .order_by()
        .values_list("employee__post", "course")
        .annotate(n=Count("employee", distinct=True))
    )
    holders = {(post, course): n for post, course, n in held}
    required = defaultdict(set)
    lasting = Post.courses.through.objects.exclude(course__kind=CourseKind.INDUCTION)
    for post, course in lasting.values_list("post", "course"):
        required[post].add(course)
    courses = _shown(required, counts, holders)
    rows = [
        MatrixRow(
            post, counts[post.pk],
            [Square(post, c, counts[post.pk], holders.get((post.pk, c.pk), 0),
                    c.pk in required[post.pk]) for c in courses],
        )
        for post in Post.objects.all() if counts.get(post.pk)
    ]  # fmt: skip
    return courses, rows


def _shown(
    required: dict[int, set[int]], counts: dict[int, int], holders: dict[tuple[int, int], int]
) -> list[Course]:
    """Return the courses these people need or hold; those needed first."""
    needed = {course for post in counts for course in required[post]}
    seen = needed | {course for _post, course in holders}
    return sorted(Course.objects.filter(pk__in=seen), key=lambda c: (c.pk not in needed, c.code))


def without(
    access: Access, post: Post, course: Course, *, site: str = "", day: date
) -> QuerySet[Employee]:
    """Return the people behind a gap: on the post and without a valid certificate."""
    valid = Certificate.objects.filter(valid_on(day), employee=OuterRef("pk"), course=course)
    people = _people(access, site).filter(Q(post=post)).exclude(Exists(valid))
    return people.select_related("site", "post").order_by("number")
