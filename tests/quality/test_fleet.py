"""Vehicles: the file, the block by a safety defect, kilometres, bookings, maintenance, tickets."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import Q
from django.test import Client

import shipments.services
from courierqa.core.errors import DomainError, IllegalTransition
from quality.models import Maintenance, RoadTicket
from quality.services import things
from shipments.models import CheckItem, Vehicle, VehicleBooking, VehicleDefect
from shipments.selectors import vehicles as fleet
from shipments.selectors.runs import energy_runs
from tests.factories import shipments as make
from tests.factories import things as thing
from tests.quality.conftest import DAY, NOW, Loop, worker

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def signed_in(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def started(loop: Loop, plate: str, **wrong: bool) -> Any:
    """Bring a courier's round to its check, saved with this vehicle; return the round."""
    row = shipments.services.give_out(
        courier=loop.courier, site=loop.site, day=TODAY, parcels=[], at=NOW, actor=None
    )
    if row.status == "planned":
        shipments.services.accept_round(row, at=NOW, actor=None)
    check(row, plate, **wrong)
    return row


def check(row: Any, plate: str, **wrong: bool) -> None:
    items = CheckItem.objects.filter(phase="before", is_active=True)
    answers = {item.code: wrong.get(item.code.replace("-", "_"), True) for item in items}
    shipments.services.save_check(
        row, phase="before", answers=answers, note="刹车片磨损" if wrong else "", vehicle=plate,
        at=NOW, actor=None,
    )  # fmt: skip


@pytest.mark.req("VEH-01", "VEH-05")
def test_a_file_holds_load_space_energy_gear_and_the_day_of_its_status(loop: Loop) -> None:
    manager = signed_in(loop.manager)
    sent = {
        "plate": "浙A·K1", "kind": "van", "energy": "electric", "site": "HZ-01", "load_kg": "800",
        "space_l": "4000", "gear": ["extinguisher", "triangle"], "acquired_on": "2025-03-01",
        "odometer_km": "1200",
    }  # fmt: skip
    answer = manager.post("/vehicles/new/", sent)
    assert answer.status_code == 302
    row = Vehicle.objects.get()
    page = manager.get(answer["Location"]).content.decode()
    for words in ("800 kg · 4,000 L", "Electric", "Fire extinguisher", "First-aid kit",
                  "Fit for use", "1,200 km"):  # fmt: skip
        assert words in page
    shipments.services.set_fitness(row, verb="ground", reason="年检过期", at=NOW, actor=None)
    row.refresh_from_db()
    assert (row.status, row.status_since) == ("unfit", TODAY)
    assert manager.post("/vehicles/new/", sent).status_code == 422


@pytest.mark.req("VEH-03")
def test_a_safety_defect_of_the_check_blocks_the_vehicle_until_it_is_repaired(loop: Loop) -> None:
    make.catalogue()
    row = thing.vehicle(loop.site, at=NOW)
    round_ = started(loop, row.plate, brakes_tyres=False)
    defect = VehicleDefect.objects.get()
    assert (defect.is_safety, defect.round, defect.item) == (True, round_, "brakes-tyres")
    assert Vehicle.objects.get().status == "unfit"
    with pytest.raises(DomainError) as refused:
        check(round_, row.plate)
    assert (refused.value.code, refused.value.field) == ("unfit", "vehicle")
    with pytest.raises(DomainError):
        shipments.services.start_round(round_, at=NOW, actor=None)
    other = thing.vehicle(loop.site, at=NOW, plate="浙AK0002")
    check(round_, other.plate)
    shipments.services.start_round(round_, at=NOW, actor=None)
    shipments.services.solve_defect(defect, solution="更换刹车片", at=NOW, actor=None)
    assert Vehicle.objects.get(pk=row.pk).status == "fit"


def test_a_vehicle_grounded_after_its_check_does_not_start(loop: Loop) -> None:
    make.catalogue()
    row = thing.vehicle(loop.site, at=NOW)
    round_ = started(loop, row.plate)
    shipments.services.report_defect(row, what="漏油", is_safety=True, at=NOW, actor=None)
    with pytest.raises(DomainError, match="漏油"):
        shipments.services.start_round(round_, at=NOW, actor=None)


def test_cleared_only_without_an_open_safety_defect(loop: Loop) -> None:
    row = thing.vehicle(loop.site, at=NOW)
    shipments.services.report_defect(row, what="漏油", is_safety=True, at=NOW, actor=None)
    row.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        shipments.services.set_fitness(row, verb="clear", reason="看过了", at=NOW, actor=None)
    assert refused.value.code == "defect"


