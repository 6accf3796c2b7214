"""Areas of risk: where couriers do not go, or only with care (SAF-06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import RiskArea


@transaction.atomic
def save_risk_area(
    row: RiskArea | None, *, name: str, city: str, keywords: Sequence[str], advice: str,
    until: date | None, is_active: bool, at: datetime, actor: Any,
) -> RiskArea:  # fmt: skip
    """Add an area of risk, or change it; run sheets show it from then on."""
    if not keywords:
        text = _("Enter at least one street or place")
        raise DomainError(text, code="required", field="keywords", status=422)
    facts = {
        "name": name, "city": city, "keywords": list(keywords), "advice": advice, "until": until,
        "is_active": is_active,
    }  # fmt: skip
    if row is None:
        made = RiskArea.objects.create(**facts)
        audit.record("risk_area.create", made, actor=actor, at=at)
        return made
    for field, value in facts.items():
        setattr(row, field, value)
    row.save()
    audit.record("risk_area.change", row, actor=actor, at=at)
    return row
