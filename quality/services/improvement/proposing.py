"""A second person's yes to a programme: its goal, its baseline, its money."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals, history
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from courierqa.core.models import Approval
from quality.improvement_enums import ProgrammeKind
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.services.improvement.goals import APPROVAL
from quality.services.improvement.moves import MACHINE, hold, require
from quality.services.moves import said
from staff.models import User


@transaction.atomic
def propose_programme(row: Programme, *, by: User, at: datetime) -> Approval:
    """Ask management for its yes; without a baseline and a measure there is nothing to approve."""
    row = hold(row)
    if row.baseline_at is None:
        raise DomainError(_("First fix the baseline"), code="no_baseline")
    if not _has_steps(row):
        text = _("First link a measure, or a plan to a programme")
        raise DomainError(text, code="no_measure")
    history.transition(row, "propose", machine=MACHINE, actor=by, at=at,
                       changes={"proposed_by": by})  # fmt: skip
    return approvals.request_approval(
        kind=APPROVAL, obj=row, title=str(row), needs_role=Role.MANAGER, by=by, at=at,
        amount_fen=row.budget_fen, fingerprint=fingerprint(row),
        link=reverse("quality:programme", args=[row.number]),
    )  # fmt: skip


@transaction.atomic
def decide_programme(
    row: Programme, *, approve: bool, note: str, by: User, at: datetime
) -> Programme:
    """Approve it, or send it back with the reason; whoever proposed it cannot."""
    row = hold(row)
    require(row, S.PROPOSED, why=_("It does not wait for approval"))
    words = note.strip() if approve else said(note, field="note", limit=500)
    asked = Approval.objects.filter(
        kind=APPROVAL, object_type=row._meta.label_lower, object_id=row.pk,
        state=ApprovalState.REQUESTED,
    ).first()  # fmt: skip
    if asked is None:
        raise DomainError(_("It does not wait for approval"), code="wrong_step")
    told = approvals.decide(
        asked, approve=approve, by=by, at=at, note=words, current_fingerprint=fingerprint(row)
    )
    verb = "approve" if told.state == ApprovalState.APPROVED else "reject"
    changes = {"approved_at": at} if verb == "approve" else {}
    history.transition(row, verb, machine=MACHINE, actor=by, at=at, reason=words, changes=changes)
    return row


def fingerprint(row: Programme) -> str:
    """Return the fingerprint of what is approved: goal, place, days, money, measures."""
    return approvals.fingerprint_of(
        row.metric, row.target.normalize(), row.site_id, row.product_id, row.owner_id,
        row.start_on, row.due_on, row.budget_fen, row.baseline_at,
        list(row.actions.order_by("pk").values_list("pk", flat=True)),
    )  # fmt: skip


def _has_steps(row: Programme) -> bool:
    """A plan needs a measure; a programme a measure or a plan."""
    has_plan = row.kind == ProgrammeKind.PROGRAMME and row.plans.exclude(status=S.DROPPED).exists()
    return has_plan or row.actions.exists()
