"""The approval of a version: asked for, decided by somebody who wrote nothing of it, in force."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals, audit, notify
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval
from quality.inspection_enums import VersionState as V
from quality.models import ChecklistVersion
from quality.selectors.inspections import versions
from quality.services.inspections.checklists import hold_draft
from quality.services.moves import said
from staff.models import User


@transaction.atomic
def submit_checklist(version: ChecklistVersion, *, by: User, at: datetime) -> Approval:
    """Ask for approval of a draft; from now on nobody changes it (INS-10)."""
    row = hold_draft(version)
    points, present = versions.contents(row), versions.present_of(row)
    if not points:
        raise DomainError(_("A checklist has at least one point"), code="empty")
    if present is not None and points == versions.contents(present):
        text = _("Nothing differs from V%(n)s yet: first change a point") % {"n": present.number}
        raise DomainError(text, code="same")
    return approvals.request_approval(
        kind=versions.KIND, obj=row, title=str(row), needs_role=_approver(row, by, at), by=by,
        at=at, fingerprint=versions.fingerprint(row),
        link=reverse("quality:checklist_compare", args=[row.checklist.code]),
    )  # fmt: skip


@transaction.atomic
def take_back_checklist(version: ChecklistVersion, *, at: datetime) -> None:
    """Let the request lapse, so that the draft can be changed again."""
    _row, asked = _waiting(version)
    approvals.take_back(asked, at=at)


@transaction.atomic
def decide_checklist(
    version: ChecklistVersion, *, approve: bool, note: str, seen: str, by: User, at: datetime
) -> ChecklistVersion:
    """Approve a version, or send it back with the reason; nobody approves what they wrote.

    `seen` is the fingerprint of the request the approver was shown.
    """
    row, asked = _waiting(version)
    if by.pk in versions.writers_of(row):
        text = _("Somebody else must approve it: you wrote this version")
        raise NotAllowed(text, code="own_work", status=422)
    if seen != asked.fingerprint:
        text = _("The draft changed since you opened this page: open it anew and compare again")
        raise DomainError(text, code="changed")
    words = note.strip() if approve else said(note, field="note", limit=500)
    told = approvals.decide(
        asked, approve=approve, by=by, at=at, note=words,
        current_fingerprint=versions.fingerprint(row),
    )  # fmt: skip
    if told.state == ApprovalState.REJECTED:
        _tell_of_return(row, told, at=at)
    return _enforce(row, by=by, at=at) if told.state == ApprovalState.APPROVED else row


def _tell_of_return(row: ChecklistVersion, asked: Approval, *, at: datetime) -> None:
    """Tell whoever asked that the draft is theirs again, and why."""
    user = asked.requested_by
    notify.send(
        key=f"checklist-back-{asked.pk}", channel="in_app", template="quality/checklist_back",
        language=user.language or settings.LANGUAGE_CODE, user=user, obj=row, at=at,
        context={"version": row, "by": asked.decided_by, "reason": asked.note},
        link=reverse("quality:checklist_draft", args=[row.checklist.code]),
    )  # fmt: skip


def _waiting(version: ChecklistVersion) -> tuple[ChecklistVersion, Approval]:
    row = ChecklistVersion.objects.select_for_update().get(pk=version.pk)
    asked = versions.waiting(row)
    if row.state != V.DRAFT or asked is None:
        raise DomainError(_("No version waits for approval"), code="wrong_step")
    return row, asked


def _enforce(row: ChecklistVersion, *, by: User, at: datetime) -> ChecklistVersion:
    """Let it take the place of the present version; inspections keep the one they name."""
    old = ChecklistVersion.objects.filter(checklist=row.checklist_id, state=V.APPROVED)
    old.update(state=V.REPLACED)
    row.state, row.approved_by, row.approved_at = V.APPROVED, by, at
    row.save(update_fields=["state", "approved_by", "approved_at", "updated_at"])
    audit.record("checklist.approve", row, actor=by, at=at)
    return row


def _approver(row: ChecklistVersion, by: User, at: datetime) -> str:
    """Management approves what quality management wrote; quality management the rest.

    Where everybody of that role wrote some of it, the other one decides.
    """
    wrote = versions.writers_of(row) | {by.pk}
    holds = {role for one in User.objects.filter(pk__in=wrote) for role, _s in one.grants_at(at)}
    first = Role.MANAGER if Role.QUALITY in holds else Role.QUALITY
    for role in (first, *({Role.MANAGER, Role.QUALITY} - {first})):
        if versions.is_free(role, wrote, at=at):
            return str(role)
    text = _("Nobody is left to approve it: everybody of management and quality management wrote "
             "some of it. Give the role to somebody else first")  # fmt: skip
    raise DomainError(text, code="nobody_left")
