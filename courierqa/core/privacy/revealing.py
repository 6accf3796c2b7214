"""Seeing a person's data in clear: the audit line is committed first, or nothing is shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, changed
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, Unavailable
from courierqa.core.models import AuditEntry, PersonalView
from courierqa.core.privacy.tasks import Task, own_task

log = logging.getLogger(__name__)
VIEWS = "views"


class ReasonMissing(DomainError):
    """Personal data are shown only to somebody who says why."""

    code = "reason_missing"
    status = 422


def reveal(
    obj: models.Model,
    fields: Sequence[str],
    *,
    actor: Any,
    reason: str,
    case_ref: str = "",
    task: Task | None = None,
    is_of_staff: bool = False,
    request: Any,
    at: datetime,
) -> dict[str, str]:
    """Return the named fields in clear, after their opening was sealed into the audit chain.

    The caller has checked the right to this row, and names the viewer's own task it is for;
    without one it counts as looked at for another reason (X02). A trail that cannot be written
    gives 503.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why you need to see this"), field="reason")
    why = " · ".join(part for part in (reason.strip(), case_ref.strip()) if part)
    action = f"{obj._meta.model_name}.reveal"
    try:
        # Durable: its own transaction, committed before a single character is decrypted.
        with transaction.atomic(durable=True):
            entry = audit.record(
                action,
                obj,
                actor=actor,
                at=at,
                fields=fields,
                reason=why,
                request=request,
                seal_now=True,
            )
            _keep(entry, task or own_task(case_ref, actor), actor, is_of_staff=is_of_staff)
    except DatabaseError as error:
        log.exception("The audit trail cannot be written; nothing was revealed.")
        raise Unavailable(_("The access log is not available, so nothing is shown")) from error
    return {name: str(getattr(obj, name)) for name in fields}


def _keep(entry: AuditEntry, task: Task | None, actor: Any, *, is_of_staff: bool) -> None:
    """Keep the look as the figure counts it, at the site where the viewer works now."""
    person = getattr(actor, "employee", None)
    site_id = getattr(person, "site_id", None)
    view = PersonalView.objects.create(
        record_id=entry.pk, label=entry.object_code, day=business_day(entry.at), moment=entry.at,
        task=task.kind if task else "", task_ref=task.ref[:60] if task else "",
        site_id=site_id, courier_id=getattr(person, "pk", None), is_hit=task is not None,
        is_out=is_of_staff,
    )  # fmt: skip
    changed.mark(VIEWS, {(view.day, site_id or 0)}, at=entry.at)
