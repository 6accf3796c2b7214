"""Partners with their monthly scores, purchases with their quality check (NET-04, NET-09)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import Partner, PartnerScore, Purchase
from shipments.network_enums import PartnerKind, QualityResult

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Marks:
    """0 to 100 each."""

    punctuality: int
    care: int
    cooperation: int
    note: str


@transaction.atomic
def register_partner(
    *, code: str, name: str, kind: str, agreement_from: date | None, agreement_to: date | None,
    at: datetime, actor: Any,
) -> Partner:  # fmt: skip
    """Enter a firm into the register."""
    if kind not in PartnerKind.values:
        raise DomainError(_("Choose what the partner does"), code="required", field="kind")
    if Partner.objects.filter(code=code).exists():
        raise DomainError(_("This code is taken"), code="taken", field="code")
    if agreement_from and agreement_to and agreement_to < agreement_from:
        wrong = _("The end must be later than the start")
        raise DomainError(wrong, code="order", field="agreement_to")
    partner = Partner.objects.create(
        code=code, name=name, kind=kind, agreement_from=agreement_from, agreement_to=agreement_to
    )
    audit.record("partner.register", partner, actor=actor, at=at)
    return partner


@transaction.atomic
def score_partner(
    *, partner: Partner, month: str, marks: Marks, at: datetime, actor: Any
) -> PartnerScore:
    """Give a partner the marks of a month; given again, the newer ones count."""
    if not MONTH.fullmatch(month):
        raise DomainError(_("Enter a month such as 2026-10"), code="bad_month", field="month")
    for name in ("punctuality", "care", "cooperation"):
        if not 0 <= getattr(marks, name) <= 100:
            raise DomainError(_("Marks go from 0 to 100"), code="range", field=name)
    if not marks.note.strip():
        raise DomainError(_("Say what the marks rest on"), code="required", field="note")
    score, _made = PartnerScore.objects.update_or_create(
        partner=partner, month=month,
        defaults={"punctuality": marks.punctuality, "care": marks.care,
                  "cooperation": marks.cooperation, "note": marks.note[:300],
                  "by": audit.person(actor)},
    )  # fmt: skip
    audit.record("partner.score", partner, actor=actor, at=at, fields=["scores"])
    return score


@transaction.atomic
def record_purchase(
    *, partner: Partner, item: str, quantity: int, received_on: date, result: str, found: str,
    at: datetime, actor: Any,
) -> Purchase:  # fmt: skip
    """Record what was bought and how its quality check came out."""
    if result not in QualityResult.values:
        raise DomainError(_("Enter the result of the check"), code="required", field="result")
    if quantity < 1:
        raise DomainError(_("Enter how many came"), code="required", field="quantity")
    if not found.strip():
        raise DomainError(_("Say what was checked and found"), code="required", field="found")
    row = Purchase.objects.create(
        partner=partner, item=item, quantity=quantity, received_on=received_on, result=result,
        found=found[:300], checked_by=audit.person(actor),
    )  # fmt: skip
    audit.record("purchase.record", row, actor=actor, at=at)
    return row
