"""What figures know about cases: one narrow row per case, and the days it touched.

A complaint belongs to the day it was received (C01, C02), to the days its limits end (C03, C04)
and to the day a fortnight after receipt (C05). The first final answer counts, whatever is
reopened later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet

from complaints import counted, spells
from complaints.enums import CaseKind, Liability, RegulatorMatter, RegulatorOutcome, Status
from complaints.models import Case, CaseFacts, RegulatorFile
from courierqa.core import changed
from courierqa.core.calendars import business_day
from courierqa.core.history import changes_of
from courierqa.core.timeframes import Period
from shipments.models import ParcelFacts

CASES = "cases"
# A row made by an older version lacks what came later; `refresh_figures --all` makes it anew.
VERSION = 3
WEEK = timedelta(days=7)
GONE = (Status.WITHDRAWN, Status.MERGED)
_BLAME = {Liability.OURS: True, Liability.PARTNER: True}
_FIELDS = [field.name for field in CaseFacts._meta.concrete_fields if not field.primary_key]


def refresh(case: Case, *, at: datetime) -> CaseFacts:
    """Write the row of one case and mark the days whose figures may have moved."""
    old = CaseFacts.objects.filter(pk=case.pk).first()
    new = facts_of(case)
    CaseFacts.objects.bulk_create(
        [new], update_conflicts=True, unique_fields=["case"], update_fields=_FIELDS
    )
    touched = _touched(new) | (_touched(old) if old else set()) | spells.keep(case, at=at)
    if new.upheld != (old.upheld if old else None):
        touched |= _of_parcel(case)
    changed.mark(CASES, sorted(touched), at=at)
    counted.refresh_case(case, at=at)
    return new


def _of_parcel(case: Case) -> set[tuple[date, int]]:
    """Return the day on which the parcel may have been a perfect delivery (S07)."""
    found = ParcelFacts.objects.filter(pk=case.parcel_id, due_day__isnull=False)
    rows = found.values_list("due_day", "site_id") if case.parcel_id else ()
    return {(day, site) for day, site in rows if day is not None}


def refresh_earlier(case: Case, *, at: datetime) -> None:
    """Refresh the complaints that a new repeat or appeal shows not to have been settled."""
    earlier = Q(pk=case.repeat_of_id)
    if case.kind == CaseKind.APPEAL and case.parcel_id:
        earlier |= Q(parcel_id=case.parcel_id, kind=CaseKind.COMPLAINT)
    if case.repeat_of_id or case.kind == CaseKind.APPEAL:
        for one in _locked(Case.objects.filter(earlier).exclude(pk=case.pk)):
            refresh(one, at=at)


def _locked(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Lock cases in key order, so that what is written now is not what was true a moment ago."""
    rows = rows.select_related("reason", "parcel").order_by("pk")
    return rows.select_for_update(no_key=True, of=("self",))


def renew(*, at: datetime) -> int:
    """Make anew the rows that an older version made, after an upgrade; return how many."""
    old = CaseFacts.objects.filter(made_by__lt=VERSION).values_list("pk", flat=True)
    return sum(_renewed(ids, at=at) for ids in _chunks(list(old.order_by("pk"))))


@transaction.atomic
def _renewed(ids: list[int], *, at: datetime) -> int:
    for case in _locked(Case.objects.filter(pk__in=ids)):
        refresh(case, at=at)
    return len(ids)


def _chunks(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def facts_of(case: Case) -> CaseFacts:
    """Return the row a case should have; pure but for the parcel's facts and later cases."""
    settled_at = case.received_at + 2 * WEEK
    is_appeal, valid = _appeal(case)
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
        first_due_day=business_day(case.first_due_at),
        settled_at=settled_at,
        settled_day=business_day(settled_at),
        first_answer_at=case.first_answer_at,
        answered_at=case.first_final_at,
        told_at=case.first_told_at,
        closed_at=case.closed_at,
        out_c03=_leaves_c03(case),
        is_complaint=case.kind == CaseKind.COMPLAINT,
        is_repeat=case.repeat_of_id is not None,
        upheld=_upheld(case),
        is_gone=case.status in GONE,
        needed_more=_needed_more(case),
        is_appeal=is_appeal,
        appeal_valid=valid,
        made_by=VERSION,
    )


def reasons_in(period: Period, *, site_id: int | None = None) -> list[tuple[str, int]]:
    """Return complaints received in the period per reason code, most frequent first."""
    rows = CaseFacts.objects.filter(
        is_complaint=True, received_day__gte=period.start_day, received_day__lt=period.end_day
    )
    if site_id is not None:
        rows = rows.filter(site_id=site_id)
    numbers = rows.values_list("reason_code").annotate(total=Count("pk"))
    return list(numbers.order_by("-total", "reason_code"))


def _touched(row: CaseFacts) -> set[tuple[date, int]]:
    site = row.site_id or 0
    days = {row.received_day, row.legal_due_day, row.first_due_day, row.settled_day}
    return {(day, site) for day in days if day is not None}


def _leaves_c03(case: Case) -> bool:
    """Withdrawn before the limit, or merged into another: neither hit nor miss."""
    if case.status == Status.MERGED:
        return True
    ended = case.closed_at
    return case.status == Status.WITHDRAWN and ended is not None and ended <= case.legal_due_at


def _needed_more(case: Case) -> bool:
    """Say whether one answer was not enough: another one, a reopening, a repeat, an appeal (C05).

    Until a week after the first final answer; what was never answered fails without this.
    """
    if case.kind != CaseKind.COMPLAINT or case.first_final_at is None:
        return False
    later = Q(repeat_of_id=case.pk)
    if case.parcel_id:
        later |= Q(
            kind=CaseKind.APPEAL, parcel_id=case.parcel_id, received_at__gte=case.received_at
        )
    found = Case.objects.filter(later).exclude(pk=case.pk)
    moments = [found.aggregate(first=Min("received_at"))["first"], _answered_again(case)]
    return any(one is not None and one <= case.first_final_at + WEEK for one in moments)


def _answered_again(case: Case) -> datetime | None:
    """Return when the case was reopened, or answered a second time."""
    if not case.reopened and case.answered_at == case.first_final_at:
        return None
    rows = [row for row in changes_of(case) if row.verb in ("answer", "reopen")]
    first = next((place for place, row in enumerate(rows) if row.verb == "answer"), len(rows))
    return next((row.at for row in rows[first + 1 :]), None)


def _appeal(case: Case) -> tuple[bool, bool | None]:
    """Say whether a customer went to the authority, and how it judged (C11, C12)."""
    if case.kind != CaseKind.APPEAL:
        return False, None
    row = RegulatorFile.objects.filter(case=case).first()
    if row is None:
        return True, None
    judged = {RegulatorOutcome.VALID.value: True, RegulatorOutcome.INVALID.value: False}
    return row.matter == RegulatorMatter.APPEAL, judged.get(row.outcome)


def _upheld(case: Case) -> bool | None:
    """Only a final decision counts; one still open to appeal is undecided (C02)."""
    if case.liability == Liability.UNDECIDED or case.liability_final_at is None:
        return None
    return _BLAME.get(Liability(case.liability), False)
