"""The list of reasons as data: added, reworded, retired; a code is never reused (§4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Reason

# What figures group by stays as it was first said; another meaning is another code.
FIXED = ("code", "scan_code", "party")
OPEN = (
    "name", "name_en", "needs_photo", "needs_call", "may_excuse", "next_steps", "position",
)  # fmt: skip


@transaction.atomic
def add_reason(*, values: Mapping[str, Any], at: datetime, actor: Any) -> Reason:
    """Add a reason under a code that was never used, not even by one since retired."""
    _check(values)
    if Reason.objects.filter(code=values["code"]).exists():
        text = _("This code was used before. A code is never used again: choose another one")
        raise DomainError(text, code="code_taken", field="code")
    reason = Reason.objects.create(**{name: values[name] for name in (*FIXED, *OPEN)})
    audit.record("reason.create", reason, actor=actor, at=at, fields=sorted(values))
    return reason


@transaction.atomic
def change_reason(
    *, reason: Reason, values: Mapping[str, Any], at: datetime, actor: Any
) -> list[str]:
    """Change wording and rules; return the names of the fields that changed."""
    _check({**values, "scan_code": reason.scan_code, "party": reason.party})
    changed = [name for name in OPEN if getattr(reason, name) != values[name]]
    for name in changed:
        setattr(reason, name, values[name])
    if changed:
        reason.save(update_fields=changed)
        audit.record("reason.change", reason, actor=actor, at=at, fields=changed)
    return changed


@transaction.atomic
def retire_reason(*, reason: Reason, why: str, at: datetime, actor: Any) -> None:
    """Take a reason out of the forms; scans that named it keep their words."""
    if not why.strip():
        raise DomainError(_("Say why"), code="required", field="why")
    if not reason.is_active:
        raise DomainError(_("This reason is retired already"), field="why")
    reason.is_active, reason.retired_at = False, at
    reason.save(update_fields=["is_active", "retired_at"])
    audit.record("reason.retire", reason, actor=actor, at=at, reason=why.strip()[:200])


@transaction.atomic
def restore_reason(*, reason: Reason, why: str, at: datetime, actor: Any) -> None:
    """Offer a retired reason again, with the meaning it had."""
    if not why.strip():
        raise DomainError(_("Say why"), code="required", field="why")
    reason.is_active, reason.retired_at = True, None
    reason.save(update_fields=["is_active", "retired_at"])
    audit.record("reason.restore", reason, actor=actor, at=at, reason=why.strip()[:200])


def _check(values: Mapping[str, Any]) -> None:
    if values["scan_code"] not in enums.Code.values:
        raise DomainError(_("Choose one of the entries"), code="required", field="scan_code")
    if values["party"] not in enums.Party.values:
        raise DomainError(_("Choose who answers for it"), code="required", field="party")
    if not set(values["next_steps"]) <= set(enums.NextStep.values):
        raise DomainError(_("Choose one of the entries"), code="required", field="next_steps")
    for name in ("name", "name_en"):
        if not values[name].strip():
            raise DomainError(_("Fill this in"), code="required", field=name)
