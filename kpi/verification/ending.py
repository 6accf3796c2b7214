"""Months of records destroyed in time, judged a second time from the records and the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from complaints.models import Answer, Case, Claim
from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from quality.models import Destruction, Inspection, RetentionRule
from shipments.models import Parcel
from staff.models import TrainingSession

# The moments or days by which the records of a kind are counted.
KINDS: dict[str, Callable[[], Any]] = {
    "waybill-paper": lambda: Parcel.objects.values_list("accepted_at", flat=True),
    "waybill-data": lambda: Parcel.objects.values_list("accepted_at", flat=True),
    "case-file": lambda: Case.objects.values_list("closed_at", flat=True),
    "survey": lambda: Answer.objects.values_list("answered_at", flat=True),
    "inspection": lambda: Inspection.objects.values_list("on", flat=True),
    "training": lambda: TrainingSession.objects.values_list("held_on", flat=True),
}


def falls(as_of: datetime) -> Iterator[Fallen]:
    """Yield every month of every kind whose term had ended (X01)."""
    today = calendars.business_day(as_of)
    for rule in RetentionRule.objects.filter(is_active=True, code__in=KINDS):
        days = [_day(one) for one in KINDS[rule.code]() if one is not None]
        for (year, month), number in Counter((one.year, one.month) for one in days).items():
            last = _month_end(year, month)
            ended = _same_day(last, rule.months)
            if ended > today:
                continue
            due_day = ended + timedelta(days=30)
            until = calendars.day_start(due_day + timedelta(days=1)) - timedelta(microseconds=1)
            fell = said(_is_gone(rule, last, due_day))
            if fell == "miss" and rule.code.startswith("waybill") and _held(last, until):
                fell = "excluded"
            record = rule.pk * 1_000_000 + year * 100 + month
            yield Fallen("X01", record, (0, 0), until, fell, amount=number)


def _day(one: Any) -> date:
    return calendars.business_day(one) if isinstance(one, datetime) else one


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _same_day(day: date, months: int) -> date:
    """Return the day so many months later, the month's last day where there is no such day."""
    place = day.year * 12 + day.month - 1 + months
    last = _month_end(place // 12, place % 12 + 1)
    return last.replace(day=min(day.day, last.day))


def _is_gone(rule: RetentionRule, last: date, due: date) -> bool:
    names = [rule.name, rule.name_en]
    rows = Destruction.objects.filter(site=None, data_kind__in=names, records_until__gte=last)
    return rows.filter(destroyed_on__lte=due).exists()


def _held(last: date, until: datetime) -> bool:
    """Say whether a case about a parcel of the month, or its claim, was open at the moment."""
    start = calendars.day_start(last.replace(day=1))
    end = calendars.day_start(last + timedelta(days=1))
    about = Case.objects.filter(
        parcel__accepted_at__gte=start, parcel__accepted_at__lt=end, received_at__lte=until
    )
    closed = dict(about.values_list("pk", "closed_at"))
    if any(at is None or at > until for at in closed.values()):
        return True
    claims = Claim.objects.filter(case__in=closed).values_list("status", "paid_at")
    return any(
        status in ("proposed", "waiting", "approved") or (at is not None and at > until)
        for status, at in claims
    )
