"""Versions of checklists: a draft is worked on point by point until its approval is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from quality.inspection_enums import VersionState as V
from quality.models import Checklist, ChecklistLine, ChecklistVersion, Norm
from quality.selectors.inspections.versions import mark_of, waiting
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
    version: ChecklistVersion, *, point: PointText, line: int | None = None,
    seen: str | None = None, by: User, at: datetime,
) -> ChecklistLine:  # fmt: skip
    """Add a point to a draft, or write anew the one whose id is `line`.

    `seen` is the mark of the words the writer began with: what a colleague wrote meanwhile is
    never lost.
    """
    version = hold_draft(version)
    row = _point(version, line) if line else ChecklistLine(version=version, position=_next(version))
    if line and seen is not None and seen != mark_of(row):
        text = _("Somebody changed this point since you opened it; it now says: %(words)s. "
                 "Open it anew and change it there")  # fmt: skip
        raise DomainError(text % {"words": row}, code="changed")
    row.area, row.method, row.every = point.area, point.method, point.every
    row.text = said(point.text, field="text", limit=160)
    row.text_en = said(point.text_en, field="text_en", limit=160)
    row.limit, row.limit_en = point.limit, point.limit_en
    row.is_critical, row.norm = point.is_critical, point.norm
    row.save()
    audit.record("checklist.change", version, actor=by, at=at, fields=["lines"])
    return row


@transaction.atomic
def drop_point(version: ChecklistVersion, *, line: int, by: User, at: datetime) -> None:
    """Take a point out of a draft; those behind it move up."""
    version = hold_draft(version)
    gone = _point(version, line)
    place = gone.position
    gone.delete()
    for row in version.lines.filter(position__gt=place).order_by("position"):
        _place(row, row.position - 1)
    audit.record("checklist.change", version, actor=by, at=at, fields=["lines"])


@transaction.atomic
def move_point(version: ChecklistVersion, *, line: int, up: bool, by: User, at: datetime) -> None:
    """Let a point change places with the one before or behind it; at the end it stays."""
    version = hold_draft(version)
    row = _point(version, line)
    near = version.lines.filter(position__lt=row.position).order_by("-position")
    if not up:
        near = version.lines.filter(position__gt=row.position).order_by("position")
    other = near.first()
    if other is None:
        return
    here, there = row.position, other.position
    # Two points never stand at one place, not even for a moment.
    _place(row, _next(version))
    _place(other, here)
    _place(row, there)
    audit.record("checklist.change", version, actor=by, at=at, fields=["lines"])


def hold_draft(version: ChecklistVersion) -> ChecklistVersion:
    """Return the version locked; what is approved, or waits for it, is not changed."""
    row = ChecklistVersion.objects.select_for_update().get(pk=version.pk)
    if row.state != V.DRAFT:
        text = _("An approved version stays as it is: begin a new draft")
        raise DomainError(text, code="approved")
    if waiting(row) is not None:
        text = _("This version waits for approval: take it back first, then change it")
        raise DomainError(text, code="waiting")
    return row


def _point(version: ChecklistVersion, line: int) -> ChecklistLine:
    row = version.lines.filter(pk=line).first()
    if row is None:
        text = _("This point is no longer in the draft: look at what changed")
        raise DomainError(text, code="gone")
    return row


def _next(version: ChecklistVersion) -> int:
    return (version.lines.aggregate(last=Max("position"))["last"] or 0) + 1


def _place(row: ChecklistLine, position: int) -> None:
    row.position = position
    row.save(update_fields=["position"])
