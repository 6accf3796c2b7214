"""All rounds of a day for a supervisor: who has started, who still owes outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courierqa.core import calendars
from courierqa.core.access import Access
from courierqa.core.enums import Scope
from shipments import enums
from shipments.models import Order, OrderAcceptance, Round, RoundCheck, RoundStop
from shipments.selectors.loads import Load, loads_of
from shipments.selectors.runsheets import rounds_for
from staff.models import Employee


@dataclass
class RoundRow:
    """One courier's day in a line; `row` is None when parcels went out without a run sheet."""

    courier: Employee
    row: Round | None = None
    given: int = 0
    loaded: int = 0
    done: int = 0
    failed: int = 0
    owed: int = 0
    is_checked: bool = False
    loaded_unchecked: bool = False


def round_board(access: Access, day: date) -> list[RoundRow]:
    """Return every courier's round of a day in the reader's scope, unstarted ones first.

    The number of queries does not grow with couriers or parcels.
    """
    rows = list(rounds_for(access).filter(day=day))
    sites = None if access.is_all else access.sites
    own = [access.employee_id] if access.scope == Scope.OWN and access.employee_id else []
    loads = loads_of(day, people=own, sites=None if own else sites)
    known = {row.courier_id: RoundRow(row.courier, row) for row in rows}
    others = Employee.objects.filter(pk__in=set(loads) - set(known)).order_by("number")
    known |= {one.pk: RoundRow(one) for one in others}
    given = _given([row.pk for row in rows])
    checks = _first_checks([row.pk for row in rows])
    for courier_id, line in known.items():
        _count(line, list(loads.get(courier_id, {}).values()), given, checks)
    return sorted(known.values(), key=lambda line: (line.row is not None, line.courier.number))


def _given(ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for round_id in RoundStop.objects.filter(round_id__in=ids).values_list("round_id", flat=True):
        found[round_id] = found.get(round_id, 0) + 1
    return found


def _first_checks(ids: list[int]) -> dict[int, RoundCheck]:
    rows = RoundCheck.objects.filter(round_id__in=ids, phase=enums.CheckPhase.BEFORE)
    return {row.round_id: row for row in rows.order_by("-pk")}


def _count(
    line: RoundRow, loads: list[Load], given: dict[int, int], checks: dict[int, RoundCheck]
) -> None:
    ends = [load.outcome.code for load in loads if load.outcome]
    line.loaded, line.owed = len(loads), len(loads) - len(ends)
    line.done = sum(code in ("DLV", "RDY") for code in ends)
    line.failed = len(ends) - line.done
    check = checks.get(line.row.pk) if line.row else None
    line.given = given.get(line.row.pk, 0) if line.row else 0
    line.is_checked = check is not None
    first = min((load.loaded_at for load in loads), default=None)
    line.loaded_unchecked = first is not None and (check is None or check.at > first)


@dataclass(frozen=True)
class PickupTask:
    """A pickup of a courier, and when it was accepted."""

    order: Order
    acceptance: OrderAcceptance | None

    @property
    def needs_acceptance(self) -> bool:
        return self.acceptance is None


def pickup_tasks(employee_id: int) -> list[PickupTask]:
    """Return the open pickups of a courier with their acceptances, the earliest window first."""
    rows = Order.objects.filter(courier_id=employee_id, parcels__state=enums.State.PICKUP_DUE)
    rows = rows.select_related("product", "pickup_site").prefetch_related("parcels").distinct()
    orders = list(rows.order_by("window_end", "pk"))
    said = OrderAcceptance.objects.filter(order__in=orders, courier_id=employee_id)
    known = {row.order_id: row for row in said}
    return [PickupTask(order, known.get(order.pk)) for order in orders]


def day_of(text: str, *, today: date) -> date:
    """Read a day from an address; anything else is today."""
    try:
        day = date.fromisoformat(text)
        calendars.day_start(day)
    except (ValueError, OverflowError):
        return today
    return day if 2000 <= day.year <= 2100 else today
