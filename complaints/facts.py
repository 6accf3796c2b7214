"""What figures know about cases: one narrow row per case, and the days it touched.

A complaint belongs to the day it was received (C01) and to the day its legal limit ends (C03);
the first final answer counts, whatever is reopened later.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count

from complaints.enums import CaseKind, Liability, Status
from complaints.models import Case, CaseFacts
from courierqa.core import changed
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period
from shipments.models import ParcelFacts

CASES = "cases"
_BLAME = {Liability.OURS: True, Liability.PARTNER: True}
_FIELDS = [field.name for field in CaseFacts._meta.concrete_fields if not field.primary_key]


def refresh(case: Case, *, at: datetime) -> CaseFacts:
    """Write the row of one case and mark the days whose figures may have moved."""
    old = CaseFacts.objects.filter(pk=case.pk).first()
    new = facts_of(case)
    CaseFacts.objects.bulk_create(
        [new], update_conflicts=True, unique_fields=["case"], update_fields=_FIELDS
    )
    changed.mark(CASES, sorted(_touched(new) | (_touched(old) if old else set())), at=at)
    return new


def facts_of(case: Case) -> CaseFacts:
    """Return the row a case should have; pure but for the parcel's own facts."""
    parcel = ParcelFacts.objects.filter(pk=case.parcel_id).first() if case.parcel_id else None
    return CaseFacts(
        case_id=case.pk,
        number=case.number,
        kind=case.kind,
        case_class=case.case_class,
        reason_code=case.reason.code,
        site_id=case.site_id,
        product_id=case.parcel.product_id if case.parcel else None,
        courier_id=parcel.courier_id if parcel else None,
        received_at=case.received_at,
        received_day=business_day(case.received_at),
        legal_due_at=case.legal_due_at,
        legal_due_day=business_day(case.legal_due_at),
        first_due_at=case.first_due_at,
        first_answer_at=case.first_answer_at,
        answered_at=case.first_final_at,
        told_at=case.first_told_at,
        closed_at=case.closed_at,
        out_c03=_leaves_c03(case),
        is_complaint=case.kind == CaseKind.COMPLAINT,
        is_repeat=case.repeat_of_id is not None,
        upheld=_upheld(case),
    )


def reasons_in(period: Period, *, site_id: int | None = None) -> list[tuple[str, int]]:
    """Return complaints received in the period per reason code, most frequent first."""
    rows = CaseFacts.objects.filter(
        is_complaint=True, received_day__gte=period.start_day, received_day__lt=period.end_day
    )
    if site_id is not None:
        rows = rows.filter(site_id=site_id)
    counted = rows.values_list("reason_code").annotate(total=Count("pk"))
    return list(counted.order_by("-total", "reason_code"))


def _touched(row: CaseFacts) -> set[tuple[date, int]]:
    site = row.site_id or 0
    return {(row.received_day, site), (row.legal_due_day, site)}


def _leaves_c03(case: Case) -> bool:
    """Withdrawn before the limit, or merged into another: neither hit nor miss."""
    if case.status == Status.MERGED:
        return True
    ended = case.closed_at
    return case.status == Status.WITHDRAWN and ended is not None and ended <= case.legal_due_at


def _upheld(case: Case) -> bool | None:
    """Only a final decision counts; one still open to appeal is undecided (C02)."""
    if case.liability == Liability.UNDECIDED or case.liability_final_at is None:
        return None
    return _BLAME.get(Liability(case.liability), False)
