"""Watching what is said in public: one named person per place, each look on record (CMP-28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.models import Forum, ForumLook
from complaints.words import clean_line
from courierqa.core import audit
from courierqa.core.errors import DomainError, NotAllowed
from staff.models import User

EDITABLE = ("name", "url", "watcher", "every_days", "is_active")


@transaction.atomic
def save_forum(row: Forum | None, *, values: Mapping[str, Any], by: User, at: datetime) -> Forum:
    """Add a place to watch, or change who watches it and how often."""
    kept = row or Forum(next_due_at=at + timedelta(days=values["every_days"]))
    changed = [name for name in EDITABLE if getattr(kept, name, None) != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        text = _("This place is watched already")
        raise DomainError(text, code="taken", field="name") from error
    audit.record(f"forum.{'change' if row else 'add'}", kept, actor=by, at=at, fields=changed)
    return kept


@transaction.atomic
def record_look(*, forum: Forum, found: int, note: str, by: User, at: datetime) -> ForumLook:
    """Write down that the named person looked, and what they found."""
    row = Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    if row.watcher_id != by.pk:
        words = _("%(name)s watches this place. Ask for a change of the watcher")
        raise NotAllowed(words % {"name": row.watcher})
    look = ForumLook.objects.create(
        forum=row, at=at, by=by, found=found, note=clean_line(note, field="note", limit=500)
    )
    row.next_due_at = at + timedelta(days=row.every_days)
    row.save(update_fields=["next_due_at", "updated_at"])
    audit.record("forum.check", row, actor=by, at=at, fields=["next_due_at"])
    return look
