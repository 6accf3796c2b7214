"""What a post asks for: changed with the day from which it counts, never overwritten (H04)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from staff import on_post
from staff.models import Course, Post, PostRequirement, User


@transaction.atomic
def ask_of_post(
    post: Post, *, courses: Collection[Course], from_on: date, by: User | None, at: datetime
) -> list[PostRequirement]:
    """Make these the courses a post requires, counting from a day; return what changed.

    The day decides from when it counts in the figure. Guards (hiring, activation, transfer, rounds)
    ask for an added course at once; the roster assigns it with its usual time to learn.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    before, wanted = set(post.courses.all()), set(courses)
    if before == wanted:
        raise DomainError(_("The post requires exactly these courses already"),
                          code="no_change", field="courses")  # fmt: skip
    if before - wanted and from_on > business_day(at):
        raise DomainError(
            _("This day lies ahead. Take a course off when its day has come"),
            code="ahead", field="from_on",
        )  # fmt: skip
    altered = sorted(before ^ wanted, key=lambda one: one.code)
    rows = PostRequirement.objects.bulk_create(
        PostRequirement(
            post=post, course=one, is_required=one in wanted, from_on=from_on, by=by, at=at
        )
        for one in altered
    )
    post.courses.set(wanted)
    on_post.refresh_post(post, at=at)
    audit.record("post.change", post, actor=by, at=at, fields=["courses"])
    return rows
