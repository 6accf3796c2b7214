"""Money that came back for a paid claim: written down once, taken back by an entry of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from complaints.enums import ClaimStatus
from complaints.models import Claim, Recovery
from complaints.services.moves import hold
from complaints.words import BadText, clean_line
from complaints.work_enums import RecoveredFrom
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.money import yuan
from staff.models import User


@dataclass(frozen=True)
class Received:
    """What came back: fen, from whom, on which day, under which document."""

    amount_fen: int
    source: RecoveredFrom
    party: str
    received_on: date
    document_no: str


@transaction.atomic
def record_recovery(*, claim: Claim, received: Received, by: User, at: datetime) -> Recovery:
    """Write down money that came back. No more than was paid, each document once."""
    hold(claim.case)
    claim.refresh_from_db()
    party = _filled(received.party, "party", 80, _("Enter who paid it back"))
    number = _filled(received.document_no, "document_no", 60, _("Enter the number of the document"))
    _check(claim, received, number, today=business_day(at))
    row = Recovery.objects.create(
        claim=claim, amount_fen=received.amount_fen, source=received.source, party=party,
        received_on=received.received_on, document_no=number, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("recovery.record", claim, actor=by, at=at)
    return row


@transaction.atomic
def take_back_recovery(*, row: Recovery, reason: str, by: User, at: datetime) -> Recovery:
    """Take a wrong entry back; both stay, and add up to nothing."""
    hold(row.claim.case)
    why = _filled(reason, "reason", 300, _("Enter why it is taken back"))
    if row.takes_back_id is not None or Recovery.objects.filter(takes_back=row).exists():
        raise DomainError(_("This entry is taken back already"), code="already_done")
    made = Recovery.objects.create(
        claim=row.claim, amount_fen=-row.amount_fen, source=row.source, party=row.party,
        received_on=row.received_on, document_no=row.document_no, takes_back=row, reason=why,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("recovery.take_back", row.claim, actor=by, at=at, reason=why)
    return made


def recovered_of(claim: Claim) -> int:
    """Return what came back for a claim, in fen."""
    return Recovery.objects.filter(claim=claim).aggregate(sum=Sum("amount_fen"))["sum"] or 0


def _filled(text: str, field: str, limit: int, missing: str) -> str:
    found = clean_line(text, field=field, limit=limit)
    if not found:
        raise BadText(missing, code="required", field=field)
    return found


def _check(claim: Claim, received: Received, number: str, *, today: date) -> None:
    if claim.status != ClaimStatus.PAID or claim.paid_at is None:
        raise DomainError(_("Nothing comes back for a claim that is not paid"), code="not_paid")
    left = claim.amount_fen - recovered_of(claim)
    if not 0 < received.amount_fen <= left:
        wrong = _("Enter more than nothing and at most %(left)s, what is still to come")
        raise DomainError(
            wrong % {"left": yuan(left)}, code="bad_amount", field="amount", status=422
        )
    if received.received_on > today:
        wrong = _("This day lies ahead. Enter it when the money has come")
        raise DomainError(wrong, code="ahead", field="received_on", status=422)
    if received.received_on < business_day(claim.opened_at):
        wrong = _("This is before the claim was opened")
        raise DomainError(wrong, code="too_early", field="received_on", status=422)
    used = Recovery.objects.filter(claim=claim, document_no=number, takes_back=None)
    if used.filter(taken_back=None).exists():
        wrong = _("This document is entered for this claim already")
        raise DomainError(wrong, code="used", field="document_no", status=422)
