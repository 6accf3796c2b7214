"""The cause tree is data: causes are added, renamed, left unused, and merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.models import Cause
from quality.selectors.causes import same_causes
from quality.services.recurring import remark_cause
from staff.models import User


@transaction.atomic
def save_cause(
    cause: Cause | None, *, parent: Cause, code: str, name: str, name_en: str,
    is_active: bool, by: User, at: datetime,
) -> Cause:  # fmt: skip
    """Add a cause under an area, or change its words; the code stays for ever."""
    if parent.parent_id is not None:
        text = _("Causes stand under one of the six areas")
        raise DomainError(text, code="not_area", field="parent", status=422)
    words: dict[str, Any] = {
        "parent": parent, "name": name, "name_en": name_en, "is_active": is_active
    }  # fmt: skip
    if cause is None:
        clean = slugify(code)[:40]
        if not clean or Cause.objects.filter(code=clean).exists():
            text = _("Choose a short code of letters and digits that no cause has yet")
            raise DomainError(text, code="taken", field="code", status=422)
        last = parent.children.count()
        row = Cause.objects.create(code=clean, position=last + 1, **words)
    else:
        row = Cause.objects.select_for_update(no_key=True).get(pk=cause.pk)
        for field, value in words.items():
            setattr(row, field, value)
        row.save(update_fields=[*words, "updated_at"])
    audit.record("cause.change", row, actor=by, at=at, fields=sorted(words))
    return row


@transaction.atomic
def merge_cause(cause: Cause, *, into: Cause, by: User, at: datetime) -> Cause:
    """Two codes mean the same: old records are read as the other one and judged anew (I06)."""
    row = Cause.objects.select_for_update(no_key=True).get(pk=cause.pk)
    if row.merged_into_id is not None:
        raise DomainError(_("It was merged already"), code="merged", field="into", status=422)
    if into.pk in same_causes(row) or into.parent_id is None or row.parent_id is None:
        text = _("Choose another cause of the tree")
        raise DomainError(text, code="same", field="into", status=422)
    row.merged_into, row.merged_at, row.is_active = into, at, False
    row.save(update_fields=["merged_into", "merged_at", "is_active", "updated_at"])
    audit.record("cause.merge", row, actor=by, at=at, fields=["merged_into"])
    remark_cause(row, at=at)
    return row
