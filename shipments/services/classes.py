"""Edit classes of exceptions and hours of the watch; a saved one is no proposal any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import ExceptionClass, WatchLimit

EDITABLE = (
    "name", "name_en", "severity", "tell_hours", "solve_hours", "next_steps", "next_steps_en",
    "needs_remedy", "needs_notice", "ends_with_trip", "stops_parcel", "by_hand",
    "is_active", "position",
)  # fmt: skip


@transaction.atomic
def save_class(
    row: ExceptionClass | None, *, values: Mapping[str, Any], actor: Any, at: datetime
) -> ExceptionClass:
    """Add a class or change one; its code never changes, because old exceptions carry it."""
    kept = row or ExceptionClass(code=values["code"])
    changed = [name for name in EDITABLE if getattr(kept, name) != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    kept.is_proposal = False
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        text = _("This code is used already")
        raise DomainError(text, code="taken", field="code") from error
    deed = "change" if row else "add"
    audit.record(f"exception_class.{deed}", kept, actor=actor, at=at, fields=changed)
    return kept


@transaction.atomic
def set_watch_hours(row: WatchLimit, *, hours: int, actor: Any, at: datetime) -> None:
    """Set after how many hours the watch opens an exception."""
    if not 1 <= hours <= 720:
        raise DomainError(_("Enter 1 to 720 hours"), code="range", field=f"hours-{row.pk}")
    if row.hours == hours and not row.is_proposal:
        return
    row.hours, row.is_proposal = hours, False
    row.save(update_fields=["hours", "is_proposal"])
    audit.record("watch_limit.change", row, actor=actor, at=at, fields=["hours"])
