"""The customer takes a complaint back: what was asked or promised for it ends with it.

What was paid stays paid, and who is liable stays decided; an open appeal is answered first.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import counted, steps
from complaints.enums import ClaimStatus, PauseEnd
from complaints.models import Case, FollowUp
from complaints.selectors import standing_ruling
from complaints.services import remedying
from complaints.services.moves import hold, move, must_own
from complaints.services.pausing import end_pause, end_proofs
from complaints.words import BadText, clean_line
from complaints.work_enums import RemedyStatus, RulingStatus
from courierqa.core import approvals, history
from courierqa.core.errors import DomainError
from staff.models import User

_UNPAID = (ClaimStatus.PROPOSED, ClaimStatus.WAITING, ClaimStatus.APPROVED)


@transaction.atomic
def withdraw_case(*, case: Case, by: User | None, at: datetime, reason: str) -> Case:
    """The customer takes the complaint back; it stays counted as received."""
    hold(case)
    if by is not None:
        must_own(case, by)
    why = clean_line(reason, field="reason", limit=300)
    if not why:
        raise BadText(_("Enter why the customer withdraws"), code="required", field="reason")
    _check(case)
    end_pause(case, how=PauseEnd.STEP, by=by, at=at)
    end_proofs(case, how=PauseEnd.STEP, at=at)
    FollowUp.objects.filter(case=case, done_at=None).update(done_at=at, note="withdrawn")
    dropped = _drop_claims(case, why, by=by, at=at)
    kept = _drop_remedies(case, why, by=by, at=at)
    detail = {"claims": dropped, "remedies": kept}
    return move(
        case, "withdraw", by=by, at=at, reason=why, detail=detail, changes={"closed_at": at}
    )


def _check(case: Case) -> None:
    if case.regulator_due_at and case.regulator_replied_at is None:
        raise DomainError(_("Reply to the regulator first"), code="regulator_waits")
    ruling = standing_ruling(case)
    if ruling is not None and ruling.status == RulingStatus.APPEALED:
        raise DomainError(_("An appeal is open. Somebody else answers it first"), code="appealed")


def _drop_claims(case: Case, why: str, *, by: User | None, at: datetime) -> int:
    """End what is not paid yet; a request for approval ends with its claim."""
    claims = list(case.claims.filter(status__in=_UNPAID).select_related("approval"))
    for claim in claims:
        if claim.approval is not None:
            approvals.take_back(claim.approval, at=at)
        changes = {"decided_at": claim.decided_at or at, "pay_due_at": None}
        history.transition(
            claim, "drop", machine=steps.CLAIM, actor=by, at=at, reason=why, changes=changes
        )
    counted.refresh_claims([claim.pk for claim in claims], at=at)
    return len(claims)


def _drop_remedies(case: Case, why: str, *, by: User | None, at: datetime) -> int:
    promised = list(case.remedies.filter(status=RemedyStatus.PROMISED))
    for remedy in promised:
        changes = {"ended_by": by, "ended_at": at, "result": why}
        history.transition(
            remedy, "drop", machine=remedying.MACHINE, actor=by, at=at, changes=changes
        )
    return len(promised)
