"""Refusals: every acceptance that did not happen is a counted record with a reason (ACC-03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Reason, Refusal, ScanEvent
from staff.models import Employee, Site


def follow(rows: Sequence[ScanEvent]) -> None:
    """Count the refusals that scans report; the same scan twice is one refusal."""
    if not rows:
        return
    known = set(
        Refusal.objects.filter(event_uid__in=[row.uid for row in rows]).values_list(
            "event_uid", flat=True
        )
    )
    reasons = {row.code: row.pk for row in Reason.objects.filter(scan_code=enums.Code.REJ)}
    fresh = [_refusal(row, reasons) for row in rows if row.uid not in known]
    _number(Refusal.objects.bulk_create(fresh, batch_size=200))


def _refusal(row: ScanEvent, reasons: dict[str, int]) -> Refusal:
    said = {k: v for k, v in row.detail.items() if isinstance(v, str)}
    return Refusal(
        number=f"new-{uuid4().hex[:16]}", parcel_id=row.parcel_id, event_uid=row.uid,
        reason_id=reasons.get(row.reason), item_name=said.get("item_name", "")[:100],
        explained=said.get("explained", "")[:300], site_id=row.site_id, person_id=row.person_id,
        at=row.effective_at, source=row.source,
    )  # fmt: skip


def _number(made: Sequence[Refusal]) -> None:
    for row in made:
        row.number = f"R{calendars.business_day(row.at):%y%m%d}{row.pk:06d}"
    Refusal.objects.bulk_update(made, ["number"], batch_size=200)


def checked_words(reason: Reason | None, explained: str) -> str:
    """Return the explanation, or say what a refusal still needs (ACC-09)."""
    if reason is None or reason.scan_code != enums.Code.REJ:
        raise DomainError(_("Choose a reason"), code="required", field="reason")
    if len(explained.strip()) < 4:
        text = _("Write down what you explained to the sender")
        raise DomainError(text, code="required", field="explained")
    return explained.strip()[:300]


@transaction.atomic
def refuse_walk_in(
    *, reason: Reason, explained: str, item_name: str, site: Site, person: Employee | None,
    at: datetime, actor: Any,
) -> Refusal:  # fmt: skip
    """Count a refusal at the counter before any order was written: no parcel comes of it."""
    words = checked_words(reason, explained)
    if not item_name.strip():
        raise DomainError(_("Enter what was to be sent"), code="required", field="item_name")
    made = Refusal.objects.create(
        number=f"new-{uuid4().hex[:16]}", reason=reason, item_name=item_name.strip()[:100],
        explained=words, site=site, person=person, at=at, source=enums.Source.OFFICE,
    )  # fmt: skip
    _number([made])
    audit.record("refusal.create", made, actor=actor, at=at, reason=words)
    return made
