"""Two cases about one matter become one; one case about two matters becomes two.

A merged case stays as a tombstone that points to its survivor, and can be taken out again. The
survivor is always the case that came first, so that merging never lengthens the legal limit.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import facts, steps
from complaints.enums import OPEN, CaseKind, Channel, ClaimStatus, PauseEnd, Status
from complaints.models import Case, Claim, FollowUp, Reason
from complaints.services.intake import Intake, register
from complaints.services.moves import (
    hold,
    hold_all,
    move,
    must_be_open,
    must_own,
    settle_clocks,
)
from complaints.services.pausing import end_pause
from complaints.services.replies import plan_follow_up
from complaints.words import clean_text
from complaints.work_enums import RemedyStatus
from courierqa.core import history
from courierqa.core.errors import DomainError, IllegalTransition
from staff.models import User


@transaction.atomic
def merge_cases(*, case: Case, into: Case, by: User, at: datetime) -> Case:
    """Merge `case` into the earlier case of the same customer; returns the survivor."""
    if case.pk == into.pk:
        raise DomainError(_("Choose another case"), code="same_case", field="into")
    hold_all([case, into])
    must_be_open(case)
    must_own(case, by)
    must_be_open(into)
    _must_fit(case, into)
    end_pause(case, how=PauseEnd.STEP, by=by, at=at)
    FollowUp.objects.filter(case=case, done_at=None).update(done_at=at, note="merged")
    detail = {"into": into.pk, "from": case.status}
    changes = {"merged_into": into, "closed_at": at}
    move(case, "merge", by=by, at=at, reason=into.number, detail=detail, changes=changes)
    move(into, "absorb", by=by, at=at, reason=case.number, detail={"case": case.pk})
    return into


@transaction.atomic
def undo_merge(*, case: Case, by: User, at: datetime) -> Case:
    """Take a merged case out again: it goes on where it was, its clocks never stood still."""
    if case.merged_into is None:
        raise IllegalTransition(_("This case is not merged"))
    into = case.merged_into
    hold_all([case, into])
    if case.merged_into_id != into.pk:
        raise IllegalTransition(_("This case is not merged"))
    must_own(case, by)
    if into.status not in OPEN:
        words = _("%(number)s has ended. Reopen it first")
        raise IllegalTransition(words % {"number": into.number})
    was = _status_before(case)
    changes = {"merged_into": None, "closed_at": None}
    history.transition(
        case, "unmerge", machine=steps.undo_merge(was), actor=by, at=at, reason=into.number,
        changes=changes,
    )  # fmt: skip
    if was == Status.ANSWERED:
        plan_follow_up(case, at=at)
    settle_clocks(case, at=at)
    facts.refresh(case, at=at)
    move(into, "divide", by=by, at=at, reason=case.number, detail={"case": case.pk})
    return case


@transaction.atomic
def split_case(*, case: Case, reason: Reason, words: str, by: User, at: datetime) -> Case:
    """Make a case of its own of the second matter a customer spoke of.

    It was received when the first one was: the customer waits since then.
    """
    hold(case)
    must_be_open(case)
    must_own(case, by)
    said = clean_text(words, field="words")
    count = Case.objects.filter(split_from=case).count()
    if Case.objects.filter(split_from=case, reason=reason).exists() or reason == case.reason:
        text = _("There is a case for this reason already")
        raise DomainError(text, code="same_reason", field="reason", status=422)
    intake = Intake(
        key=f"split-{case.pk}-{count + 1}",
        reason=reason,
        channel=Channel(case.channel),
        kind=CaseKind(case.kind),
        words=said,
        wish=case.wish,
        phone=case.customer_phone,
        email=case.customer_email,
        name=case.customer_name,
        waybill=case.waybill_given,
        parcel=case.parcel,
        language=case.language,
        received_at=case.received_at,
        split_from=case,
    )
    new = register(intake, by=by, at=at)
    move(case, "divide", by=by, at=at, reason=new.number, detail={"case": new.pk})
    return new


def _must_fit(case: Case, into: Case) -> None:
    if not _same_customer(case, into):
        words = _("These are two customers. Each gets an answer of their own")
        raise DomainError(words, code="other_customer", field="into", status=422)
    if case.kind != into.kind:
        words = _("%(number)s is of another kind. Cases of one kind can be merged")
        raise DomainError(words % {"number": into.number}, code="other_kind", field="into")
    if (into.received_at, into.pk) > (case.received_at, case.pk):
        words = _("%(number)s came first. Merge this one into it the other way round")
        raise DomainError(words % {"number": case.number}, code="came_first", field="into")
    if Claim.objects.filter(case=case).exclude(status=ClaimStatus.REJECTED).exists():
        words = _("%(number)s has a claim of its own. Finish it as its own case")
        raise DomainError(words % {"number": case.number}, code="has_claim", field="into")
    if case.remedies.filter(status=RemedyStatus.PROMISED).exists():
        words = _("%(number)s has a promised remedy. Finish it as its own case")
        raise DomainError(words % {"number": case.number}, code="has_remedy", field="into")
    if case.regulator_due_at or Case.objects.filter(merged_into=case).exists():
        words = _("%(number)s carries other files. Merge the other case into it")
        raise DomainError(words % {"number": case.number}, code="has_files", field="into")


def _same_customer(one: Case, two: Case) -> bool:
    if one.phone_index or two.phone_index:
        return one.phone_index == two.phone_index
    return bool(one.customer_email) and one.customer_email == two.customer_email


def _status_before(case: Case) -> str:
    merges = [row for row in history.changes_of(case) if row.verb == "merge"]
    return merges[-1].from_status if merges else Status.INVESTIGATING
