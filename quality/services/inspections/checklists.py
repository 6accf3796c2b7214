"""Versions of checklists: a draft is worked on, a second person approves it, then it stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, NotAllowed
from quality.inspection_enums import VersionState as V
from quality.models import Checklist, ChecklistLine, ChecklistVersion, Norm
from quality.services.moves import said
from staff.models import Employee, User


@dataclass(frozen=True)
class PointText:
    """What a point says, in both languages, and how it is measured."""

    area: str
    text: str
    text_en: str
    method: str
    every: str
    limit: str = ""
    limit_en: str = ""
    is_critical: bool = False
    norm: Norm | None = None


@transaction.atomic
def own_checklist(row: Checklist, *, owner: Employee, by: User, at: datetime) -> None:
    """Name the person who answers for a checklist (INS-10)."""
    row.owner = owner
    row.save(update_fields=["owner", "updated_at"])
    audit.record("checklist.assign", row, actor=by, at=at, fields=["owner"])


@transaction.atomic
def new_draft(row: Checklist, *, by: User, at: datetime) -> ChecklistVersion:
    """Begin the next version with the points of the present one."""
    Checklist.objects.select_for_update().get(pk=row.pk)
    if row.versions.filter(state=V.DRAFT).exists():
        raise DomainError(_("There is a draft already"), code="known")
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    made = ChecklistVersion.objects.create(checklist=row, number=last + 1, made_by=by, made_at=at)
    present = row.versions.filter(state=V.APPROVED).first()
    for line in present.lines.all() if present else ():
        line.pk, line.version = None, made
        line.save(force_insert=True)
    audit.record("checklist.create", made, actor=by, at=at)
    return made


@transaction.atomic
def save_point(
    version: ChecklistVersion, *, position: int | None, point: PointText, by: User, at: datetime
) -> ChecklistLine:
    """Add a point to a draft, or write one of it anew."""
    version = _draft(version)
    fields = {
        "area": point.area, "text": said(point.text, field="text", limit=160),
        "text_en": said(point.text_en, field="text_en", limit=160), "method": point.method,
        "limit": point.limit, "limit_en": point.limit_en, "every": point.every,
        "is_critical": point.is_critical, "norm": point.norm,
    }  # fmt: skip
    last = version.lines.aggregate(last=Max("position"))["last"] or 0
    row, _new = ChecklistLine.objects.update_or_create(
        version=version, position=position or last + 1, defaults=fields
    )
    audit.record("checklist.change", version, actor=by, at=at, fields=["lines"])
    return row


@transaction.atomic
def drop_point(version: ChecklistVersion, *, position: int, by: User, at: datetime) -> None:
    """Take a point out of a draft."""
    version = _draft(version)
    version.lines.filter(position=position).delete()
    audit.record("checklist.change", version, actor=by, at=at, fields=["lines"])


@transaction.atomic
def approve_version(version: ChecklistVersion, *, by: User, at: datetime) -> ChecklistVersion:
    """Let a draft take the place of the present version; whoever wrote it does not approve it."""
    version = _draft(version)
    if version.made_by_id == by.pk:
        raise NotAllowed(_("Somebody else must approve it: you wrote this version"))
    if not version.lines.exists():
        raise DomainError(_("A checklist has at least one point"), code="empty")
    old = ChecklistVersion.objects.filter(checklist=version.checklist_id, state=V.APPROVED)
    old.update(state=V.REPLACED)
    version.state, version.approved_by, version.approved_at = V.APPROVED, by, at
    version.save(update_fields=["state", "approved_by", "approved_at", "updated_at"])
    audit.record("checklist.approve", version, actor=by, at=at)
    return version


def _draft(version: ChecklistVersion) -> ChecklistVersion:
    """Return the version locked; one that was approved is never changed."""
    row = ChecklistVersion.objects.select_for_update().get(pk=version.pk)
    if row.state != V.DRAFT:
        text = _("An approved version stays as it is: begin a new draft")
        raise DomainError(text, code="approved")
    return row
