"""What a post asked for on a day, and who was qualified for it then (H04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from courierqa.core.access import Access
from staff import on_post
from staff.models import Course, Employee, Post, PostRequirement
from staff.on_post import Held, Standing


@dataclass(frozen=True)
class Line:
    """A person active on a post on a day, with the courses that were not valid then."""

    standing: Standing
    missing: list[Course]

    @property
    def person(self) -> Employee:
        return self.standing.person


def asked_history(post: Post) -> QuerySet[PostRequirement]:
    """Return every change of what a post asks for, newest first."""
    return post.requirements.select_related("course", "by").order_by("-pk")


def asked_on(post: Post, day: date) -> list[Course]:
    """Return the courses a post asked for on a day, except inductions; two queries."""
    return list(Course.objects.filter(pk__in=on_post.asked_now().on(post.pk, day)))


def standings(access: Access, post: Post, *, day: date) -> list[Line]:
    """Return who was on a post on a day and counts, by staff number; always six queries.

    Only people the reader may see, at their site of today.
    """
    return sorted(_lines(access, post, day), key=lambda one: one.person.number)


def _lines(access: Access, post: Post, day: date) -> Iterator[Line]:
    book = on_post.Book(on_post.ever_on(post).filter(access.rows(site="site", own="pk")))
    courses = {one.pk: one for one in Course.objects.all()}
    for person in book.people:
        stood = book.on(person, day)
        if stood is not None and stood.post_id == post.pk and stood.counts:
            missing = [pk for pk, held in stood.courses.items() if held != Held.VALID]
            yield Line(stood, [courses[pk] for pk in missing])
