"""Writing the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from courierqa.core.audit.chain import seal_pending
from courierqa.core.models import AuditEntry


def person(actor: Any) -> Any:
    """Return the user, or None for visitors and for the system itself."""
    return actor if getattr(actor, "is_authenticated", False) else None


def record(
    action: str,
    obj: models.Model | None = None,
    *,
    actor: Any,
    at: datetime | None = None,
    fields: Sequence[str] = (),
    reason: str = "",
    request: Any = None,
    seal_now: bool = False,
) -> AuditEntry:
    """Append one entry in the caller's transaction; `seal_now` puts it into the chain at once."""
    entry = _entry(action, obj, actor=actor, at=at, fields=fields, reason=reason, request=request)
    # Reading the end of the chain and adding to it is one deed: a page that opened no transaction
    # would take the very entries the worker seals meanwhile.
    with transaction.atomic():
        entry.save(force_insert=True)
        if seal_now:
            seal_pending()
    return entry


def _entry(
    action: str, obj: models.Model | None, *, actor: Any, at: datetime | None,
    fields: Sequence[str], reason: str, request: Any,
) -> AuditEntry:  # fmt: skip
    user = person(actor)
    return AuditEntry(
        at=at or timezone.now(),
        actor_id=user.pk if user else None,
        actor_name=str(user)[:100] if user else "",
        role=_role(request),
        action=action,
        verb=action.rpartition(".")[2][:30],
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_code=_code(obj),
        fields=list(fields),
        reason=reason[:500],
        ip=_ip(request),
        request_id=getattr(request, "request_id", ""),
    )


def _code(obj: models.Model | None) -> str:
    """Return the number people call the object by: a case number, a waybill, a site code."""
    for name in ("number", "waybill", "code", "username", "key"):
        value = getattr(obj, name, "")
        if value:
            return str(value)[:60]
    return ""


def _role(request: Any) -> str:
    access = getattr(request, "access", None)
    return ",".join(sorted(access.roles))[:60] if access else ""


def _ip(request: Any) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))[:45] if request is not None else ""