def test_the_phone_offers_only_what_is_fit(loop: Loop) -> None:
    make.catalogue()
    good, bad = (thing.vehicle(loop.site, at=NOW, plate=f"浙AK000{n}") for n in (1, 2))
    shipments.services.report_defect(bad, what="刹车", is_safety=True, at=NOW, actor=None)
    offered = list(fleet.fit_vehicles(loop.site.pk))
    assert offered == [good]


def test_an_odometer_never_goes_down_nor_leaps(loop: Loop) -> None:
    row = thing.vehicle(loop.site, at=NOW, km=5000)
    read = shipments.services.read_odometer
    read(row, km=5200, on=TODAY, at=NOW, actor=None)
    for km, code in ((5199, "odometer_down"), (45_201, "odometer_leap")):
        with pytest.raises(DomainError) as refused:
            read(row, km=km, on=TODAY, at=NOW, actor=None)
        assert refused.value.code == code
    assert Vehicle.objects.get().odometer_km == 5200


@pytest.mark.req("VEH-10")
def test_neither_vehicle_nor_driver_is_booked_twice(loop: Loop) -> None:
    car, other = (thing.vehicle(loop.site, at=NOW, plate=f"浙AK000{n}") for n in (1, 2))
    colleague = worker("courier", loop.site)
    book = shipments.services.book_vehicle
    common = {"day": TODAY + DAY, "at": NOW, "actor": None}
    assert len(book(vehicle=car, driver=loop.courier, shifts=["early", "late"], **common)) == 2
    with pytest.raises(DomainError) as refused:
        book(vehicle=car, driver=colleague, shifts=["late", "night"], **common)
    assert refused.value.code == "vehicle_taken"
    with pytest.raises(DomainError) as refused:
        book(vehicle=other, driver=loop.courier, shifts=["early"], **common)
    assert refused.value.code == "driver_taken"
    book(vehicle=other, driver=colleague, shifts=["late"], **common)
    assert VehicleBooking.objects.count() == 3
    with pytest.raises(IntegrityError):
        VehicleBooking.objects.create(
            vehicle=car, driver=colleague, day=TODAY + DAY, shift="early", at=NOW
        )


@pytest.mark.req("VEH-10")
def test_the_calendar_shows_a_week_and_books(loop: Loop) -> None:
    car = thing.vehicle(loop.site, at=NOW)
    leader = signed_in(loop.leader.user)
    week = "/vehicles/calendar/?week=2099-W10"
    sent = {"vehicle": car.plate, "driver": loop.courier.number, "day": "2099-03-03",
            "shifts": ["early"], "route": "文三路"}  # fmt: skip
    assert leader.post(week, sent)["Location"].endswith("week=2099-W10")
    assert "文三路" in leader.get(week).content.decode()
    assert leader.post(week, sent).status_code == 422
    booking = VehicleBooking.objects.get()
    leader.post(f"/vehicles/calendar/{booking.pk}/")
    assert not VehicleBooking.objects.exists()


