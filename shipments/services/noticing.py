"""Service notices: written, changed while they hold, withdrawn, never removed (EXC-11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import ServiceNotice

EDITABLE = ("title", "title_en", "text", "text_en", "starts_at", "ends_at", "is_public")


@transaction.atomic
def save_notice(
    row: ServiceNotice | None, *, values: Mapping[str, Any], actor: Any, at: datetime
) -> ServiceNotice:
    """Write a notice, or change one; its period must have a length and not be over."""
    if values["ends_at"] <= values["starts_at"]:
        raise DomainError(_("The end must be after the start"), code="order", field="ends_at")
    if values["ends_at"] <= at:
        raise DomainError(_("This time has passed"), code="past", field="ends_at")
    kept = row or ServiceNotice(written_by=audit.person(actor))
    changed = [name for name in EDITABLE if getattr(kept, name) != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    kept.withdrawn_at = None
    kept.save()
    kept.sites.set(values["sites"])
    deed = "change" if row else "write"
    audit.record(f"service_notice.{deed}", kept, actor=actor, at=at, fields=changed)
    return kept


@transaction.atomic
def withdraw_notice(row: ServiceNotice, *, actor: Any, at: datetime) -> None:
    """Take a notice down; parcels it was attached to keep showing that it held."""
    if row.withdrawn_at is not None:
        raise DomainError(_("This notice was taken down already"), code="withdrawn")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record("service_notice.withdraw", row, actor=actor, at=at)
