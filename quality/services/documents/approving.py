"""Review, approval by somebody else, coming into force, replacement."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals
from courierqa.core.calendars import business_day
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval
from quality.document_enums import Category, Level
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentVersion
from quality.services.documents.moves import coming_of, hold, in_force, move
from quality.services.documents.reading import ask_readers, forget_readers
from quality.services.moves import said
from staff.models import User

KIND = "document"
# The company's management decides what binds everybody; quality management the rest (DOC-03).
OF_MANAGEMENT = (Level.MANUAL, Level.PROCEDURE)


@transaction.atomic
def submit_version(document: Document, *, effective_on: date, by: User, at: datetime) -> Approval:
    """Ask for approval of the draft, in force from a day on."""
    held = hold(document)
    row = coming_of(held)
    if effective_on < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="effective_on", status=422)
    if row.version > 1 and not row.change:
        text = _("First write in the draft what changed")
        raise DomainError(text, code="no_change", status=422)
    move(row, "submit", by=by, at=at, submitted_at=at, effective_on=effective_on)
    return approvals.request_approval(
        kind=KIND, obj=row, title=f"{held} · v{row.version}", by=by, at=at,
        needs_role=_approver(held, row, by, at), fingerprint=fingerprint(row),
        link=reverse("quality:document", args=[held.number]),
    )  # fmt: skip


@transaction.atomic
def decide_version(
    document: Document, *, approve: bool, note: str, by: User, at: datetime
) -> DocumentVersion:
    """Approve it, or send it back with the reason; whoever wrote or submitted it cannot."""
    held = hold(document)
    row = coming_of(held)
    asked = waiting(row)
    if row.status != V.REVIEW or asked is None:
        raise DomainError(_("No version waits for approval"), code="wrong_step")
    if row.author_id == by.pk:
        text = _("Whoever wrote a document cannot approve it")
        raise NotAllowed(text, code="own_work", status=422)
    words = note.strip() if approve else said(note, field="note", limit=500)
    told = approvals.decide(
        asked, approve=approve, by=by, at=at, note=words, current_fingerprint=fingerprint(row)
    )
    if told.state != ApprovalState.APPROVED:
        move(row, "reject", by=by, at=at, reason=words, submitted_at=None, effective_on=None)
        return row
    day = max(row.effective_on or business_day(at), business_day(at))
    move(row, "approve", by=by, at=at, reason=words, approved_by=by, approved_at=at,
         effective_on=day)  # fmt: skip
    if day <= business_day(at):
        enforce(held, row, by=by, at=at)
    return row


def enforce(document: Document, row: DocumentVersion, *, by: User | None, at: datetime) -> None:
    """Put an approved version in force; the one before is replaced and no longer to be read."""
    today = business_day(at)
    before = in_force(document)
    if before is not None:
        move(before, "supersede", by=by, at=at, ended_on=today)
        forget_readers(before, at=at)
    move(row, "enforce", by=by, at=at)
    ask_readers(document, row, at=at)


@transaction.atomic
def enforce_due(document: Document, *, at: datetime) -> bool:
    """Put the approved version in force when its day has come; return whether it was."""
    held = hold(document)
    rows = DocumentVersion.objects.filter(document=held, status=V.APPROVED)
    row = rows.filter(effective_on__lte=business_day(at)).first()
    if row is None:
        return False
    enforce(held, row, by=None, at=at)
    return True


@transaction.atomic
def withdraw_document(
    document: Document, *, reason: str, by: User, at: datetime
) -> DocumentVersion:
    """Take a document out of force without another one in its place."""
    row = in_force(hold(document))
    if row is None:
        raise DomainError(_("Nothing of it is in force"), code="wrong_step")
    words = said(reason, field="reason", limit=300)
    move(row, "withdraw", by=by, at=at, reason=words, ended_on=business_day(at))
    forget_readers(row, at=at)
    return row


def waiting(row: DocumentVersion) -> Approval | None:
    """Return the request that waits for a decision."""
    rows = Approval.objects.filter(
        kind=KIND, object_type=row._meta.label_lower, object_id=row.pk,
        state=ApprovalState.REQUESTED,
    )  # fmt: skip
    return rows.first()


def fingerprint(row: DocumentVersion) -> str:
    """Return a fingerprint of what is approved: the text, not the card around it."""
    return approvals.fingerprint_of(row.version, row.body, row.body_en, row.quiz, row.effective_on)


def _approver(document: Document, row: DocumentVersion, by: User, at: datetime) -> str:
    """Management approves manuals, procedures, the policy, and what quality management wrote."""
    holds = {role for one in {by, row.author} for role, _site in one.grants_at(at)}
    is_high = document.level in OF_MANAGEMENT or document.category == Category.POLICY
    return str(Role.MANAGER if is_high or Role.QUALITY in holds else Role.QUALITY)
