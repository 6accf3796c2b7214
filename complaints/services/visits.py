"""Return visits to customers: planned, held with what was heard, or cancelled with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Visit
from complaints.words import BadText, clean_line, clean_text
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from shipments.models import Customer
from staff.models import User


@dataclass(frozen=True)
class Said:
    """What the customer said in a visit; a mark from 1 to 5, or none."""

    heard: str
    score: int | None = None
    agreed: str = ""
    next_on: date | None = None


@transaction.atomic
def plan_visit(
    *, customer: Customer, on: date, way: str, purpose: str, visitor: User, by: User, at: datetime
) -> Visit:
    """Plan a visit with a person and a day (CUS-09)."""
    if on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="bad_date", field="planned_on")
    words = clean_line(purpose, field="purpose", limit=200)
    if not words:
        raise BadText(_("Enter what the visit is for"), code="required", field="purpose")
    visit = Visit.objects.create(
        customer=customer, planned_on=on, way=way, purpose=words, visitor=visitor
    )
    audit.record("visit.create", visit, actor=by, at=at)
    return visit


@transaction.atomic
def hold_visit(*, visit: Visit, said: Said, by: User, at: datetime) -> Visit:
    """Write down a visit; a next one agreed upon is planned at once."""
    row = _open(visit)
    row.heard = clean_text(said.heard, field="heard")
    if not row.heard:
        raise BadText(_("Enter what the customer said"), code="required", field="heard")
    if said.score is not None and not 1 <= said.score <= 5:
        raise DomainError(_("A score is between 1 and 5"), code="bad_score", field="score")
    row.score, row.agreed = said.score, clean_line(said.agreed, field="agreed", limit=300)
    row.held_at = at
    row.save()
    audit.record("visit.record", row, actor=by, at=at)
    if said.next_on:
        plan_visit(
            customer=row.customer, on=said.next_on, way=row.way, visitor=row.visitor,
            purpose=row.agreed or row.purpose, by=by, at=at,
        )  # fmt: skip
    return row


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: User, at: datetime) -> Visit:
    """Take a visit off the plan; it stays in the list with its reason."""
    row = _open(visit)
    row.cancel_reason = clean_line(reason, field="reason", limit=200)
    if not row.cancel_reason:
        raise BadText(_("Say why"), code="required", field="reason")
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at", "cancel_reason", "updated_at"])
    audit.record("visit.withdraw", row, actor=by, at=at, reason=row.cancel_reason)
    return row


def _open(visit: Visit) -> Visit:
    rows = Visit.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("customer", "visitor").get(pk=visit.pk)
    if row.held_at or row.cancelled_at:
        raise DomainError(_("This visit is recorded already"), code="already_done")
    return row
