"""Taking orders: number, channel, fee, the parcel behind it, the promise shown beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from courierqa.core.privacy import phone_index, tail_index
from shipments import enums, pricing
from shipments.models import Customer, Lane, Order, Parcel, Product
from shipments.pricing import Price
from shipments.promises import Promiser
from shipments.services import areas, numbering
from shipments.services import order_checks as checks
from shipments.services.holding import hold
from shipments.services.order_checks import OrderWishes, PartyInput
from shipments.services.scans import ScanInput, record_scans
from staff.models import Employee, Site

NO_WISHES = OrderWishes()


@dataclass(frozen=True)
class Quote:
    """What the customer is told before saying yes: price, time, insurance (PUB-03)."""

    price: Price
    promised_by: datetime

    @property
    def fee_fen(self) -> int:
        return self.price.total_fen


def quote(
    *,
    product: Product,
    origin: Site,
    destination: Site,
    weight_g: int | None,
    at: datetime,
    volume_cm3: int | None = None,
    insured_fen: int = 0,
) -> Quote:
    """Return fee and promise as they would be if the parcel were picked up at `at`."""
    found = pricing.price(
        tariff=pricing.tariff_on(calendars.business_day(at)), product=product,
        zone=pricing.zone_of(origin, destination), weight_g=weight_g, volume_cm3=volume_cm3,
        insured_fen=insured_fen,
    )  # fmt: skip
    parcel = Parcel(product=product, lane=lane_of(origin, destination))
    return Quote(found, Promiser().due(parcel, at))


def lane_of(origin: Site, destination: Site) -> Lane | None:
    """Return the planned way between two sites, if there is one."""
    return Lane.objects.filter(origin=origin, destination=destination).first()


def place_order(
    *,
    key: str,
    channel: str,
    product: Product,
    origin: Site,
    destination: Site,
    sender: PartyInput,
    recipient: PartyInput,
    at: datetime,
    actor: Any = None,
    customer: Customer | None = None,
    courier: Employee | None = None,
    waybill: str = "",
    item_kind: str = "",
    item_name: str = "",
    weight_g: int | None = None,
    cod_fen: int = 0,
    declared_value_fen: int = 0,
    window: tuple[datetime, datetime] | None = None,
    is_test: bool = False,
    wishes: OrderWishes = NO_WISHES,
) -> Parcel:
    """Take an order for one parcel and return the parcel. The same `key` twice is one order."""
    known = Order.objects.filter(key=key).first()
    if known is not None:
        return known.parcels.get()
    check_order(
        channel=channel, product=product, origin=origin, destination=destination, sender=sender,
        recipient=recipient, item_name=item_name, weight_g=weight_g, window=window, at=at,
        declared_value_fen=declared_value_fen, wishes=wishes,
    )  # fmt: skip
    numbering.require_number(product, waybill)
    told = quote(
        product=product, origin=origin, destination=destination, weight_g=weight_g, at=at,
        volume_cm3=wishes.volume_cm3,
        insured_fen=declared_value_fen if wishes.insured else 0,
    )  # fmt: skip
    order = _order(
        told, wishes, key=key, channel=channel, customer=customer, product=product,
        pickup_site=origin, courier=courier, ordered_at=at,
        window_start=window[0] if window else None, window_end=window[1] if window else None,
    )  # fmt: skip
    try:
        parcel = _store(
            order, destination, sender, recipient, actor=actor, waybill=waybill,
            item_kind=item_kind, item_name=item_name, weight_g=weight_g, cod_fen=cod_fen,
            is_test=is_test, declared_value_fen=declared_value_fen, marks=sorted(wishes.marks),
        )  # fmt: skip
    except IntegrityError:
        return _twin(key)
    parcel.refresh_from_db(fields=["state", "holder", "last_event_at", "fold_version"])
    return parcel


def check_order(
    *, channel: str, product: Product, origin: Site, destination: Site, sender: PartyInput,
    recipient: PartyInput, item_name: str, weight_g: int | None,
    window: tuple[datetime, datetime] | None, at: datetime, declared_value_fen: int,
    wishes: OrderWishes, **_rest: Any,
) -> None:  # fmt: skip
    """Raise for the first thing an order may not say, naming its field; nothing is stored."""
    if channel not in enums.OrderChannel.values:
        raise DomainError(_("Choose how the order came in"), code="required", field="channel")
    if wishes.checked_before:
        return
    areas.require_served(recipient.address)
    checks.check_goods(item_name)
    strict = channel != enums.OrderChannel.IMPORT
    for who, party in (("sender", sender), ("recipient", recipient)):
        checks.check_party(who, party, strict=strict)
    checks.check_places(origin, destination)
    checks.check_measures(product, weight_g, wishes.size_cm)
    checks.check_value(product, declared_value_fen, insured=wishes.insured)
    checks.check_wishes(wishes)
    checks.check_window(window, at)


def _order(told: Quote, wishes: OrderWishes, **fields: Any) -> Order:
    """Return the order, not stored yet, with what the customer was told."""
    length, width, height = wishes.size_cm or (None, None, None)
    return Order(
        **fields, number=f"new-{fields['key']}"[:20], fee_fen=told.fee_fen,
        tariff=told.price.tariff, zone=told.price.zone, freight_fen=told.price.freight_fen,
        premium_fen=told.price.premium_fen, is_insured=wishes.insured,
        quoted_promise=told.promised_by, pieces=wishes.pieces, length_cm=length, width_cm=width,
        height_cm=height, door_pickup=wishes.door_pickup, door_delivery=wishes.door_delivery,
        terms=wishes.terms, confirmed_at=wishes.confirmed_at,
        told=[point["code"] for point in wishes.terms.points] if wishes.terms else [],
    )  # fmt: skip


@transaction.atomic
def _store(
    order: Order, destination: Site, sender: PartyInput, recipient: PartyInput, *, actor: Any,
    **fields: Any,
) -> Parcel:  # fmt: skip
    order.save()
    order.number = order_number(order.pk, calendars.business_day(order.ordered_at))
    order.save(update_fields=["number"])
    parcel = _parcel(order, destination, sender, recipient, **fields)
    _first_scans(order, parcel, order.ordered_at)
    audit.record("order.place", order, actor=actor, at=order.ordered_at)
    return parcel


def _twin(key: str) -> Parcel:
    """Somebody else stored the same order between our look and our write."""
    order = Order.objects.filter(key=key).first()
    if order is None:
        raise DomainError(
            _("This waybill number is already in use"), code="waybill_taken", field="waybill"
        )
    return order.parcels.get()


def order_number(pk: int, day: date) -> str:
    """Return the number of an order: its day and a counter that never repeats."""
    return f"O{day:%y%m%d}{pk:08d}"


def waybill_number(pk: int) -> str:
    """Return a waybill number of our own: two letters and thirteen digits."""
    return f"YS{pk:013d}"


def party_fields(sender: PartyInput, recipient: PartyInput, *, site_id: int) -> dict[str, str]:
    """Return the encrypted fields and their blind indexes."""
    return {
        "sender_name": sender.name, "sender_phone": sender.phone, "sender_address": sender.address,
        "recipient_name": recipient.name, "recipient_phone": recipient.phone,
        "recipient_address": recipient.address,
        "sender_phone_index": phone_index(sender.phone),
        "recipient_phone_index": phone_index(recipient.phone),
        "recipient_tail_index": tail_index(recipient.phone, site_id=site_id),
    }  # fmt: skip


def _parcel(
    order: Order, destination: Site, sender: PartyInput, recipient: PartyInput, **fields: Any
) -> Parcel:
    origin = order.pickup_site
    return Parcel.objects.create(
        **{**fields, "waybill": fields["waybill"] or waybill_number(order.pk)},
        order=order, customer=order.customer, product=order.product, origin=origin,
        destination=destination, lane=lane_of(origin, destination), fee_fen=order.fee_fen,
        is_same_city=bool(origin.city) and origin.city == destination.city,
        **party_fields(sender, recipient, site_id=destination.pk),
    )  # fmt: skip


def _first_scans(order: Order, parcel: Parcel, at: datetime) -> None:
    """Write ORD, and PAS when a courier is named. Their ids follow from the order's key."""
    scans: list[tuple[str, int | None]] = [("ORD", None)]
    if order.courier_id is not None:
        scans.append(("PAS", order.courier_id))
    record_scans(
        [
            ScanInput(
                uid=uuid5(NAMESPACE_URL, f"order:{order.key}:{code}"), waybill=parcel.waybill,
                code=code, happened_at=at, device="office", site_id=order.pickup_site_id,
                person_id=person, detail=_said_first(order, parcel) if code == "ORD" else {},
            )
            for code, person in scans
        ],
        source=enums.Source.SYSTEM, recorded_at=at,
    )  # fmt: skip


def _said_first(order: Order, parcel: Parcel) -> dict[str, Any]:
    """What the sender said is inside; the parcel follows the pickup, the order's scan stays."""
    said = {"channel": order.channel, "item_kind": parcel.item_kind, "item_name": parcel.item_name}
    return {name: value for name, value in said.items() if value}


@transaction.atomic
def assign_pickup(*, parcel: Parcel, courier: Employee, at: datetime, actor: Any) -> None:
    """Give a pickup to a courier, or to another one, as long as nobody has made it."""
    hold(parcel)
    checks.require_open(parcel)
    Order.objects.filter(pk=parcel.order_id).update(courier=courier, taken_at=None)
    uid = uuid5(NAMESPACE_URL, f"assign:{parcel.pk}:{courier.pk}:{at.isoformat()}")
    scan = ScanInput(
        uid=uid, waybill=parcel.waybill, code="PAS", happened_at=at, device="office",
        site_id=parcel.origin_id, person_id=courier.pk,
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)
    audit.record("parcel.assign", parcel, actor=actor, at=at)
