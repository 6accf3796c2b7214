"""The records behind a number, and the people behind a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from complaints.models import CaseFacts
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period
from kpi.enums import Outcome
from kpi.metrics import CASES, METRICS, PARCELS, Metric
from kpi.metrics.parcels import POPULATION
from kpi.metrics.shape import EVENINGS
from kpi.models import CourierCell
from kpi.rollups.evenings import needed_on
from kpi.rollups.open_cases import case_open_on, case_overdue_on
from kpi.rollups.under_way import AGES, age_class, open_on, overdue_on, stopped_on, stuck_on
from kpi.selectors import sums
from kpi.selectors.figures import Figure, make, reach
from kpi.selectors.scope import Scope
from shipments.models import ParcelFacts
from staff.models import Employee

# The figures that count whoever carried a parcel.
WORK = ("T01", "D01")


@dataclass(frozen=True)
class CourierRow:
    """A courier with one figure."""

    courier: Employee
    figure: Figure


def records(
    metric: str,
    period: Period,
    *,
    scope: Scope,
    outcome: str = Outcome.FAILED,
    cause: str = "",
    as_of: datetime,
) -> QuerySet[Any]:
    """Return the fact rows behind a count, by the same rules that made the count."""
    declared = METRICS[metric]
    tally = declared.tally
    if declared.record in EVENINGS:
        return _evening(declared, period, scope, outcome, as_of)
    if declared.is_snapshot:
        of = _open_cases if tally.facts == CASES else _under_way
        return of(metric, period, scope, outcome, as_of)
    day = {f"{tally.day}__gte": period.start_day, f"{tally.day}__lt": period.end_day}
    rows = tally.table.objects.filter(**day)  # type: ignore[attr-defined]
    rows = rows.filter(_inside(scope, tally.site), declared.records(outcome, as_of))
    if cause and tally.facts in (PARCELS, CASES):
        rows = rows.filter(**{_cause_column(tally.facts): cause})
    return rows


def _cause_column(facts: str) -> str:
    return "cause_leg" if facts == PARCELS else "reason_code"


def overdue_by_age(period: Period, *, scope: Scope, as_of: datetime) -> list[int]:
    """Return the overdue parcels of `_under_way` by age: 24 hours, 3 days, 7 days, longer."""
    numbers = [0] * (len(AGES) + 1)
    rows = _under_way("T10", period, scope, Outcome.FAILED, as_of)
    days = sums.last_day(period.start_day, min(period.end_day, business_day(as_of)))
    counted = rows.order_by("due_day").values_list("due_day").annotate(number=Count("pk"))
    for due_day, number in counted:
        numbers[age_class((days[0] - due_day).days)] += number
    return numbers


def _under_way(
    metric: str, period: Period, scope: Scope, outcome: str, as_of: datetime
) -> QuerySet[Any]:
    """Return what was under way, overdue or stuck at the end of the period's last ended day."""
    rows = ParcelFacts.objects.filter(POPULATION, _inside(scope))
    days = sums.last_day(period.start_day, min(period.end_day, business_day(as_of)))
    lists = {Outcome.FAILED: overdue_on, Outcome.ALL: open_on, Outcome.EXCLUDED: stopped_on}
    if metric == "E05":
        lists = {Outcome.FAILED: stuck_on, Outcome.ALL: open_on}
    if not days or outcome not in lists:
        return rows.none()
    found = rows.filter(lists[Outcome(outcome)](days[0]))
    is_all = metric == "T10" and outcome == Outcome.ALL
    return found.exclude(stopped_on(days[0])) if is_all else found


def _open_cases(
    metric: str, period: Period, scope: Scope, outcome: str, as_of: datetime
) -> QuerySet[Any]:
    """Return the complaints open, or past their limit, at the end of the last ended day (C10)."""
    rows = CaseFacts.objects.filter(METRICS[metric].tally.population, _inside(scope))
    days = sums.last_day(period.start_day, min(period.end_day, business_day(as_of)))
    lists = {Outcome.FAILED: case_overdue_on, Outcome.ALL: case_open_on}
    if not days or outcome not in lists:
        return rows.none()
    return rows.filter(lists[Outcome(outcome)](days[0]))


def _evening(
    metric: Metric, period: Period, scope: Scope, outcome: str, as_of: datetime
) -> QuerySet[Any]:
    """Return what was needed, or not valid, at the end of the period's last ended day."""
    rows: QuerySet[Any] = metric.tally.table._default_manager.filter(
        metric.tally.population, _inside(scope)
    )
    days = sums.last_day(period.start_day, min(period.end_day, business_day(as_of)))
    if not days or outcome not in (Outcome.FAILED, Outcome.ALL):
        return rows.none()
    found = rows.filter(needed_on(days[0]))
    return found.filter(is_hit=False) if outcome == Outcome.FAILED else found


def _inside(scope: Scope, site: str = "site_id") -> Q:
    query = Q()
    if scope.sites is not None:
        query &= Q(**{f"{site}__in": scope.sites})
    if scope.product is not None:
        query &= Q(product_id=scope.product)
    if scope.courier is not None:
        query &= Q(courier_id=scope.courier)
    return query


def serves(courier: Employee, metric: str, period: Period, *, scope: Scope) -> bool:
    """Say whether a person works at a site of the scope or counted there; others are not there."""
    if scope.sites is None or courier.site_id in scope.sites:
        return True
    rows = CourierCell.objects.filter(
        metric__in=(metric, *WORK), day__gte=period.start_day, day__lt=period.end_day,
        courier_id=courier.pk, site_id__in=scope.sites,
    )  # fmt: skip
    return rows.exists()


def courier_table(metric: str, period: Period, *, scope: Scope) -> list[CourierRow]:
    """Return the couriers of a scope with one figure each, by staff number.

    No ranking: an order by value would read as one.
    """
    rows = sums.stored(
        period.start_day, period.end_day, scope=scope, by=("courier_id",), metrics=(metric,)
    )
    people = Employee.objects.in_bulk([row["courier_id"] for row in rows])
    moment = reach()
    found = [
        CourierRow(people[row["courier_id"]], make(metric, row, period=period.key, as_of=moment))
        for row in rows
        if row["courier_id"] in people
    ]
    return sorted(found, key=lambda one: one.courier.number)
