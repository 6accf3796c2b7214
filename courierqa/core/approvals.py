"""A second person's yes: requester ≠ approver, and a request lapses when its object changes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import ApprovalState
from courierqa.core.errors import IllegalTransition, NotAllowed
from courierqa.core.models import Approval


def fingerprint_of(*parts: Any) -> str:
    """Return a fingerprint of what is asked for; a later change of any part lapses the request."""
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def request_approval(
    *,
    kind: str,
    obj: models.Model,
    title: str,
    needs_role: str,
    by: Any,
    at: datetime,
    amount_fen: int = 0,
    site_id: int | None = None,
    fingerprint: str,
    link: str = "",
) -> Approval:
    """Ask for approval. The same question twice is one request; a changed one replaces the old."""
    named = {"kind": kind, "object_type": obj._meta.label_lower, "object_id": obj.pk}
    rows = Approval.objects.select_for_update(no_key=True)
    waiting = rows.filter(**named, state=ApprovalState.REQUESTED).first()
    if waiting is not None and waiting.fingerprint == fingerprint:
        return waiting
    if waiting is not None:
        _lapse(waiting, at)
    asked = Approval.objects.create(
        **named,
        title=title[:200],
        needs_role=needs_role,
        requested_by=by,
        requested_at=at,
        amount_fen=amount_fen,
        site_id=site_id,
        fingerprint=fingerprint,
        link=link,
    )
    audit.record("approval.request", asked, actor=by, at=at)
    return asked


def decide(
    approval: Approval,
    *,
    approve: bool,
    by: Any,
    at: datetime,
    note: str = "",
    current_fingerprint: str,
) -> Approval:
    """Approve or reject. A changed object lapses the request instead; the caller sees the state."""
    with transaction.atomic():
        row = Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
        if row.state != ApprovalState.REQUESTED:
            raise IllegalTransition(_("This request has been decided already."))
        _check_decider(row, by, at)
        if row.fingerprint != current_fingerprint:
            return _lapse(row, at)
        row.state = ApprovalState.APPROVED if approve else ApprovalState.REJECTED
        row.decided_by, row.decided_at, row.note = by, at, note[:500]
        row.save(update_fields=["state", "decided_by", "decided_at", "note", "updated_at"])
        verb = "approve" if approve else "reject"
        audit.record(f"approval.{verb}", row, actor=by, at=at, reason=note, seal_now=True)
        return row


@transaction.atomic
def take_back(approval: Approval, *, at: datetime) -> Approval:
    """Let a request lapse because what it asks for is no longer wanted; a decided one stays."""
    row = Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    return _lapse(row, at) if row.state == ApprovalState.REQUESTED else row


def waiting_for(user: Any, *, at: datetime | None = None) -> QuerySet[Approval]:
    """Return the requests this user may decide, oldest first."""
    mine = Q(pk__in=())
    for role, site_id in user.grants_at(at or timezone.now()):
        # A request without a site concerns the whole network: a local grant does not reach it.
        mine |= Q(needs_role=role) if site_id is None else Q(needs_role=role, site_id=site_id)
    rows = Approval.objects.filter(mine, state=ApprovalState.REQUESTED)
    return rows.exclude(requested_by=user).order_by("requested_at", "id")


def _check_decider(row: Approval, by: Any, at: datetime) -> None:
    if by.pk == row.requested_by_id:
        raise NotAllowed(_("Whoever asks cannot approve. Somebody else must decide."))
    held = {(row.needs_role, None), (row.needs_role, row.site_id)}
    if not held & set(by.grants_at(at)):
        raise NotAllowed(_("You do not have the role that decides this request."))


def _lapse(row: Approval, at: datetime) -> Approval:
    row.state, row.decided_at = ApprovalState.LAPSED, at
    row.save(update_fields=["state", "decided_at", "updated_at"])
    audit.record("approval.lapse", row, actor=None, at=at)
    return row
