"""Letting a clock stand still, for a reason that is on record: a case's, or a claim's.

The legal clock runs on; the customer's reply, the longest pause or the next step end a pause.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, counted
from complaints.enums import PauseEnd
from complaints.models import Case, Pause, PauseReason, ProofRequest
from complaints.services.moves import hold, move, must_be_open, must_own
from complaints.words import BadText, clean_line
from courierqa.core.errors import DomainError
from staff.models import User


@transaction.atomic
def pause_case(*, case: Case, reason: PauseReason, note: str, by: User, at: datetime) -> Pause:
    """Let the resolution clock stand still; the longest pause of the reason ends it at last."""
    hold(case)
    must_be_open(case)
    must_own(case, by)
    what = clean_line(note, field="note", limit=300)
    if not what:
        raise BadText(_("Enter what you wait for"), code="required", field="note")
    if not reason.is_active:
        text = _("This reason is not offered any more")
        raise DomainError(text, code="not_offered", field="reason", status=422)
    if case.paused_at is not None:
        raise DomainError(_("The clock is paused already"), code="paused")
    until = at + timedelta(hours=reason.most_hours)
    row = Pause.objects.create(
        case=case, reason=reason, note=what, started_at=at, started_by=by, until=until
    )
    detail = {"pause": row.pk, "until": until.isoformat()}
    changes = {"paused_at": at, "pause_until": until}
    move(case, "pause", by=by, at=at, reason=f"{reason}: {what}", detail=detail, changes=changes)
    return row


@transaction.atomic
def resume_case(*, case: Case, by: User, at: datetime) -> Case:
    """Set the clock going again by hand."""
    hold(case)
    must_own(case, by)
    if not end_pause(case, how=PauseEnd.HAND, by=by, at=at):
        raise DomainError(_("The clock is not paused"), code="not_paused")
    return case


def end_pause(case: Case, *, how: PauseEnd, by: User | None, at: datetime) -> bool:
    """End the open pause of a case that is held, and push its due time back by the pause."""
    row = Pause.objects.filter(case=case, ended_at=None).first()
    if row is None:
        return False
    # A pause never outlasts its limit, also when nobody looked in time.
    row.ended_at = max(min(at, row.until), row.started_at)
    row.ended_by, row.ended_how = by, how
    row.save(update_fields=["ended_at", "ended_by", "ended_how"])
    changes: dict[str, Any] = {"paused_at": None, "pause_until": None}
    changes["resolve_due_at"] = _due(case)
    detail = {"pause": row.pk, "how": str(how)}
    move(case, "resume", by=by, at=at, reason=str(how.label), detail=detail, changes=changes)
    return True


def end_proofs(case: Case, *, how: PauseEnd, at: datetime) -> None:
    """Let the clocks of a held case's claims run on: the proof came, or is not needed any more.

    The due time that stood for "nothing ever comes" comes back by what was not waited for.
    """
    rows = ProofRequest.objects.filter(claim__case=case, ended_at=None).select_related("claim")
    for row in rows:
        row.ended_at = max(min(at, row.until), row.asked_at)
        row.ended_how = PauseEnd.LIMIT if at > row.until else how
        row.save(update_fields=["ended_at", "ended_how"])
        row.claim.due_at -= row.until - row.ended_at
        row.claim.save(update_fields=["due_at", "updated_at"])
        counted.refresh_claims([row.claim_id], at=at)


def _due(case: Case) -> datetime:
    """A due time once given is never brought forward, whatever the calendar has become."""
    pauses = list(Pause.objects.filter(case=case).values_list("started_at", "ended_at"))
    due = clocks.resolve_due(case, case.resolve_from, case.calendar_code, pauses)
    return max(due, case.resolve_due_at)
