"""Which verb leads where, and what is due next; every service moves through here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.errors import DomainError
from courierqa.core.models import StatusChange
from courierqa.core.text import clean_text
from quality import loop_counts
from quality.enums import ActionStatus
from quality.enums import Status as S
from quality.models import Action, EffectCheck, Nonconformity
from staff.models import User

_END = {"void": S.VOID}
MACHINE = history.Machine(
    "nonconformity",
    {
        S.OPEN: {"contain": S.CONTAINED, "find_cause": S.CAUSE_FOUND, **_END},
        S.CONTAINED: {"find_cause": S.CAUSE_FOUND, **_END},
        S.CAUSE_FOUND: {"find_cause": S.CAUSE_FOUND, "propose": S.PROPOSED, **_END},
        S.PROPOSED: {"approve": S.APPROVED, "reject": S.CAUSE_FOUND, **_END},
        S.APPROVED: {"start": S.DOING, "replan": S.CAUSE_FOUND, **_END},
        S.DOING: {"deliver": S.CHECKING, "replan": S.CAUSE_FOUND, **_END},
        S.CHECKING: {"close": S.CLOSED, "reopen": S.CONTAINED, **_END},
        S.CLOSED: {"reopen": S.CONTAINED},
        S.VOID: {},
    },
)


def hold(row: Nonconformity) -> Nonconformity:
    """Return the row locked and read anew, so that two people cannot do it twice."""
    return Nonconformity.objects.select_for_update(no_key=True).get(pk=row.pk)


def move(
    row: Nonconformity, verb: str, *, by: User | None, at: datetime, reason: str = "",
    **changes: Any,
) -> StatusChange:  # fmt: skip
    """Move a locked row and say anew what is due next."""
    change = history.transition(
        row, verb, machine=MACHINE, actor=by, at=at, reason=reason, changes=changes,
        detail={"round": row.round},
    )  # fmt: skip
    settle_due(row)
    loop_counts.refresh(row, at=at)
    return change


def settle_due(row: Nonconformity) -> None:
    """Keep the day of what is due next beside the row, for the board."""
    due = _due(row)
    if due != row.due_on:
        row.due_on = due
        row.save(update_fields=["due_on", "updated_at"])


def _due(row: Nonconformity) -> Any:
    if row.status in (S.CLOSED, S.VOID):
        return None
    if row.status in (S.APPROVED, S.DOING):
        return open_actions(row).aggregate(due=Min("due_on"))["due"]
    if row.status == S.CHECKING:
        return check_of(row).due_on
    return row.plan_due_on


def actions_of(row: Nonconformity) -> Any:
    """Return the deeds of the present round."""
    return Action.objects.filter(nonconformity=row, round=row.round)


def open_actions(row: Nonconformity) -> Any:
    """Return what of the present round is not done yet."""
    return actions_of(row).filter(status=ActionStatus.OPEN)


def check_of(row: Nonconformity) -> EffectCheck:
    """Return the criterion of the present round; refuses where none was fixed."""
    found = EffectCheck.objects.filter(nonconformity=row, round=row.round).first()
    if found is None:
        raise DomainError(_("First say how the effect will be seen"), code="no_criterion")
    return found


def require(row: Nonconformity, *statuses: S, why: str) -> None:
    """Refuse a deed that belongs to another step."""
    if row.status not in statuses:
        raise DomainError(why, code="wrong_step")


def said(text: str, *, field: str, limit: int = 1000, lines: bool = True) -> str:
    """Return the words of a person, cleaned; empty ones are refused at their field."""
    words = clean_text(text or "", max_length=limit, field=field, lines=lines).strip()
    if not words:
        raise DomainError(_("Fill this in"), code="required", field=field, status=422)
    return words
