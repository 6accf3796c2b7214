"""What a post asks for, since when, and who on it is qualified today (H04)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from staff import selectors, services
from staff.forms.work import RequirementsForm
from staff.models import Post, PostRequirement
from staff.selectors.posted import Line
from staff.views.records import Cell, Deed


def require_deed(request: HttpRequest, post: Post) -> Deed:
    """Return how somebody changes which courses a post requires, from a day on."""

    def save(said: dict[str, Any]) -> None:
        services.ask_of_post(post, **said, by=request.user, at=timezone.now())

    initial = {"courses": [one.code for one in post.courses.all()],
               "from_on": business_day(timezone.now())}  # fmt: skip
    form = partial(RequirementsForm, initial=initial)
    return Deed("require", _("Change what the post requires"), form, save, icon="certificate")


def asked_lines(post: Post) -> list[Cell]:
    """Return every change of what a post asks for, newest first."""
    return [Cell(_told(row)) for row in selectors.asked_history(post)]


def _told(row: PostRequirement) -> str:
    said = {"course": row.course, "day": day(row.from_on) if row.from_on else ""}
    if not row.is_required:
        return _("No longer “%(course)s” from %(day)s") % said
    if row.from_on is None:
        return _("“%(course)s” from the beginning") % said
    return _("“%(course)s” from %(day)s") % said


def people_lines(request: HttpRequest, post: Post) -> list[tuple[Any, list[Cell]]]:
    """Return who on the post is active today, for whoever may read their training."""
    access = access_for(request.user, "training", "read")
    if access is None:
        return []
    lines = selectors.standings(access, post, day=business_day(timezone.now()))
    return [(_("On this post today"), [_person(one) for one in lines])]


def _person(one: Line) -> Cell:
    name = f"{one.person.name} {one.person.number}"
    url = reverse("staff:person", args=[one.person.number])
    if not one.missing:
        return Cell(_("%(name)s · qualified") % {"name": name}, url)
    courses = ", ".join(map(str, one.missing))
    said = {"name": name, "courses": courses}
    return Cell(_("%(name)s · not valid: %(courses)s") % said, url, badge="warn")
