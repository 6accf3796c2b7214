"""Parcels of the demo: registered in bulk, their scans sent through the real ingest."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courierqa.core import calendars
from courierqa.demo import network, packing, story
from courierqa.demo.people import Cast, person_name, phone
from courierqa.demo.planted import strain_at
from shipments import services
from shipments.models import Customer, Order, Parcel, Product
from shipments.services.orders import (
    PartyInput,
    order_number,
    party_fields,
    waybill_number,
)
from shipments.services.scans import ScanInput
from staff.models import Employee

PRODUCTS = {"standard": 45, "fast": 27, "economy": 18, "same-day": 10}
# Relative volume of Monday to Sunday, and of the months of the year (November is the peak).
WEEK = (1.0, 1.05, 1.05, 1.0, 1.1, 0.9, 0.75)
YEAR = (0.9, 0.6, 0.9, 0.95, 1.0, 1.15, 1.0, 0.95, 1.0, 1.0, 1.5, 1.2)
CHUNK = 400
# Days before now between which the volume grew to what it is.
GREW_FROM, GREW_TO = 150, 75


@dataclass(frozen=True)
class Draft:
    """One parcel about to be registered, with its whole story."""

    trip: story.Trip
    told: list[story.Scan]
    ordered_at: datetime
    product: Product
    customer: Customer | None
    picker: Employee
    item: tuple[str, str]
    weight_g: int
    cod_fen: int


class Sender:
    """Invents the parcels of a day, in the volume its weekday and season ask for."""

    def __init__(self, cast: Cast, rng: random.Random, *, per_day: float, now: datetime) -> None:
        self.cast, self.rng, self.per_day, self.now = cast, rng, per_day, now
        self.products = {row.code: row for row in Product.objects.all()}
        self.lockers = {home: code for code, _zh, _en, home in network.LOCKERS}
        self.next_number = 1

    def day(self, day: date) -> Iterator[Draft]:
        """Yield the drafts of one business day that were ordered before now."""
        expected = self._grown(day) * WEEK[day.weekday()] * YEAR[day.month - 1]
        for _place in range(max(1, round(self.rng.gauss(expected, expected**0.5)))):
            draft = self._draft(day)
            if draft.ordered_at <= self.now:
                self.next_number += 1
                yield draft

    def _grown(self, day: date) -> float:
        """The company began small: a fifth of today's volume until five months ago."""
        age = (self.now.date() - day).days
        grown = min(1.0, max(0.0, (GREW_FROM - age) / (GREW_FROM - GREW_TO)))
        return self.per_day * (0.2 + 0.8 * grown)

    def _draft(self, day: date) -> Draft:
        rng = self.rng
        origin = self._station()
        product = rng.choices(list(PRODUCTS), list(PRODUCTS.values()))[0]
        destination = self._destination(origin, product)
        accepted = self._moment(day, 8.5, 13 if product == "same-day" else 19.4)
        customer = rng.choice(self.cast.customers) if rng.random() < 0.25 else None
        strain = strain_at(destination.code, day, calendars.business_day(self.now))
        picker = rng.choice(self.cast.couriers[origin.code])
        trip = story.Trip(
            waybill=waybill_number(self.next_number), product=product, origin=origin.code,
            destination=destination.code, accepted_at=accepted, picker=picker.number,
            courier=rng.choice(self.cast.couriers[destination.code]).number,
            agreement=customer is not None, strain=strain,
            locker=self.lockers.get(destination.code, ""), weight_g=rng.randrange(200, 6000),
        )  # fmt: skip
        return Draft(
            trip=trip, told=story.tell(rng, trip),
            ordered_at=accepted - timedelta(minutes=rng.randrange(20, 115)),
            product=self.products[product], customer=customer, picker=picker,
            item=rng.choice(network.ITEMS), weight_g=trip.weight_g,
            cod_fen=rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 12800)),
        )  # fmt: skip

    def _station(self) -> network.StationPlan:
        weights = [plan.weight for plan in network.STATIONS]
        return self.rng.choices(network.STATIONS, weights)[0]

    def _destination(self, origin: network.StationPlan, product: str) -> network.StationPlan:
        if product == "same-day":
            near = [plan for plan in network.STATIONS if plan.city == origin.city]
            return self.rng.choice(near)
        return self._station()

    def _moment(self, day: date, start: float, end: float) -> datetime:
        midnight = timezone.make_aware(datetime.combine(day, datetime.min.time()))
        return midnight + timedelta(hours=self.rng.uniform(start, end))


def random_party(rng: random.Random, station: str) -> PartyInput:
    """Return somebody who does not exist, in the station's city."""
    city = network.STATION_BY_CODE[station].city
    district = network.DISTRICTS.get(station, "")
    street, house = rng.choice(network.STREETS), rng.randrange(1, 300)
    room = f"{rng.randrange(1, 19)} 幢 {rng.randrange(101, 2605)} 室"
    return PartyInput(person_name(rng), phone(rng), f"{city}市{district}{street} {house} 号 {room}")


