"""Whom a notice concerns: people of its sites with its roles, and those named besides."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from quality.models import StaffNotice
from staff.enums import EmployeeState
from staff.models import Employee


def audience_of(row: StaffNotice) -> QuerySet[Employee]:
    """Return who has to confirm it; people without a login are told by their superior."""
    here = Employee.objects.exclude(state=EmployeeState.LEFT).filter(user__is_active=True)
    sites = list(row.sites.values_list("pk", flat=True))
    named = list(row.people.values_list("pk", flat=True))
    meant = Q()
    if sites:
        meant &= Q(site__in=sites)
    if row.roles:
        meant &= Q(post__role__in=row.roles)
    if named:
        # Names alone mean these people; beside sites or roles they are added to them.
        meant = (meant | Q(pk__in=named)) if sites or row.roles else Q(pk__in=named)
    return here.filter(meant).order_by("pk")
