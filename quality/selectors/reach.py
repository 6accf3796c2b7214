"""Which nonconformities and measures a reader reaches."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from courierqa.core.access import Access, matrix
from courierqa.core.enums import Role
from quality.models import Action, EffectCheck, Nonconformity
from staff.enums import EmployeeState
from staff.models import Employee, User

# Who may own or check something anywhere, not only at their own site.
LEADING = (Role.SUPERVISOR, Role.LEAD, Role.QUALITY, Role.MANAGER, Role.HR)
MOST_PEOPLE = 500


def nonconformities_for(access: Access) -> QuerySet[Nonconformity]:
    """Return those of the actor's scope: sites, and whatever the actor owns, does or checks."""
    rows = Nonconformity.objects.filter(within(access))
    return rows.select_related("site", "owner")


def within(access: Access) -> Q:
    """Return the filter of a scope over nonconformities."""
    if access.is_all:
        return Q()
    seen = access.rows(site="site_id")
    if access.user is not None:
        seen |= Q(raised_by=access.user)
    if access.employee_id is not None:
        seen |= _of_person(access.employee_id)
    return seen


def _of_person(pk: int) -> Q:
    deeds = Action.objects.filter(owner=pk).values("nonconformity")
    checks = EffectCheck.objects.filter(verifier=pk).values("nonconformity")
    return Q(owner=pk) | Q(pk__in=deeds) | Q(pk__in=checks)


def changeable(access: Access) -> Q:
    """Return the filter of a scope that changes: own means owner, not merely doer or raiser."""
    if access.is_all:
        return Q()
    own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
    return access.rows(site="site_id") | own


def actions_for(access: Access) -> QuerySet[Action]:
    """Return the measures the actor may report on."""
    seen = Q()
    if not access.is_all:
        own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
        seen = access.rows(site="nonconformity__site_id") | own
    return Action.objects.filter(seen).select_related("nonconformity", "owner")


def people_for(row: Nonconformity) -> QuerySet[Employee]:
    """Return who may own a part of it: people of the site, and leaders of any."""
    near = Q(post__role__in=LEADING)
    if row.site_id is not None:
        near |= Q(site=row.site_id)
    people = Employee.objects.filter(near).exclude(state=EmployeeState.LEFT)
    return people.select_related("post").order_by("number")


def checkers_for(row: Nonconformity, *, at: datetime) -> QuerySet[Employee]:
    """Return who may check the effect: a leader who does none of it and may keep a result."""
    deeds = Action.objects.filter(nonconformity=row, round=row.round)
    people = Employee.objects.filter(post__role__in=LEADING, user__in=_verifying(at))
    people = people.exclude(state=EmployeeState.LEFT).exclude(pk=row.owner_id or 0)
    people = people.exclude(pk__in=deeds.values("owner"))
    return people.select_related("post").order_by("number")


def _verifying(at: datetime) -> QuerySet[User]:
    """Return the logins whose roles may keep a result: the post alone does not say so."""
    roles = matrix()["nonconformity"]["verify"].keys()
    valid = Q(grants__valid_from__lte=at) & (Q(grants__valid_to=None) | Q(grants__valid_to__gt=at))
    return User.objects.filter(valid, grants__role__in=roles, is_active=True)