class Postbox:
    """Registers drafts and sends their scans, a few hundred parcels at a time."""

    def __init__(self, cast: Cast, rng: random.Random, *, now: datetime) -> None:
        self.cast, self.rng, self.now = cast, rng, now
        self.staff = {one.number: one.pk for team in cast.couriers.values() for one in team}
        self.prices = packing.Prices(cast.sites)

    def post(self, drafts: Iterable[Draft]) -> int:
        batch, posted = [], 0
        for draft in drafts:
            batch.append(draft)
            if len(batch) == CHUNK:
                posted += self._send(batch)
                batch = []
        return posted + (self._send(batch) if batch else 0)

    @transaction.atomic
    def _send(self, drafts: list[Draft]) -> int:
        orders = Order.objects.bulk_create([self._order(draft) for draft in drafts])
        Parcel.objects.bulk_create(
            [self._parcel(draft, order) for draft, order in zip(drafts, orders, strict=True)]
        )
        scans = [scan for draft in drafts for scan in self._scans(draft)]
        answers = services.record_scans(
            scans, source="courier", recorded_at=self.now, announce=False
        )
        refused = [answer for answer in answers if answer.result != "created"]
        if refused:
            raise RuntimeError(f"The demo told an impossible story: {refused[0]}")
        return len(drafts)

    def _order(self, draft: Draft) -> Order:
        number = int(draft.trip.waybill[2:])
        goods = packing.goods_of(draft.trip.waybill, draft.weight_g)
        price = self.prices.of(draft.product, draft.trip, draft.weight_g, goods)
        told = draft.ordered_at
        paid = told + timedelta(hours=2) if goods.is_paid else None
        return Order(
            number=order_number(number, draft.ordered_at.date()), key=f"demo-{number}",
            channel=self.rng.choice(("phone", "web", "web", "app")), customer=draft.customer,
            product=draft.product, pickup_site=self.cast.sites[draft.trip.origin],
            courier=draft.picker, ordered_at=told, taken_at=told + timedelta(minutes=6),
            fee_fen=price.total_fen, freight_fen=price.freight_fen,
            premium_fen=price.premium_fen, tariff=price.tariff, zone=price.zone,
            pieces=goods.pieces, length_cm=goods.size[0], width_cm=goods.size[1],
            height_cm=goods.size[2], is_insured=goods.value_fen > 0, terms=self.prices.terms,
            told=self.prices.told, confirmed_at=told, paid_at=paid,
            payment_state="paid" if paid else "due",
            invoice_number=f"F{number:014d}" if paid else "", invoiced_at=paid,
            window_start=told, window_end=told + timedelta(hours=2, minutes=30),
        )  # fmt: skip

    def _parcel(self, draft: Draft, order: Order) -> Parcel:
        trip, destination = draft.trip, self.cast.sites[draft.trip.destination]
        goods = packing.goods_of(trip.waybill, draft.weight_g)
        return Parcel(
            waybill=trip.waybill, order=order, customer=draft.customer, product=draft.product,
            lane=self.cast.lanes[trip.origin, trip.destination],
            origin=self.cast.sites[trip.origin], destination=destination,
            is_same_city=trip.same_city, item_kind=draft.item[0], item_name=draft.item[1],
            weight_g=draft.weight_g, fee_fen=order.fee_fen, cod_fen=draft.cod_fen,
            marks=goods.marks, declared_value_fen=goods.value_fen,
            **party_fields(
                random_party(self.rng, trip.origin), random_party(self.rng, trip.destination),
                site_id=destination.pk,
            ),
        )  # fmt: skip

    def _scans(self, draft: Draft) -> Iterator[ScanInput]:
        trip = draft.trip
        opening = [
            story.Scan("ORD", draft.ordered_at, trip.origin, detail={"channel": "web"}),
            story.Scan("PAS", draft.ordered_at + timedelta(minutes=4), trip.origin, trip.picker),
        ]
        for scan in (*opening, *draft.told):
            if scan.at > self.now:
                return
            late = timedelta(seconds=self.rng.randrange(1, 40))
            if self.rng.random() < 0.012:
                late = timedelta(minutes=self.rng.randrange(31, 300))
            yield ScanInput(
                uid=UUID(int=self.rng.getrandbits(128), version=4), waybill=trip.waybill,
                code=scan.code, happened_at=scan.at, device=f"demo-{scan.person or scan.site}",
                reason=scan.reason, site_id=self.cast.sites[scan.site].pk,
                person_id=self.staff.get(scan.person), detail=_with_money(scan, draft.cod_fen),
                recorded_at=min(scan.at + late, self.now),
            )  # fmt: skip


def _with_money(scan: story.Scan, cod_fen: int) -> dict[str, object]:
    """Say of a parcel with cash on delivery that the goods were checked and paid for."""
    is_paid = cod_fen and scan.code == "DLV" and scan.detail.get("way") != "collected"
    return {**scan.detail, "goods_checked": True, "cod_paid": True} if is_paid else scan.detail


def business_days(now: datetime, days: int) -> list[date]:
    """Return the last `days` days up to today in the business zone."""
    today = calendars.business_day(now)
    return [today - timedelta(days=back) for back in range(days, -1, -1)]
