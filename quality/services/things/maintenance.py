"""Maintenance by days or kilometres: planned, due, put off with a reason, done with its cost.

Seed 000 K §5(2)b. Whatever comes first decides (F01); a day moves only with a record.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, IllegalTransition
from courierqa.core.recurrence import Rule, due_days, ensure
from quality import upkeep_counts as counts
from quality.models import Equipment, Maintenance, MaintenanceDelay, MaintenancePlan
from quality.services.moves import said
from shipments.models import Vehicle
from shipments.services import read_odometer, save_vehicle
from staff.models import User

# How far ahead turns are made, days.
AHEAD = 60


@transaction.atomic
def plan_maintenance(
    *, thing: Vehicle | Equipment, what: str, every: str, interval: int, anchor: date,
    every_km: int | None, by: User, at: datetime,
) -> MaintenancePlan:  # fmt: skip
    """Plan what is serviced how often; the turns of the next weeks are made at once (VEH-02)."""
    vehicle = thing if isinstance(thing, Vehicle) else None
    equipment = thing if isinstance(thing, Equipment) else None
    if every_km and vehicle is None:
        text = _("Only a vehicle has kilometres")
        raise DomainError(text, code="no_odometer", field="every_km")
    plan = MaintenancePlan.objects.create(
        vehicle=vehicle, equipment=equipment, what=said(what, field="what", limit=100),
        every=every, interval=interval, anchor=anchor, every_km=every_km,
        last_km=vehicle.odometer_km if vehicle else 0,
    )  # fmt: skip
    audit.record("maintenance.create", plan, actor=by, at=at)
    make_turns([plan], on=business_day(at), at=at)
    return plan


@transaction.atomic
def stop_plan(plan: MaintenancePlan, *, by: User, at: datetime) -> None:
    """End a plan; turns that are not due yet leave with it."""
    plan.is_active = False
    plan.save(update_fields=["is_active", "updated_at"])
    plan.turns.filter(done_at=None, due_day__gt=business_day(at)).delete()
    audit.record("maintenance.retire", plan, actor=by, at=at)
    counts.refresh_turns(thing_of(plan), at=at)


def thing_of(plan: MaintenancePlan) -> Vehicle | Equipment:
    """Return what a plan is about."""
    thing = plan.vehicle or plan.equipment
    assert thing is not None, "the table knows no plan without its thing"
    return thing


@transaction.atomic
def keep_vehicle(
    vehicle: Vehicle | None, *, plate: str, fields: dict[str, Any], actor: Any, at: datetime,
    odometer_km: int = 0,
) -> Vehicle:  # fmt: skip
    """Register or correct a vehicle; its services count where it stands (F01)."""
    row = save_vehicle(
        vehicle, plate=plate, fields=fields, actor=actor, at=at, odometer_km=odometer_km
    )
    counts.refresh_turns(row, at=at)
    return row


def make_turns(plans: Iterable[MaintenancePlan], *, on: date, at: datetime) -> int:
    """Make the turns of plans up to some weeks ahead, each exactly once."""
    made = 0
    for plan in plans:
        rule = Rule(plan.every, plan.interval, plan.anchor)
        until = on + timedelta(days=AHEAD)
        # A turn long past that nobody planned then is no debt of today.
        days = due_days(rule, max(plan.anchor, on - timedelta(days=AHEAD)), until)
        due_km = plan.last_km + plan.every_km if plan.every_km else None
        made += ensure(Maintenance, plan.pk, days, due_km=due_km)
        counts.refresh_turns(thing_of(plan), at=at)
    return made


def watch_maintenance(*, now: datetime) -> dict[str, int]:
    """Make the turns of every plan and see which kilometres were reached; run by the scheduler."""
    plans = MaintenancePlan.objects.filter(is_active=True).select_related("vehicle", "equipment")
    made = make_turns(plans, on=business_day(now), at=now)
    moved = sum(see_kilometres(plan.vehicle, on=business_day(now), at=now)
                for plan in plans if plan.vehicle and plan.every_km)  # fmt: skip
    return {"made": made, "by_km": moved}


@transaction.atomic
def see_kilometres(vehicle: Vehicle, *, on: date, at: datetime) -> int:
    """Make turns due whose kilometres were reached before their day; return how many."""
    open_ = Maintenance.objects.filter(
        plan__vehicle=vehicle, done_at=None, km_reached_on=None, due_km__lte=vehicle.odometer_km,
    ).order_by("due_day")  # fmt: skip
    reached = 0
    seen: set[int] = set()
    for turn in open_:
        # Of one plan only the next turn: those after it count from its own kilometres.
        if turn.plan_id in seen:
            continue
        seen.add(turn.plan_id)
        turn.km_reached_on = on
        turn.due_day = min(turn.due_day, on)
        turn.save(update_fields=["km_reached_on", "due_day"])
        reached += 1
    if reached:
        counts.refresh_turns(vehicle, at=at)
    return reached


@transaction.atomic
def delay_maintenance(
    turn: Maintenance, *, due_day: date, reason: str, by: User, at: datetime
) -> MaintenanceDelay:
    """Move a due day because the thing is out of service (F01); the reason stays on record."""
    row = _open(turn)
    if due_day <= row.due_day:
        text = _("Choose a day later than the present one")
        raise DomainError(text, code="order", field="due_day")
    made = MaintenanceDelay.objects.create(
        turn=row, old_due_day=row.due_day, due_day=due_day, by=by, at=at,
        reason=said(reason, field="reason", limit=200),
    )  # fmt: skip
    row.due_day = due_day
    row.save(update_fields=["due_day"])
    audit.record("maintenance.extend", row.plan, actor=by, at=at)
    counts.refresh_turns(thing_of(row.plan), at=at)
    return made


@transaction.atomic
def finish_maintenance(
    turn: Maintenance, *, done_on: date, km: int | None, cost_fen: int, workshop: str, note: str,
    by: User, at: datetime,
) -> Maintenance:  # fmt: skip
    """Write down a service done, with kilometres and cost in fen."""
    row = _open(turn)
    if done_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="done_on")
    plan: Any = row.plan
    if plan.vehicle_id is not None:
        if km is None:
            text = _("Enter what the odometer shows")
            raise DomainError(text, code="required", field="km", status=422)
        read_odometer(plan.vehicle, km=km, on=done_on, at=at, actor=by)
    row.done_on, row.done_at, row.done_by, row.done_km = done_on, at, by, km
    row.cost_fen, row.workshop, row.note = cost_fen, workshop.strip()[:60], note.strip()[:300]
    row.save()
    if plan.every_km and km is not None:
        plan.last_km = km
        plan.save(update_fields=["last_km", "updated_at"])
        plan.turns.filter(done_at=None).update(due_km=km + plan.every_km, km_reached_on=None)
    audit.record("maintenance.finish", plan, actor=by, at=at)
    counts.refresh_turns(thing_of(plan), at=at)
    return row


def _open(turn: Maintenance) -> Maintenance:
    rows = Maintenance.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("plan__vehicle", "plan__equipment").get(pk=turn.pk)
    if row.done_at is not None:
        raise IllegalTransition(_("This service is written down already"))
    return row
