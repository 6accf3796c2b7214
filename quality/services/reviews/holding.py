"""Holding a review: signed minutes that nobody changes any more, and the president's yes."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals
from courierqa.core.calendars import business_day
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from courierqa.core.models import Approval
from quality import review_counts as counts
from quality.models import Review, ReviewMinutes
from quality.review_enums import ReviewKind
from quality.review_enums import ReviewStatus as R
from quality.services.moves import said
from quality.services.reviews.deciding import order_measures
from quality.services.reviews.preparing import MACHINE, held_row, move, require_open
from staff.models import User

KIND = "quality.review"

__all__ = ["MACHINE", "decide_review", "hold_review", "propose_review", "waiting"]


@transaction.atomic
def hold_review(review: Review, *, held_on: date, by: User, at: datetime) -> Review:
    """Sign a timeliness review: minutes are kept, decisions become measures (TIM-07, TIM-08)."""
    row = held_row(review)
    require_open(row)
    if row.kind != ReviewKind.TIMELINESS:
        text = _("The president decides on a management review")
        raise DomainError(text, code="wrong_step")
    _check_whole(row, held_on, at)
    move(row, "hold", by=by, at=at, held_on=held_on, done_at=at, prepared_by=by)
    _sign(row, by=by, at=at)
    return row


@transaction.atomic
def propose_review(review: Review, *, held_on: date, by: User, at: datetime) -> Approval:
    """Put a management review before the president, complete (REV-03)."""
    row = held_row(review)
    require_open(row)
    if row.kind != ReviewKind.MANAGEMENT:
        raise DomainError(_("A timeliness review is signed by whoever holds it"), code="wrong_step")
    _check_whole(row, held_on, at)
    left = row.verdicts.filter(verdict="").count()
    if left:
        text = _("Say keep or change to the policy and every objective: %(n)s are left")
        raise DomainError(text % {"n": left}, code="no_verdict", status=422)
    move(row, "propose", by=by, at=at, held_on=held_on, prepared_by=by)
    return approvals.request_approval(
        kind=KIND, obj=row, title=f"{row.number} · {row.get_kind_display()}",
        needs_role=Role.MANAGER, by=by, at=at, fingerprint=fingerprint(row),
        link=reverse("quality:review", args=[row.pk]),
    )  # fmt: skip


@transaction.atomic
def decide_review(review: Review, *, approve: bool, note: str, by: User, at: datetime) -> Review:
    """Approve the outcome, or send it back with the reason; whoever prepared it cannot."""
    row = held_row(review)
    asked = waiting(row)
    if row.status != R.PROPOSED or asked is None:
        raise DomainError(_("No review waits for a decision"), code="wrong_step")
    words = note.strip() if approve else said(note, field="note", limit=500)
    told = approvals.decide(asked, approve=approve, by=by, at=at, note=words,
                            current_fingerprint=fingerprint(row))  # fmt: skip
    if told.state != ApprovalState.APPROVED:
        move(row, "reject", by=by, at=at, reason=words, held_on=None, prepared_by=None)
        return row
    move(row, "approve", by=by, at=at, reason=words, approved_by=by, done_at=at)
    _sign(row, by=by, at=at)
    return row


def waiting(row: Review) -> Approval | None:
    """Return the request that waits for the president."""
    rows = Approval.objects.filter(
        kind=KIND, object_type=row._meta.label_lower, object_id=row.pk,
        state=ApprovalState.REQUESTED,
    )  # fmt: skip
    return rows.first()


def fingerprint(row: Review) -> str:
    """Return a fingerprint of all that is approved."""
    return approvals.fingerprint_of(canonical(content_of(row)))


def _check_whole(row: Review, held_on: date, at: datetime) -> None:
    if held_on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field="held_on", status=422)
    if held_on < row.period.end_day:
        text = _("It looks at a time that ended on %(day)s. Choose a later day")
        raise DomainError(text % {"day": row.period.end_day}, code="too_early", field="held_on",
                          status=422)  # fmt: skip
    if not row.participants.exists():
        text = _("Write down who takes part")
        raise DomainError(text, code="nobody", field="participants", status=422)
    if not row.conclusion:
        text = _("Write down what was concluded")
        raise DomainError(text, code="required", field="conclusion", status=422)


def _sign(row: Review, *, by: User, at: datetime) -> None:
    """Order the measures and keep the minutes as they are for ever."""
    order_measures(row, by=by, at=at)
    content = content_of(row)
    digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    ReviewMinutes.objects.create(review=row, content=content, sha256=digest, signed_by=by, at=at)
    counts.refresh_review(row, at=at)


def canonical(content: dict[str, Any]) -> str:
    """Return one text for one content, so that anybody can recompute its hash."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(row: Review) -> dict[str, Any]:
    """Return everything the minutes say, as plain values."""
    people = row.participants.order_by("number")
    return {
        "number": row.number, "kind": row.kind, "site": row.site.code if row.site else "",
        "period": row.period.key, "held_on": row.held_on.isoformat() if row.held_on else "",
        "read_at": row.read_at.isoformat() if row.read_at else "",
        "participants": [f"{one.number} {one.name}" for one in people], "guests": row.guests,
        "figures": row.figures, "causes": row.causes, "conclusion": row.conclusion,
        "inputs": list(row.inputs.order_by("id").values("topic", "facts", "note")),
        "verdicts": [
            {"of": str(one.document) if one.document else one.metric, "line": one.line,
             "verdict": one.verdict, "words": one.words}
            for one in row.verdicts.select_related("document")
        ],
        "decisions": [
            {"position": one.position, "output": one.output, "category": one.category,
             "metric": one.metric, "text": one.text, "owner": one.owner.number,
             "due_on": one.due_on.isoformat(),
             "nonconformity": one.nonconformity.number if one.nonconformity else ""}
            for one in row.decisions.select_related("owner", "nonconformity")
        ],
    }  # fmt: skip
