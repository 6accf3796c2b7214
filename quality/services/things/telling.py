"""Who is told of danger, first of all the superior (SAF-03, seed 002 B 第8条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from courierqa.core import notify, outbox
from courierqa.core.enums import Channel, Role
from quality.models import Hazard, IncidentLine, SafetyIncident
from quality.services.terms import climb_wait
from quality.thing_enums import IncidentSeverity, IncidentStatus
from staff.models import Employee, Grant, Site, User

# Whom each step adds; a severity begins at its own step, an unanswered report climbs.
STEPS = (frozenset({Role.SUPERVISOR}), frozenset({Role.QUALITY, Role.LEAD}),
         frozenset({Role.MANAGER}))  # fmt: skip
FIRST_STEPS = {
    IncidentSeverity.SLIGHT: 1, IncidentSeverity.SERIOUS: 2, IncidentSeverity.GRAVE: 3,
}  # fmt: skip


def begin_telling(row: SafetyIncident, *, at: datetime) -> None:
    """Tell whoever the severity names now, and arrange for the next step if nobody takes it."""
    step = FIRST_STEPS[IncidentSeverity(row.severity)]
    tell_step(row, step, at=at)


def tell_step(row: SafetyIncident, step: int, *, at: datetime) -> int:
    """Tell everybody up to a step who was not told yet; return how many were."""
    told = _tell(row, people_of(row.site, row.reporter, step=step, at=at), at)
    if step < len(STEPS):
        wait = climb_wait(row.severity)
        outbox.emit(
            "quality.climb", f"incident:{row.pk}:{step + 1}",
            {"incident_id": row.pk, "step": step + 1}, run_after=at + wait,
        )  # fmt: skip
    return told


def climb(incident_id: int, step: int, *, at: datetime) -> int:
    """Tell the next step of a report that nobody has taken in hand."""
    row = SafetyIncident.objects.filter(pk=incident_id, status=IncidentStatus.REPORTED).first()
    return tell_step(row, step, at=at) if row is not None else 0


def people_of(site: Site, person: Employee | None, *, step: int, at: datetime) -> list[User]:
    """Return the superior of a person and whoever leads the site, up to a step of the ladder."""
    roles = frozenset().union(*STEPS[:step])
    valid = Q(valid_to=None) | Q(valid_to__gt=at)
    grants = Grant.objects.filter(valid, role__in=roles, valid_from__lte=at)
    grants = grants.filter(Q(site=site) | Q(site=None), user__is_active=True)
    superior = person.supervisor.user_id if person and person.supervisor else None
    rows = User.objects.filter(Q(pk__in=grants.values("user")) | Q(pk=superior or 0))
    return list(rows.filter(is_active=True).order_by("pk"))


def leaders_of(site: Site | None, *, at: datetime) -> list[User]:
    """Return who leads a site; without one, or without a leader, quality management."""
    valid = Q(valid_to=None) | Q(valid_to__gt=at)
    grants = Grant.objects.filter(valid, valid_from__lte=at)
    rows = User.objects.filter(is_active=True).order_by("pk")
    led = grants.filter(role=Role.SUPERVISOR, site=site) if site else grants.none()
    found = list(rows.filter(pk__in=led.values("user")))
    quality = grants.filter(role=Role.QUALITY, site=None)
    return found or list(rows.filter(pk__in=quality.values("user")))


def _tell(row: SafetyIncident, users: Iterable[User], at: datetime) -> int:
    known = set(row.lines.exclude(told=None).values_list("told_id", flat=True))
    fresh = [user for user in users if user.pk not in known]
    for user in fresh:
        _notice(user, f"incident:{row.pk}:{user.pk}", "incident", {"row": row}, row,
                f"/incidents/{row.number}/", at)  # fmt: skip
    IncidentLine.objects.bulk_create(
        [IncidentLine(incident=row, at=at, text=str(user)[:300], told=user) for user in fresh]
    )
    return len(fresh)


def tell_of_hazard(row: Hazard, *, at: datetime) -> int:
    """Tell leaders and managers of a major hazard: the work there stands still."""
    users = people_of(row.site, row.owner, step=len(STEPS), at=at)
    for user in users:
        _notice(user, f"hazard:{row.pk}:{user.pk}", "hazard", {"row": row}, row,
                f"/hazards/{row.number}/", at)  # fmt: skip
    return len(users)


def _notice(
    user: User, key: str, template: str, context: dict[str, Any], obj: Any, link: str, at: datetime
) -> None:
    notify.send(
        key=key, channel=Channel.IN_APP, template=f"quality/{template}",
        language=user.language or settings.LANGUAGE_CODE, user=user, context=context, obj=obj,
        link=link, at=at, urgent=True,
    )  # fmt: skip
