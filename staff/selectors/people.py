"""Sites and people, within what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from courierqa.core.models import AuditEntry
from staff.enums import EmployeeState
from staff.models import Employee, Grant, Move, Site, User

# What counts as somebody having looked at a person's own data.
LOOKS = ("employee.reveal", "employee.open")
FIELD_WORDS = {
    "phone": _("Phone"),
    "id_number": _("Identity number"),
    "record": pgettext_lazy("look", "Staff record"),
    "grade": _("Monthly grade"),
}
REVEAL_REASONS = {
    "payroll": _("Wages or insurance"),
    "contract": _("Work contract"),
    "authority": _("Question of an authority"),
    "emergency": _("Emergency"),
}


def sites_then(asked: Sequence[tuple[Employee, date]]) -> list[int]:
    """Return where each of these people worked on a day: records stay with that site (B19)."""
    people = {person.pk for person, _day in asked}
    moved: dict[int, list[tuple[date, int]]] = {}
    rows = Move.objects.filter(employee__in=people).order_by("on", "pk")
    for who, on, site in rows.values_list("employee_id", "on", "from_site_id"):
        moved.setdefault(who, []).append((on, site))
    return [
        next((site for on, site in moved.get(person.pk, ()) if on > day), person.site_id)
        for person, day in asked
    ]


def sites_for(access: Access) -> QuerySet[Site]:
    """Return the sites the actor may see: all, the granted ones, or the one they work at."""
    if access.scope == Scope.OWN:
        return Site.objects.filter(employees=access.employee_id)
    if access.scope in (Scope.ALL, Scope.QUEUE):
        return Site.objects.all()
    return Site.objects.filter(pk__in=access.sites)


def employees_for(access: Access) -> QuerySet[Employee]:
    """Return the people the actor may see."""
    return Employee.objects.filter(access.rows(site="site", own="pk")).select_related(
        "post", "site"
    )


def site_names() -> dict[int, str]:
    """Return site id → name in the reader's language."""
    return {site.pk: str(site) for site in Site.objects.all()}


def sites_with_people(access: Access) -> QuerySet[Site]:
    """Return the sites with their number of active people, for the list."""
    active = Count("employees", filter=Q(employees__state=EmployeeState.ACTIVE))
    return sites_for(access).select_related("hub").annotate(people=active).order_by("code")


def valid_at(at: datetime) -> Q:
    """Return the filter for grants valid at a moment."""
    return Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))


def grants_of(user: User, *, now: datetime) -> list[Grant]:
    """Return the grants a person has now."""
    return list(user.grants.filter(valid_at(now)).select_related("site"))


def past_grants_of(user: User, *, now: datetime) -> list[Grant]:
    """Return the grants that ended, newest end first."""
    ended = user.grants.filter(valid_to__lte=now).select_related("site", "revoked_by")
    return list(ended.order_by("-valid_to"))


@dataclass(frozen=True)
class Look:
    """Somebody opened hidden data: when, who, what, why."""

    at: datetime
    who: str
    what: list[Any]
    why: Any
    is_reveal: bool = False


def looks_at(user: User, limit: int = 20) -> list[Look]:
    """Return who revealed this person's own data or opened their record, newest first."""
    person = getattr(user, "employee", None)
    if person is None:
        return []
    rows = AuditEntry.objects.filter(object_type="staff.employee", object_id=str(person.pk))
    return [
        Look(
            at=row.at,
            who=row.actor_name,
            what=[FIELD_WORDS.get(name, name) for name in row.fields],
            why=REVEAL_REASONS.get(row.reason, row.reason),
            is_reveal=row.verb == "reveal",
        )
        for row in rows.filter(action__in=LOOKS).order_by("-id")[:limit]
    ]


def users_list(*, words: str = "", role: str = "", now: datetime) -> QuerySet[User]:
    """Return logins with their present grants, for the users page."""
    current = Grant.objects.filter(valid_at(now)).select_related("site")
    found = User.objects.prefetch_related(Prefetch("grants", current, to_attr="current"))
    if words:
        found = found.filter(Q(username__icontains=words) | Q(display_name__icontains=words))
    if role:
        holders = Grant.objects.filter(valid_at(now), role=role).values("user")
        found = found.filter(pk__in=holders)
    return found.select_related("employee__post", "employee__site").order_by("username")


def search_people(
    access: Access, *, words: str = "", site: str = "", post: str = "", state: str = ""
) -> QuerySet[Employee]:
    """Return the people of the list, narrowed by what the reader typed."""
    found = employees_for(access)
    if words:
        found = found.filter(Q(number__icontains=words) | Q(name__icontains=words))
    if site:
        found = found.filter(site__code=site)
    if post:
        found = found.filter(post__code=post)
    return found.filter(state=state) if state else found.exclude(state=EmployeeState.LEFT)
