"""The end of a case: the call back, the close that checks everything, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, counted, selectors
from complaints.enums import EntryKind, FollowUpResult, Missing
from complaints.models import Case, Entry, FollowUp
from complaints.services.intake import status_link
from complaints.services.moves import hold, move, must_own, settle_clocks
from complaints.services.replies import contact_of
from complaints.words import BadText, clean_line
from courierqa.core import notify
from courierqa.core.errors import DomainError, NotAllowed
from staff.models import User

CAUSE_LIMIT, SUMMARY_LIMIT = 60, 300


class NotReady(DomainError):
    """A case that still lacks something cannot be closed; `missing` names all of it."""

    code = "not_ready"

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = list(missing)
        named = ", ".join(str(part.label) for part in self.missing)
        super().__init__(_("This case cannot be closed yet. Missing: %(parts)s") % {"parts": named})


@dataclass(frozen=True)
class Call:
    """How a follow-up call went."""

    result: FollowUpResult
    note: str = ""
    call_again_at: datetime | None = None


@transaction.atomic
def record_followup(*, followup: FollowUp, call: Call, by: User, at: datetime) -> FollowUp:
    """Write down a call. Not by the person who answered; the last unheard call ends the tries."""
    case = hold(followup.case)
    row = FollowUp.objects.select_for_update(no_key=True).get(pk=followup.pk)
    if row.done_at is not None:
        raise DomainError(_("This call is already recorded"), code="already_done")
    if by.pk in _handlers(case):
        raise NotAllowed(_("Whoever answered the case does not make the follow-up call"))
    row.note = clean_line(call.note, field="note", limit=300)
    row.result, row.by, row.tries = call.result, by, row.tries + 1
    if call.result != FollowUpResult.LATER:
        row.tried_at = row.tried_at or at
    _RESULTS[call.result](case, row, call, by, at)
    row.save()
    settle_clocks(case, at=at)
    counted.refresh_case(case, at=at)
    return row


@transaction.atomic
def conclude(*, case: Case, cause: str, summary: str, by: User, at: datetime) -> Case:
    """Write down why it happened and what was learnt (the eighth step)."""
    hold(case)
    must_own(case, by)
    changes = {
        "cause": clean_line(cause, field="cause", limit=CAUSE_LIMIT),
        "summary": clean_line(summary, field="summary", limit=SUMMARY_LIMIT),
    }
    for field, value in changes.items():
        if not value:
            raise BadText(_("Enter the cause and the summary"), code="required", field=field)
    return move(case, "conclude", by=by, at=at, changes=changes)


@transaction.atomic
def close_case(*, case: Case, by: User, at: datetime) -> Case:
    """Close a case that lacks nothing; otherwise say everything it lacks at once."""
    hold(case)
    must_own(case, by)
    if missing := selectors.missing_to_close(case):
        raise NotReady(missing)
    return move(case, "close", by=by, at=at, changes={"closed_at": at})


@transaction.atomic
def reopen_case(*, case: Case, by: User | None, at: datetime, reason: str) -> Case:
    """Take a case up again: the resolution clock starts anew, the legal one keeps its answer."""
    hold(case)
    why = clean_line(reason, field="reason", limit=300)
    if not why:
        raise BadText(_("Enter why the case is reopened"), code="required", field="reason")
    days = selectors.case_rules().reopen_days
    if case.closed_at and at > case.closed_at + timedelta(days=days):
        words = _("A case can be reopened for %(days)s days. Open a new one")
        raise DomainError(words % {"days": days}, code="too_late")
    FollowUp.objects.filter(case=case, done_at=None).update(done_at=at, note="reopened")
    changes = {
        "reopened": case.reopened + 1,
        "answered_at": None,
        "told_at": None,
        "closed_at": None,
        "resolve_from": at,
        "resolve_due_at": clocks.resolve_due(case, at, case.calendar_code),
    }
    return move(case, "reopen", by=by, at=at, reason=why, changes=changes)


def _handlers(case: Case) -> set[int]:
    replies = Entry.objects.filter(case=case, kind=EntryKind.REPLY, author__isnull=False)
    return {case.owner_id or 0, *replies.values_list("author_id", flat=True)}


def _satisfied(case: Case, row: FollowUp, call: Call, by: User, at: datetime) -> None:
    row.done_at = at
    move(case, "follow_up", by=by, at=at, detail={"result": str(call.result)})


def _unsatisfied(case: Case, row: FollowUp, call: Call, by: User, at: datetime) -> None:
    if not row.note:
        raise BadText(_("Enter what the customer is not satisfied with"), field="note")
    row.done_at = at
    # Before the case reopens, or that would close this very call as abandoned.
    row.save()
    reopen_case(case=case, by=by, at=at, reason=row.note)


def _no_answer(case: Case, row: FollowUp, call: Call, by: User, at: datetime) -> None:
    rules = selectors.case_rules()
    if row.tries < rules.follow_up_tries:
        row.due_at = at + timedelta(hours=rules.try_again_hours)
        return
    row.done_at = at
    move(case, "follow_up", by=by, at=at, detail={"result": str(call.result), "tries": row.tries})
    channel, address = contact_of(case)
    if address:
        notify.send(
            key=f"case-unreached-{row.pk}",
            channel=channel,
            template="complaints/unreached",
            language=case.language,
            to=address,
            context={"number": case.number, "link": status_link(case)},
            obj=case,
            at=at,
        )


def _later(case: Case, row: FollowUp, call: Call, by: User, at: datetime) -> None:
    row.tries -= 1
    if call.call_again_at is None or call.call_again_at <= at:
        wrong = _("Enter a time after now")
        raise DomainError(wrong, code="bad_time", field="call_again_at", status=422)
    row.due_at = call.call_again_at


_RESULTS = {
    FollowUpResult.SATISFIED: _satisfied,
    FollowUpResult.UNSATISFIED: _unsatisfied,
    FollowUpResult.NO_ANSWER: _no_answer,
    FollowUpResult.LATER: _later,
}