def raced(loop: Loop) -> list[str]:
    """Let two people book the same vehicle at the same moment; return what they were told."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: this race needs PostgreSQL")
    car = thing.vehicle(loop.site, at=NOW)
    drivers = [loop.courier, worker("courier", loop.site)]
    gate = Barrier(2)

    def book(driver: Any) -> str:
        gate.wait(10)
        try:
            shipments.services.book_vehicle(
                vehicle=car, driver=driver, day=TODAY + DAY, shifts=["early"], at=NOW, actor=None
            )
        except DomainError as error:
            return error.code
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(book, drivers))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_at_once_one_is_refused(loop: Loop) -> None:
    """With the constraint one of two bookings at the same moment is told so."""
    assert raced(loop) == ["booked", "vehicle_taken"]


@pytest.fixture
def no_constraint(transactional_db: None) -> Iterator[None]:
    """Take away what keeps a vehicle from two bookings of one shift, and put it back."""
    (once,) = [
        one for one in VehicleBooking._meta.constraints if one.name == "ship_booking_vehicle_once"
    ]
    if connection.vendor == "sqlite":
        yield
        return
    with connection.schema_editor() as editor:
        editor.remove_constraint(VehicleBooking, once)
    yield
    VehicleBooking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(VehicleBooking, once)


def test_control_without_the_constraint_both_get_the_vehicle(
    no_constraint: None, loop: Loop
) -> None:
    assert raced(loop) == ["booked", "booked"]


@pytest.mark.req("VEH-02")
def test_a_service_is_due_by_days_or_kilometres_whatever_comes_first(loop: Loop) -> None:
    car = thing.vehicle(loop.site, at=NOW, km=10_000)
    plan = things.plan_maintenance(
        thing=car, what="保养", every="month", interval=1, anchor=TODAY + 20 * DAY, every_km=5000,
        by=loop.manager, at=NOW,
    )  # fmt: skip
    first = plan.turns.order_by("due_day").first()
    assert (first.due_day, first.due_km) == (TODAY + 20 * DAY, 15_000)
    shipments.services.read_odometer(car, km=15_001, on=TODAY, at=NOW, actor=None)
    later = NOW + 2 * DAY
    things.watch_maintenance(now=later)
    things.watch_maintenance(now=later + DAY)
    first.refresh_from_db()
    assert (first.due_day, first.km_reached_on) == (TODAY + 2 * DAY, TODAY + 2 * DAY)
    things.finish_maintenance(
        first, done_on=later.date(), km=15_100, cost_fen=48_000, workshop="城西修理厂", note="",
        by=loop.manager, at=later,
    )  # fmt: skip
    following = plan.turns.filter(done_at=None).order_by("due_day").first()
    assert (following.due_km, following.km_reached_on) == (20_100, None)
    page = signed_in(loop.manager).get("/maintenance/?view=done").content.decode()
    assert "¥480.00" in page
    with pytest.raises(IllegalTransition):
        things.finish_maintenance(first, done_on=TODAY, km=15_200, cost_fen=0, workshop="",
                                  note="", by=loop.manager, at=later)  # fmt: skip


def test_a_service_is_put_off_only_with_a_record(loop: Loop) -> None:
    car = thing.vehicle(loop.site, at=NOW)
    plan = things.plan_maintenance(
        thing=car, what="年检", every="year", interval=1, anchor=TODAY, every_km=None,
        by=loop.manager, at=NOW,
    )  # fmt: skip
    turn = plan.turns.get()
    things.delay_maintenance(turn, due_day=TODAY + 9 * DAY, reason="事故停用", by=loop.manager,
                             at=NOW)  # fmt: skip
    turn.refresh_from_db()
    assert (turn.planned_day, turn.due_day) == (TODAY, TODAY + 9 * DAY)
    assert turn.delays.get().old_due_day == TODAY
    assert Maintenance.objects.count() == 1


@pytest.mark.req("VEH-06")
def test_a_ticket_has_the_three_times_in_order(loop: Loop) -> None:
    car = thing.vehicle(loop.site, at=NOW)
    row = things.open_ticket(
        vehicle=car, kind="breakdown", driver=loop.courier, what="抛锚", place="文三路口",
        called_at=NOW, by=loop.manager, at=NOW,
    )  # fmt: skip
    with pytest.raises(DomainError) as refused:
        things.help_arrived(row, arrived_at=NOW - DAY, by=loop.manager, at=NOW + DAY)
    assert refused.value.code == "bad_time"
    things.help_arrived(row, arrived_at=NOW + DAY / 24, by=loop.manager, at=NOW + DAY)
    things.solve_ticket(row, solved_at=NOW + DAY / 12, solution="更换电池", cost_fen=60_000,
                        by=loop.manager, at=NOW + DAY)  # fmt: skip
    held = RoadTicket.objects.get()
    assert held.called_at < held.arrived_at < held.solved_at
    page = signed_in(loop.manager).get(f"/road-tickets/{row.number}/").content.decode()
    assert "¥600.00" in page
    assert held.solved_at - held.called_at == timedelta(hours=2)


@pytest.mark.req("GRN-04")
def test_the_share_of_electric_runs_counts_registered_vehicles(loop: Loop) -> None:
    make.catalogue()
    thing.vehicle(loop.site, at=NOW, plate="浙AK0001", energy="electric")
    thing.vehicle(loop.site, at=NOW, plate="浙AK0002", energy="diesel")
    for plate in ("浙A-K0001", "浙AK0002", "别家车"):
        courier = worker("courier", loop.site)
        row = shipments.services.give_out(
            courier=courier, site=loop.site, day=TODAY, parcels=[], at=NOW, actor=None
        )
        shipments.services.accept_round(row, at=NOW, actor=None)
        check(row, plate)
        shipments.services.start_round(row, at=NOW, actor=None)
    seen = energy_runs(Everywhere(), TODAY.replace(day=1))
    assert (seen.clean, seen.known, seen.started, seen.g04) == (1, 2, 3, 0.5)


class Everywhere:
    """The reach of somebody who sees every site."""

    def rows(self, **_columns: Any) -> Q:
        return Q()
