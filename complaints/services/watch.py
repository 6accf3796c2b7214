"""The watch over deadlines: warns, writes each miss down once, and climbs the reporting line.

A head of the line is told within the working hours of their site; a notice that waits for them is
remembered on the case. The watch looks at cases whose next moment has come, and at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from complaints import clocks, selectors
from complaints.clocks import Running
from complaints.enums import OPEN, Clock, PauseEnd
from complaints.ladder import HEADS, Ladder
from complaints.models import Case, CaseRules, Transfer
from complaints.services.intake import tell_staff
from complaints.services.investigating import check_statements
from complaints.services.moves import hold, settle_clocks
from complaints.services.pausing import end_pause
from complaints.services.ruling import finish_rulings
from complaints.services.sampling import note_undelivered
from courierqa.core.enums import Role
from courierqa.core.models import ClockMiss
from staff.models import Employee, Grant, User

BATCH = 500


class Told:
    """What one look at a case sent, and when a notice that must wait may go out."""

    def __init__(self) -> None:
        self.sent = 0
        self.wait_until: datetime | None = None

    def wait(self, moment: datetime) -> None:
        """Remember the earliest moment somebody may be told."""
        self.wait_until = min(self.wait_until or moment, moment)


def check_clocks(*, now: datetime) -> dict[str, Any]:
    """Look at the cases whose next moment has come, and at nothing else."""
    rules = selectors.case_rules()
    due = Case.objects.filter(next_check_at__lte=now, status__in=OPEN)
    seen = [_check_case(case, rules, now=now) for case in due.order_by("next_check_at")[:BATCH]]
    helped = [_check_transfer(row, rules, now=now) for row in _late_transfers(now)]
    return {"cases": len(seen), "notices": sum(seen), "transfers": sum(helped)}


def check_decisions(*, now: datetime) -> dict[str, Any]:
    """Make decisions final that nobody appealed in time, and miss statements that did not come.

    Invitations to surveys that could not be delivered are marked here, too.
    """
    return {
        "final": finish_rulings(now=now), "statements": check_statements(now=now),
        "undelivered": note_undelivered(now=now),
    }  # fmt: skip


@transaction.atomic
def _check_case(case: Case, rules: CaseRules, *, now: datetime) -> int:
    hold(case)
    if case.pause_until and case.pause_until <= now:
        end_pause(case, how=PauseEnd.LIMIT, by=None, at=now)
    told = Told()
    for run in clocks.running(case):
        if clocks.is_missed(run, now=now):
            _write_miss(case, run.clock, run.due_at, now=now)
        _climb(case, run, rules, told, now=now)
    case.notice_at = told.wait_until
    case.save(update_fields=["notice_at"])
    settle_clocks(case, at=now)
    return told.sent


def _climb(case: Case, run: Running, rules: CaseRules, told: Told, *, now: datetime) -> None:
    """Tell everybody whose moment has come: the owner before the miss, the heads after it."""
    ladder = selectors.ladder_of(rules)
    came = [(n, m) for n, m in enumerate(clocks.moments(run, ladder), start=1) if m <= now]
    for step, moment in came:
        # A clock found already missed is no longer "due soon": only what is true now is told.
        if step > 1 or len(came) == 1:
            _tell(case, run, step, moment, rules, told, now=now)


def _tell(
    case: Case, run: Running, step: int, moment: datetime, rules: CaseRules, told: Told, *,
    now: datetime,
) -> None:  # fmt: skip
    template = "due_soon" if step == 1 else f"overdue_{run.clock}"
    for user in _line_of(case, step):
        if step > 1:
            opens = selectors.first_open_moment(selectors.hours_of(user, rules), moment)
            if opens > now:
                told.wait(opens)
                continue
        key = f"{run.clock}-{run.due_at:%Y%m%d%H%M%S}-{step}-{user.pk}"
        tell_staff(case, user, key=key, template=template, at=now)
        told.sent += 1


def _write_miss(obj: Case | Transfer, clock: Clock, due_at: datetime, *, now: datetime) -> None:
    ClockMiss.objects.get_or_create(
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        clock=clock,
        due_at=due_at,
        defaults={"noticed_at": now},
    )


def _line_of(case: Case, step: int) -> list[User]:
    """Step 1 is the owner; 2, 3 and 4 go one head up the line each."""
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
    due = Transfer.objects.filter(next_check_at__lte=now, answered_at=None, returned_at=None)
    rows = due.filter(case__status__in=OPEN).select_related("case", "to_user")
    return list(rows.order_by("next_check_at")[:BATCH])


@transaction.atomic
def _check_transfer(row: Transfer, rules: CaseRules, *, now: datetime) -> int:
    """The internal clock: the helper is warned and told, then the heads above the helper."""
    case = hold(row.case)
    row = Transfer.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.ended_at or row.next_check_at is None:
        return 0
    ladder, run = selectors.ladder_of(rules), clocks.helping(row)
    is_new = clocks.is_missed(run, now=now) and row.missed_at is None
    if is_new:
        row.missed_at = now
        _write_miss(row, Clock.INTERNAL, row.due_at, now=now)
    _tell_helper_line(case, row, run, ladder, now=now)
    coming = [moment for moment in clocks.looks(run, ladder) if moment > now]
    row.next_check_at = min(coming, default=None)
    row.save(update_fields=["missed_at", "next_check_at"])
    return int(is_new)


def _tell_helper_line(
    case: Case, row: Transfer, run: Running, ladder: Ladder, *, now: datetime
) -> None:
    came = sum(moment <= now for moment in clocks.moments(run, ladder))
    if came == 1:
        tell_staff(case, row.to_user, key=f"internal-{row.pk}-soon", template="due_soon", at=now)
        return
    heads = [*_heads(row.to_user), *([case.owner] if case.owner else [])]
    told = [row.to_user, *heads[: min(came - 1, HEADS)]] if came > 1 else []
    for user in {person.pk: person for person in told}.values():
        key = f"internal-{row.pk}-{user.pk}"
        tell_staff(case, user, key=key, template="overdue_internal", at=now)
