"""Remedies besides money: promised, then done or no longer wanted (PAY-03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Case, Remedy
from complaints.services.moves import hold, must_be_open, must_own
from complaints.words import BadText, clean_line
from complaints.work_enums import RemedyKind, RemedyStatus
from courierqa.core import history
from courierqa.core.errors import DomainError
from staff.models import User

MACHINE = history.Machine(
    "remedy",
    {
        RemedyStatus.PROMISED: {"carry_out": RemedyStatus.DONE, "drop": RemedyStatus.DROPPED},
        RemedyStatus.DONE: {},
        RemedyStatus.DROPPED: {},
    },
)


@transaction.atomic
def promise_remedy(
    *, case: Case, kind: RemedyKind, words: str, due_at: datetime, by: User, at: datetime
) -> Remedy:
    """Promise the customer something by a time; a case may have several."""
    hold(case)
    must_be_open(case)
    must_own(case, by)
    said = clean_line(words, field="words", limit=300)
    if not said:
        raise BadText(_("Enter what is promised"), code="required", field="words")
    if due_at <= at:
        wrong = _("Enter a time after now")
        raise DomainError(wrong, code="bad_time", field="due_at", status=422)
    row = Remedy.objects.create(case=case, kind=kind, words=said, due_at=due_at, by=by, at=at)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


@transaction.atomic
def end_remedy(*, remedy: Remedy, carried_out: bool, result: str, by: User, at: datetime) -> Remedy:
    """Say that a remedy was carried out, with what shows it, or that it is no longer wanted."""
    hold(remedy.case)
    shown = clean_line(result, field="result", limit=300)
    if not shown:
        raise BadText(_("Enter what shows it"), code="required", field="result")
    changes = {"ended_by": by, "ended_at": at, "result": shown}
    verb = "carry_out" if carried_out else "drop"
    history.transition(remedy, verb, machine=MACHINE, actor=by, at=at, changes=changes)
    return remedy
