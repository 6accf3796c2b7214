"""Who a document concerns: people of its posts and sites, and since when they are there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Max, QuerySet

from quality.models import Document
from staff.enums import EmployeeState
from staff.models import Employee, Move


def audience_of(document: Document) -> QuerySet[Employee]:
    """Return who has to confirm it: people with a login who hold one of its posts at its sites."""
    people = Employee.objects.exclude(state=EmployeeState.LEFT).filter(user__is_active=True)
    posts = list(document.posts.values_list("pk", flat=True))
    sites = list(document.sites.values_list("pk", flat=True))
    if posts:
        people = people.filter(post__in=posts)
    if sites:
        people = people.filter(site__in=sites)
    return people.order_by("pk")


def joined_on(people: Collection[int]) -> dict[int, date]:
    """Return the day each person last moved to another post or site; others joined when hired."""
    moves = Move.objects.filter(employee__in=people).order_by().values_list("employee")
    return dict(moves.annotate(last=Max("on")))
