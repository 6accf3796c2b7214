"""The effect check: somebody else, on another day, against what was fixed beforehand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.text import clean_text
from quality.enums import ActionStatus, EffectResult
from quality.enums import Status as S
from quality.models import EffectCheck, Extension, Nonconformity
from quality.services.moves import actions_of, check_of, hold, move, require, said, settle_due
from quality.services.recurring import mark_recurrence
from quality.services.terms import plan_due
from staff.models import Employee, User

MET, MISSED, UNCLEAR = "met", "missed", "unclear"


@transaction.atomic
def check_effect(
    row: Nonconformity, *, reading: dict[str, Any], is_effective: bool, note: str, by: User,
    at: datetime,
) -> EffectCheck:  # fmt: skip
    """Keep the reading and its result: effective closes, not effective opens the next round.

    `reading["says"]` is "met" or "missed" where the figure decides, and then nobody can say
    otherwise; "unclear" where a person judges, with the reason.
    """
    row = hold(row)
    require(row, S.CHECKING, why=_("The effect is checked when every measure has ended"))
    check = check_of(row)
    _check_person(row, check, by)
    _check_day(row, check, business_day(at))
    says = reading.get("says", UNCLEAR)
    if says != UNCLEAR and is_effective != (says == MET):
        text = _("The figure decides by what was fixed beforehand")
        raise DomainError(text, code="figure_decides", field="is_effective")
    # A figure speaks for itself; where a person judged, the reason must be there.
    if says == UNCLEAR:
        words = said(note, field="note")
    else:
        words = clean_text(note or "", max_length=1000, field="note", lines=True)
    check.result = EffectResult.EFFECTIVE if is_effective else EffectResult.INEFFECTIVE
    check.reading, check.note, check.checked_by, check.checked_at = reading, words, by, at
    check.save(
        update_fields=["result", "reading", "note", "checked_by", "checked_at", "updated_at"]
    )
    if is_effective:
        move(row, "close", by=by, at=at, reason=words, closed_at=at)
        mark_recurrence(row, at=at)
    else:
        next_round(row, reason=words or _("The effect was not seen"), by=by, at=at)
    return check


@transaction.atomic
def postpone_check(
    row: Nonconformity, *, due_on: date, reason: str, by: User, at: datetime
) -> EffectCheck:
    """Look later, with the reason; the first day stays (I05)."""
    row = hold(row)
    require(row, S.APPROVED, S.DOING, S.CHECKING, why=_("Only a check to come can be put off"))
    check = check_of(row)
    if due_on <= check.due_on:
        raise DomainError(_("Choose a later day"), code="earlier", field="due_on")
    Extension.objects.create(
        nonconformity=row, effect=check, old_due_on=check.due_on, due_on=due_on,
        reason=said(reason, field="reason", limit=300, lines=False), by=by, at=at,
    )  # fmt: skip
    check.due_on = due_on
    check.save(update_fields=["due_on", "updated_at"])
    audit.record("nonconformity.extend", row, actor=by, at=at, fields=["check"])
    settle_due(row)
    return check


@transaction.atomic
def change_verifier(
    row: Nonconformity, *, verifier: Employee, reason: str, by: User, at: datetime
) -> EffectCheck:
    """Let somebody else look, because the one named left or did some of it."""
    row = hold(row)
    require(row, S.APPROVED, S.DOING, S.CHECKING, why=_("Only a check to come can be given away"))
    check = check_of(row)
    if verifier.pk in _doers(row):
        raise _own_work("verifier")
    words = said(reason, field="reason", limit=300)
    check.verifier = verifier
    check.save(update_fields=["verifier", "updated_at"])
    audit.record("nonconformity.change_verifier", row, actor=by, at=at, reason=words)
    return check


def next_round(row: Nonconformity, *, reason: str, by: User, at: datetime) -> None:
    """Begin again at the cause; what the last round found and did stays with it."""
    due = plan_due(row.severity, at)
    move(row, "reopen", by=by, at=at, reason=reason, closed_at=None, round=row.round + 1,
         approved_at=None, plan_due_on=due)  # fmt: skip
    mark_recurrence(row, at=at)


def _doers(row: Nonconformity) -> set[int | None]:
    """Return the owner and everybody who owns a deed or reported one."""
    deeds = actions_of(row).values_list("owner_id", "ended_by__employee")
    return {row.owner_id, *(person for pair in deeds for person in pair if person is not None)}


def _check_person(row: Nonconformity, check: EffectCheck, by: User) -> None:
    me = getattr(by, "employee", None)
    if me is None or me.pk != check.verifier_id:
        name = check.verifier.name
        raise NotAllowed(_("%(name)s was named to check the effect") % {"name": name})
    if me.pk in _doers(row):
        raise _own_work("")


def _own_work(field: str) -> NotAllowed:
    text = _("Somebody who does none of it must check the effect")
    return NotAllowed(text, code="own_work", field=field, status=422)


def _check_day(row: Nonconformity, check: EffectCheck, today: date) -> None:
    last = last_deed_on(row)
    if last is not None and today <= last:
        text = _("Look on another day than the last measure was done")
        raise DomainError(text, code="same_day")
    if today < check.due_on and not check.may_be_early:
        text = _("The check is fixed for %(day)s. Look then")
        raise DomainError(text % {"day": check.due_on}, code="too_early")


def last_deed_on(row: Nonconformity) -> date | None:
    """Return the day of the last deed: when it was done, or reported if that was later."""
    done = actions_of(row).filter(status=ActionStatus.DONE).values_list("done_on", "ended_at")
    days = [max(on, business_day(at)) for on, at in done]
    return max(days, default=None)
