"""The fleet: vehicles registered, declared fit or unfit, their kilometres, their defects.

Seed 002 E 三.2 (what a vehicle needs), 004 §4.1.2 and §7.3.5 (checks before and after a run).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_code
from shipments import run_counts
from shipments.models import Round, Vehicle, VehicleDefect, VehicleReading
from shipments.vehicle_enums import DefectStatus, Fitness

FITNESS = history.Machine(
    "vehicle",
    {
        Fitness.FIT: {"ground": Fitness.UNFIT, "retire": Fitness.RETIRED},
        Fitness.UNFIT: {"clear": Fitness.FIT, "retire": Fitness.RETIRED},
        Fitness.RETIRED: {},
    },
)
DEFECT = history.Machine("defect", {DefectStatus.OPEN: {"solve": DefectStatus.SOLVED}})
# Farther than a vehicle drives between two readings: a slip of the finger.
MOST_KM = 20_000
WRITABLE = ("kind", "energy", "site", "load_kg", "space_l", "gear", "acquired_on")


@transaction.atomic
def save_vehicle(
    vehicle: Vehicle | None, *, plate: str, fields: dict[str, Any], actor: Any, at: datetime,
    odometer_km: int = 0,
) -> Vehicle:  # fmt: skip
    """Register a vehicle (VEH-01), or correct its facts; the plate of one registered stays."""
    facts = {name: value for name, value in fields.items() if name in WRITABLE}
    if vehicle is None:
        return _register(clean_code(plate), facts, odometer_km, actor, at)
    row = held(vehicle)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    row.save()
    audit.record("vehicle.change", row, actor=actor, at=at, fields=changed)
    if "energy" in changed:
        run_counts.refresh_plate(row.plate, at=at)
    return row


def _register(plate: str, facts: dict[str, Any], km: int, actor: Any, at: datetime) -> Vehicle:
    if Vehicle.objects.filter(plate=plate).exists():
        raise DomainError(_("This plate is registered already"), code="known", field="plate")
    row = Vehicle.objects.create(
        plate=plate, status_since=business_day(at), odometer_km=km, **facts
    )
    history.begin(row, machine=FITNESS, actor=actor, at=at)
    run_counts.refresh_plate(row.plate, at=at)
    return row


@transaction.atomic
def set_fitness(vehicle: Vehicle, *, verb: str, reason: str, at: datetime, actor: Any) -> Vehicle:
    """Ground, clear or retire a vehicle (VEH-05); cleared only without an open safety defect."""
    row = held(vehicle)
    if not reason.strip():
        raise DomainError(_("Say why"), code="required", field="reason", status=422)
    if verb == "clear" and (defect := open_safety(row)):
        text = _("Solve the safety defect first: %(what)s")
        raise DomainError(text % {"what": defect.what}, code="defect", field="verb")
    history.transition(
        row, verb, machine=FITNESS, actor=actor, at=at, reason=reason.strip(),
        changes={"status_since": business_day(at)},
    )  # fmt: skip
    return row


@transaction.atomic
def read_odometer(
    vehicle: Vehicle, *, km: int, on: date, at: datetime, actor: Any
) -> VehicleReading:
    """Keep a reading in kilometres. One that goes down, or leaps, is refused (F01)."""
    row = held(vehicle)
    if km < row.odometer_km:
        text = _("The odometer stood at %(km)d km already. It cannot go down")
        raise DomainError(text % {"km": row.odometer_km}, code="odometer_down", field="km")
    if km - row.odometer_km > MOST_KM and row.odometer_km:
        text = _("That is %(km)d km more than the last reading. Check the number")
        wrong = text % {"km": km - row.odometer_km}
        raise DomainError(wrong, code="odometer_leap", field="km")
    if on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="on")
    row.odometer_km = km
    row.save(update_fields=["odometer_km", "updated_at"])
    audit.record("vehicle.note", row, actor=actor, at=at, fields=["odometer_km"])
    return VehicleReading.objects.create(vehicle=row, km=km, on=on, at=at, by=audit.person(actor))


@transaction.atomic
def report_defect(
    vehicle: Vehicle, *, what: str, is_safety: bool, at: datetime, actor: Any,
    item: str = "", round_: Round | None = None,
) -> VehicleDefect:  # fmt: skip
    """Write down something broken; a safety defect takes the vehicle off the road (VEH-03)."""
    words = what.strip()[:200]
    if not words:
        raise DomainError(_("Say what is broken"), code="required", field="what", status=422)
    row = held(vehicle)
    known = row.defects.filter(status=DefectStatus.OPEN, item=item).first() if item else None
    if known is not None:
        return known
    made = VehicleDefect.objects.create(
        vehicle=row, what=words, is_safety=is_safety, found_at=at, item=item, round=round_,
        found_by=audit.person(actor),
    )  # fmt: skip
    history.begin(made, machine=DEFECT, actor=actor, at=at)
    if is_safety and row.status == Fitness.FIT:
        set_fitness(row, verb="ground", reason=words, at=at, actor=actor)
    return made


@transaction.atomic
def solve_defect(
    defect: VehicleDefect, *, solution: str, at: datetime, actor: Any
) -> VehicleDefect:
    """Say how it was repaired; the last safety defect solved makes the vehicle fit again."""
    vehicle = held(defect.vehicle)
    if not solution.strip():
        text = _("Say how it was repaired")
        raise DomainError(text, code="required", field="solution", status=422)
    changes = {
        "solved_at": at, "solved_by": audit.person(actor), "solution": solution.strip()[:200],
    }  # fmt: skip
    history.transition(defect, "solve", machine=DEFECT, actor=actor, at=at, changes=changes)
    is_last = defect.is_safety and open_safety(vehicle) is None
    if is_last and vehicle.status == Fitness.UNFIT:
        set_fitness(vehicle, verb="clear", reason=solution, at=at, actor=actor)
    return defect


def held(vehicle: Vehicle) -> Vehicle:
    """Return the row, locked until the end of the transaction."""
    return Vehicle.objects.select_for_update(no_key=True, of=("self",)).get(pk=vehicle.pk)


def open_safety(vehicle: Vehicle) -> VehicleDefect | None:
    """Return an open safety defect of the vehicle, or None."""
    return vehicle.defects.filter(status=DefectStatus.OPEN, is_safety=True).first()
