"""Using a vehicle: refused while it is not fit; booked for one driver a shift (VEH-03, VEH-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_code
from shipments.models import CheckItem, Round, Vehicle, VehicleBooking
from shipments.services import vehicles
from shipments.vehicle_enums import Fitness, Shift
from staff.models import Employee

# Lines of the check that are about the vehicle; the others are about the person's gear.
OF_VEHICLE = ("brakes-tyres", "battery-fuel", "vehicle-papers", "box-locks")
OF_SAFETY = ("brakes-tyres", "vehicle-papers", "box-locks")


def vehicle_of(plate: str) -> Vehicle | None:
    """Return the registered vehicle of a plate; vehicles of partners are not registered."""
    return Vehicle.objects.filter(plate=clean_code(plate)).first() if plate.strip() else None


def require_fit(plate: str, *, field: str) -> Vehicle | None:
    """Refuse a registered vehicle that is not fit; return it, or None where none is registered."""
    vehicle = vehicle_of(plate)
    if vehicle is None or vehicle.status == Fitness.FIT:
        return vehicle
    defect = vehicles.open_safety(vehicle)
    why = f": {defect.what}" if defect else ""
    text = _("%(plate)s may not be used%(why)s. Take another vehicle")
    raise DomainError(text % {"plate": vehicle.plate, "why": why}, code="unfit", field=field)


def note_check(
    row: Round, *, answers: Mapping[str, bool], note: str, at: datetime, actor: Any
) -> None:
    """Open a defect for each line about the vehicle that was not in order (VEH-03)."""
    vehicle = vehicle_of(row.vehicle)
    failed = [code for code in OF_VEHICLE if answers.get(code) is False]
    if vehicle is None or not failed:
        return
    for item in CheckItem.objects.filter(code__in=failed):
        what = f"{item.name}：{note}" if note else item.name
        vehicles.report_defect(
            vehicle, what=what, is_safety=item.code in OF_SAFETY, at=at, actor=actor,
            item=item.code, round_=row,
        )  # fmt: skip


@transaction.atomic
def book_vehicle(
    *, vehicle: Vehicle, driver: Employee, day: date, shifts: Sequence[str], at: datetime,
    actor: Any, route: str = "",
) -> list[VehicleBooking]:  # fmt: skip
    """Book a vehicle and a driver for shifts of a day; all of them or none (VEH-10)."""
    if not shifts:
        raise DomainError(_("Choose at least one shift"), code="required", field="shifts")
    if day < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="day")
    require_fit(vehicle.plate, field="vehicle")
    known = [shift for shift in Shift.values if shift in shifts]
    return [_book(vehicle, driver, day, shift, route, at, actor) for shift in known]


def _book(
    vehicle: Vehicle, driver: Employee, day: date, shift: str, route: str, at: datetime, actor: Any
) -> VehicleBooking:
    try:
        with transaction.atomic():
            made = VehicleBooking.objects.create(
                vehicle=vehicle, driver=driver, day=day, shift=shift, route=route.strip()[:60],
                at=at, by=audit.person(actor),
            )  # fmt: skip
    except IntegrityError as error:
        raise _taken(vehicle, driver, day, shift) from error
    audit.record("vehicle.assign", vehicle, actor=actor, at=at, fields=[str(day), shift])
    return made


def _taken(vehicle: Vehicle, driver: Employee, day: date, shift: str) -> DomainError:
    """Say which of the two is booked already, and with whom."""
    rows = VehicleBooking.objects.filter(day=day, shift=shift).select_related("driver", "vehicle")
    other = rows.filter(vehicle=vehicle).first()
    words: dict[str, Any] = {"shift": Shift(shift).label}
    if other is not None:
        text = _("%(shift)s: the vehicle is booked for %(name)s already")
        words["name"] = str(other.driver)
        return DomainError(text % words, code="vehicle_taken", field="vehicle")
    mine = rows.filter(driver=driver).first()
    text = _("%(shift)s: the driver is booked with %(name)s already")
    words["name"] = str(mine.vehicle) if mine else "?"
    return DomainError(text % words, code="driver_taken", field="driver")


@transaction.atomic
def cancel_booking(booking: VehicleBooking, *, at: datetime, actor: Any) -> None:
    """Take a booking back; the shift is free again."""
    audit.record(
        "vehicle.take_back", booking.vehicle, actor=actor, at=at,
        fields=[str(booking.day), booking.shift],
    )  # fmt: skip
    booking.delete()
