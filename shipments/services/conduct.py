"""Violations of couriers: recorded with their source, taken back with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import conduct_counts, enums
from shipments.models import Parcel, Violation, ViolationKind
from staff.enums import NeedSource
from staff.models import Employee
from staff.services import drop_needs, raise_need

# From here a bare claim is not enough: the number of the complaint or inspection is asked for.
NAMED = (enums.ViolationSource.COMPLAINT, enums.ViolationSource.INSPECTION)


@transaction.atomic
def record_violation(
    *, parcel: Parcel, courier: Employee, kind: ViolationKind, source: str, happened_on: date,
    at: datetime, actor: Any, reference: str = "", words: str = "",
) -> Violation:  # fmt: skip
    """Write down what a courier did with a parcel; nobody records their own case."""
    if source not in enums.ViolationSource.values:
        raise DomainError(_("Choose where it came to light"), code="required", field="source")
    if source in NAMED and not reference.strip():
        text = _("Enter the number of the complaint or inspection")
        raise DomainError(text, code="required", field="reference")
    if happened_on > at.date():
        raise DomainError(_("This day lies ahead"), code="future", field="happened_on")
    if getattr(actor, "employee", None) == courier:
        raise DomainError(_("Somebody else must record this"), code="own_case", field="courier")
    row = Violation.objects.create(
        kind=kind, parcel=parcel, courier=courier, happened_on=happened_on, source=source,
        reference=reference.strip()[:40], words=words[:300], at=at, by=audit.person(actor),
    )  # fmt: skip
    conduct_counts.refresh_violations([row], at=at)
    audit.record("violation.record", row, actor=actor, at=at, fields=[kind.code])
    raise_need(
        source=NeedSource.INSPECTION, reference=f"violation-{row.pk}", text=str(kind),
        employee=courier, site=courier.site, by=audit.person(actor), at=at,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_violation(row: Violation, *, why: str, at: datetime, actor: Any) -> None:
    """Take a violation back: it stays on record and counts nowhere."""
    if not why.strip():
        raise DomainError(_("Say why"), code="required", field="why")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_why = at, why.strip()[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_why", "updated_at"])
        conduct_counts.refresh_violations([row], at=at)
        audit.record("violation.withdraw", row, actor=actor, at=at, reason=why)
        drop_needs(
            row.courier, NeedSource.INSPECTION, [f"violation-{row.pk}"], answer=why.strip(),
            by=audit.person(actor), at=at,
        )  # fmt: skip
