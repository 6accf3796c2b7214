"""How every service moves a case: lock, check the table, write history, clocks and facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from complaints import clocks, facts, selectors, steps
from complaints.enums import OPEN
from complaints.models import Case, FollowUp
from courierqa.core import history
from courierqa.core.access import roles_of
from courierqa.core.enums import Role
from courierqa.core.errors import IllegalTransition, NotAllowed
from staff.models import User

LEADERS = frozenset({Role.LEAD.value, Role.MANAGER.value})


def hold(case: Case) -> Case:
    """Lock the row until commit and read it anew, so that rules judge what is true now."""
    rows = Case.objects.select_for_update(no_key=True)
    case.refresh_from_db(from_queryset=rows)
    return case


def hold_all(cases: Iterable[Case]) -> list[Case]:
    """Lock several cases in the order of their keys, so that two of us never wait in a circle."""
    return [hold(case) for case in sorted(cases, key=lambda case: case.pk)]


def move(
    case: Case,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
) -> Case:
    """Take one step of the table; call inside a transaction that holds the case."""
    history.transition(
        case,
        verb,
        machine=steps.CASE,
        actor=by,
        at=at,
        reason=reason,
        detail=detail,
        changes=changes,
    )
    settle_clocks(case, at=at)
    facts.refresh(case, at=at)
    return case


def settle_clocks(case: Case, *, at: datetime) -> None:
    """Store the nearest deadline and the next moment the watch must look."""
    calls = FollowUp.objects.filter(case=case, done_at=None)
    call_due = calls.values_list("due_at", flat=True).first()
    case.next_due_at = clocks.next_due(case, call_due=call_due)
    ladder = selectors.ladder_in_force()
    case.next_check_at = clocks.next_check(case, after=at, ladder=ladder)
    case.save(update_fields=["next_due_at", "next_check_at", "updated_at"])


def living(case: Case) -> Case:
    """Return, held, the case that speaks for this one: what it was merged into, else itself.

    The tombstone is not locked: merging locks the earlier case first, and so do we.
    """
    row = Case.objects.get(pk=case.pk)
    while row.merged_into is not None:
        row = row.merged_into
    chosen = case if row.pk == case.pk else row
    # Merged between our look and our lock: look again.
    return chosen if hold(chosen).merged_into_id is None else living(chosen)


def must_be_open(case: Case) -> None:
    """Refuse a deed on a case that has ended."""
    if case.status not in OPEN:
        ended = _("%(number)s is %(status)s. Reopen it first")
        named = {"number": case.number, "status": case.get_status_display()}
        raise IllegalTransition(ended % named)


def is_leader(user: User) -> bool:
    """Say whether this person may act on somebody else's case."""
    return bool(roles_of(user)[0] & LEADERS)


def must_own(case: Case, by: User) -> None:
    """Only the owner speaks for a case, or a leader; a case without owner takes its speaker."""
    if case.owner_id is None or case.owner_id == by.pk or is_leader(by):
        return
    words = _("%(number)s belongs to %(owner)s. Ask for a transfer, or add a note")
    raise NotAllowed(words % {"number": case.number, "owner": case.owner})
