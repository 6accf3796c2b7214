"""Which data have reached the end of their term and were not destroyed yet (INF-05)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from complaints.enums import ClaimStatus
from complaints.models import Answer, Case
from courierqa.core.calendars import day_start, zone
from courierqa.core.recurrence import add_months
from quality.models import Destruction, Inspection, RetentionRule
from shipments.models import ParcelFacts
from staff.models import TrainingSession

Rows = Callable[[], tuple[QuerySet[Any], str]]
# A claim that is neither paid nor turned down.
UNPAID = (ClaimStatus.PROPOSED, ClaimStatus.WAITING, ClaimStatus.APPROVED)
# What the system itself can count, and by which moment; paper is destroyed without a count here.
COUNTED: dict[str, Rows] = {
    "waybill-paper": lambda: (ParcelFacts.objects.all(), "accepted_at"),
    "waybill-data": lambda: (ParcelFacts.objects.all(), "accepted_at"),
    "case-file": lambda: (Case.objects.exclude(closed_at=None), "closed_at"),
    "survey": lambda: (Answer.objects.all(), "answered_at"),
    "inspection": lambda: (Inspection.objects.all(), "on"),
    "training": lambda: (TrainingSession.objects.exclude(held_on=None), "held_on"),
}


@dataclass(frozen=True)
class Due:
    """Records up to a day whose term has ended; `count` is None for what is not kept here."""

    rule: RetentionRule
    records_until: date
    term_ended_on: date
    count: int | None
    destroyed_until: date | None


def due_list(*, today: date) -> list[Due]:
    """Return what has to be destroyed, month by month closed: a running month is not over yet."""
    known = dict(
        Destruction.objects.filter(site=None).order_by().values_list("data_kind")
        .annotate(last=Max("records_until"))
    )  # fmt: skip
    found = []
    for rule in RetentionRule.objects.filter(is_active=True):
        gone = max((known[name] for name in (rule.name, rule.name_en) if name in known),
                   default=None)  # fmt: skip
        one = _due(rule, gone, today)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: (one.term_ended_on, one.rule.position))


def last_day(months: int, today: date) -> date:
    """Return the last day of the newest month whose whole term of so many months is over."""
    return add_months(today, -months).replace(day=1) - timedelta(days=1)


def by_month(code: str) -> list[tuple[date, int]]:
    """Return (first of month, number of records) of a kind of data that is counted here."""
    rows, name = COUNTED[code]()
    is_moment = rows.model._meta.get_field(name).get_internal_type() == "DateTimeField"
    month = TruncMonth(name, tzinfo=zone()) if is_moment else TruncMonth(name)
    found = rows.order_by().annotate(of_month=month).values_list("of_month")
    return [
        (one.date() if is_moment else one, number)
        for one, number in found.annotate(number=Count("pk")).order_by("of_month")
        if one is not None
    ]


def held_parcels(*, until: date, at: datetime) -> QuerySet[Case]:
    """Return the cases that were open at a moment about parcels accepted up to a day.

    Their records may not be destroyed: complaints and appeals to the authority that are not
    closed, and claims that are neither paid nor turned down.
    """
    end = day_start(until + timedelta(days=1))
    still = Q(closed_at=None) | Q(closed_at__gt=at)
    owed = Q(claims__status__in=UNPAID) | Q(claims__paid_at__gt=at)
    rows = Case.objects.filter(still | owed, received_at__lte=at, parcel__accepted_at__lt=end)
    return rows.distinct()


def _due(rule: RetentionRule, gone: date | None, today: date) -> Due | None:
    until = last_day(rule.months, today)
    if gone is not None and gone >= until:
        return None
    ended = add_months(until, rule.months)
    if rule.code not in COUNTED:
        return Due(rule, until, ended, None, gone)
    count = _count(*COUNTED[rule.code](), gone, until)
    return Due(rule, until, ended, count, gone) if count else None


def _count(rows: QuerySet[Any], name: str, gone: date | None, until: date) -> int:
    """Return how many records lie after the last destruction up to the day."""
    field = rows.model._meta.get_field(name)
    is_moment = field.get_internal_type() == "DateTimeField"
    end = until + timedelta(days=1)
    rows = rows.filter(**{f"{name}__lt": day_start(end) if is_moment else end})
    if gone is not None:
        after = gone + timedelta(days=1)
        rows = rows.filter(**{f"{name}__gte": day_start(after) if is_moment else after})
    return int(rows.count())
