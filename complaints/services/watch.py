"""The watch over deadlines: warns, writes each miss down once, and climbs the reporting line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from complaints import clocks
from complaints.clocks import Running
from complaints.enums import OPEN, Clock
from complaints.models import Case, Transfer
from complaints.services.intake import tell_staff
from complaints.services.investigating import check_statements
from complaints.services.moves import hold, settle_clocks
from complaints.services.ruling import finish_rulings
from courierqa.core.enums import Role
from courierqa.core.models import ClockMiss
from staff.models import Employee, Grant, User

BATCH = 500


def check_clocks(*, now: datetime) -> dict[str, Any]:
    """Look at the cases whose next moment has come, and at nothing else."""
    due = Case.objects.filter(next_check_at__lte=now, status__in=OPEN)
    seen = [_check_case(case, now=now) for case in due.order_by("next_check_at")[:BATCH]]
    helped = [_check_transfer(row, now=now) for row in _late_transfers(now)]
    return {"cases": len(seen), "notices": sum(seen), "transfers": sum(helped)}


def check_decisions(*, now: datetime) -> dict[str, Any]:
    """Make decisions final that nobody appealed in time, and miss statements that did not come."""
    return {"final": finish_rulings(now=now), "statements": check_statements(now=now)}


@transaction.atomic
def _check_case(case: Case, *, now: datetime) -> int:
    hold(case)
    sent = 0
    for run in clocks.running(case):
        steps = clocks.steps_passed(run, now=now)
        if steps >= 2:
            _write_miss(case, run.clock, run.due_at, now=now)
        # A clock found already missed is no longer "due soon": only what is true now is told.
        first = 1 if steps <= 1 else 2
        sent += sum(_notify(case, run, step, now=now) for step in range(first, steps + 1))
    settle_clocks(case, at=now)
    return sent


def _write_miss(obj: Case | Transfer, clock: Clock, due_at: datetime, *, now: datetime) -> None:
    ClockMiss.objects.get_or_create(
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        clock=clock,
        due_at=due_at,
        defaults={"noticed_at": now},
    )


def _notify(case: Case, run: Running, step: int, *, now: datetime) -> int:
    """Step 1 warns the owner; 2, 3 and 4 go one head up the line each."""
    template = "due_soon" if step == 1 else f"overdue_{run.clock}"
    people = _line_of(case, step)
    for user in people:
        key = f"{run.clock}-{run.due_at:%Y%m%d%H%M%S}-{step}-{user.pk}"
        tell_staff(case, user, key=key, template=template, at=now)
    return len(people)


def _line_of(case: Case, step: int) -> list[User]:
    if step == 1:
        return [case.owner] if case.owner else _leads(case)
    heads = list(_heads(case.owner))
    if len(heads) >= step - 1:
        return [heads[step - 2]]
    return _leads(case)


def _heads(user: User | None) -> Iterator[User]:
    """Yield the people above this one who can be told, nearest first; a circle ends it."""
    person = Employee.objects.filter(user=user).select_related("supervisor__user").first()
    seen: set[int] = set()
    while person and person.supervisor_id and person.supervisor_id not in seen:
        seen.add(person.supervisor_id)
        person = Employee.objects.select_related("user", "supervisor").get(pk=person.supervisor_id)
        if person.user and person.user.is_active:
            yield person.user


def _leads(case: Case) -> list[User]:
    valid = Q(valid_to=None) | Q(valid_to__gt=case.received_at)
    grants = Grant.objects.filter(valid, role=Role.LEAD, user__is_active=True)
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("pk"))


def _late_transfers(now: datetime) -> list[Transfer]:
    late = Transfer.objects.filter(answered_at=None, missed_at=None, due_at__lt=now)
    return list(late.filter(case__status__in=OPEN).select_related("case", "to_user")[:BATCH])


@transaction.atomic
def _check_transfer(row: Transfer, *, now: datetime) -> int:
    case = hold(row.case)
    taken = Transfer.objects.filter(pk=row.pk, answered_at=None, missed_at=None)
    if not taken.update(missed_at=now):
        return 0
    _write_miss(row, Clock.INTERNAL, row.due_at, now=now)
    told = [row.to_user, next(_heads(row.to_user), case.owner)]
    for user in {person.pk: person for person in told if person}.values():
        key = f"internal-{row.pk}-{user.pk}"
        tell_staff(case, user, key=key, template="overdue_internal", at=now)
    return 1
