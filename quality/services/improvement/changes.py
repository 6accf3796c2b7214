"""Changes of processes: with reason and risk, after a second person's yes (IMP-09)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals, audit
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from courierqa.core.models import Approval
from quality.improvement_enums import ChangeStatus as S
from quality.models import Document, Process, ProcessChange
from quality.services.improvement.goals import today_or_later
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from staff.models import User

APPROVAL = "quality.process_change"


@transaction.atomic
def propose_change(
    *, process: Process, what: str, reason: str, risk: str, risk_note: str, training: str,
    documents: Iterable[Document], effective_on: date, by: User, at: datetime,
) -> ProcessChange:  # fmt: skip
    """Propose a change: why, what may go wrong, who must learn it, what must be rewritten."""
    today_or_later(effective_on, at=at, field="effective_on")
    row = ProcessChange.objects.create(
        number=temporary(), process=process, what=said(what, field="what"),
        reason=said(reason, field="reason"), risk=risk,
        risk_note=said(risk_note, field="risk_note", limit=500), training=training.strip()[:300],
        effective_on=effective_on, by=by, at=at,
    )  # fmt: skip
    give_number(row, "PC", at)
    row.documents.set(documents)
    audit.record("process_change.create", row, actor=by, at=at)
    approvals.request_approval(
        kind=APPROVAL, obj=row, title=f"{row.number} {process}", needs_role=Role.MANAGER, by=by,
        at=at, fingerprint=_fingerprint(row),
        link=reverse("quality:process_change", args=[row.number]),
    )  # fmt: skip
    return row


@transaction.atomic
def decide_change(
    row: ProcessChange, *, approve: bool, note: str, by: User, at: datetime
) -> ProcessChange:
    """Approve a change or refuse it with the reason; whoever proposed it cannot."""
    row = ProcessChange.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    asked = Approval.objects.filter(
        kind=APPROVAL, object_type=row._meta.label_lower, object_id=row.pk,
        state=ApprovalState.REQUESTED,
    ).first()  # fmt: skip
    if row.status != S.PROPOSED or asked is None:
        raise DomainError(_("It does not wait for approval"), code="wrong_step")
    words = note.strip() if approve else said(note, field="note", limit=500)
    told = approvals.decide(asked, approve=approve, by=by, at=at, note=words,
                            current_fingerprint=_fingerprint(row))  # fmt: skip
    row.status = S.APPROVED if told.state == ApprovalState.APPROVED else S.REJECTED
    row.decided_by, row.decided_at, row.note = by, at, words
    row.save(update_fields=["status", "decided_by", "decided_at", "note", "updated_at"])
    verb = "approve" if row.status == S.APPROVED else "reject"
    audit.record(f"process_change.{verb}", row, actor=by, at=at, reason=words)
    return row


def _fingerprint(row: ProcessChange) -> str:
    return approvals.fingerprint_of(row.process_id, row.what, row.reason, row.effective_on)
