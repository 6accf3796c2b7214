"""Asking a customer for proof of a claim: told, logged, and at most fifteen days in all (P02)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import counted
from complaints.enums import ClaimStatus, PauseEnd
from complaints.models import Claim, ProofRequest
from complaints.services.moves import hold, must_be_open
from complaints.services.pausing import end_proofs
from complaints.services.replies import reply
from complaints.words import BadText, clean_line
from courierqa.core import audit
from courierqa.core.errors import DomainError, IllegalTransition
from staff.models import User

MOST = timedelta(days=15)


@transaction.atomic
def ask_proof(*, claim: Claim, asked: str, by: User, at: datetime) -> ProofRequest:
    """Ask the customer to show something before a claim is decided; its clock stands still."""
    case = hold(claim.case)
    claim.refresh_from_db()
    must_be_open(case)
    if claim.status != ClaimStatus.WAITING:
        raise IllegalTransition(_("This claim is not waiting for approval"))
    words = clean_line(asked, field="asked", limit=300)
    if not words:
        raise BadText(_("Enter what the customer should show"), code="required", field="asked")
    if claim.proofs.filter(ended_at=None).exists():
        raise DomainError(_("The customer was asked already"), code="asked", field="asked")
    row = ProofRequest.objects.create(
        claim=claim, asked=words, asked_by=by, asked_at=at, until=at + _left(claim)
    )
    claim.due_at += row.until - at
    claim.save(update_fields=["due_at", "updated_at"])
    counted.refresh_claims([claim.pk], at=at)
    reply(case=case, text=words, by=by, at=at, final=False)
    audit.record("claim.ask_proof", claim, actor=by, at=at, fields=["due_at"])
    return row


@transaction.atomic
def take_proof(*, claim: Claim, by: User, at: datetime) -> Claim:
    """Write down that the proof came another way than by the customer's own page."""
    case = hold(claim.case)
    if not claim.proofs.filter(ended_at=None).exists():
        raise DomainError(_("No proof is waited for"), code="not_asked")
    end_proofs(case, how=PauseEnd.HAND, at=at)
    audit.record("claim.take_proof", claim, actor=by, at=at, fields=["due_at"])
    claim.refresh_from_db()
    return claim


def _left(claim: Claim) -> timedelta:
    waits = [(row.ended_at or row.asked_at) - row.asked_at for row in claim.proofs.all()]
    left = MOST - sum(waits, timedelta())
    if left <= timedelta():
        wrong = _("The clock of this claim stood still for 15 days already. Decide it now")
        raise DomainError(wrong, code="too_long", field="asked", status=422)
    return left
