"""What may change about an order: its fee with a reason, its pickup time, its payment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.money import yuan
from shipments import enums, pricing
from shipments.delivery_enums import AskedBy
from shipments.models import Acceptance, FeeChange, Order, Parcel, Payment, PickupChange
from shipments.services import order_checks as checks
from shipments.services import refolding

MOST_FEE_FEN = 1_000_000


def _locked(order: Order) -> Order:
    return Order.objects.select_for_update(no_key=True, of=("self",)).get(pk=order.pk)


# -- fee ------------------------------------------------------------------------------------------
def tariff_price(order: Order, parcel: Parcel) -> pricing.Price:
    """Return the price of the order's own tariff: by what was measured, else by what was said."""
    measured = Acceptance.objects.filter(parcel=parcel).first()
    weight = (measured.weight_g if measured else None) or parcel.weight_g
    volume = (measured.volume_cm3 if measured else None) or order.volume_cm3
    tariff = order.tariff or pricing.tariff_on(calendars.business_day(order.ordered_at))
    zone = order.zone or pricing.zone_of(parcel.origin, parcel.destination)
    return pricing.price(
        tariff=tariff, product=order.product, zone=zone, weight_g=weight, volume_cm3=volume,
        insured_fen=parcel.declared_value_fen if order.is_insured else 0,
    )  # fmt: skip


def declared_weight_g(parcel: Parcel) -> int | None:
    """Return the weight the sender declared; it stays the order's when another was measured."""
    measured = Acceptance.objects.filter(parcel=parcel).first()
    return measured.declared_weight_g if measured else parcel.weight_g


@transaction.atomic
def change_fee(*, order: Order, new_fen: int, reason: str, at: datetime, actor: Any) -> FeeChange:
    """Charge another fee than the tariff's, with a reason that everybody can read (LIF-23)."""
    if not reason.strip():
        raise DomainError(_("Say why the fee changes"), code="required", field="reason")
    if not 0 <= new_fen <= MOST_FEE_FEN:
        text = _("Enter a fee up to %(most)s") % {"most": yuan(MOST_FEE_FEN)}
        raise DomainError(text, code="bad_fee", field="fee")
    return _charge(order, new_fen, reason=reason, is_manual=True, at=at, actor=actor)


@transaction.atomic
def charge_measured(*, order: Order, at: datetime, actor: Any) -> FeeChange | None:
    """Charge what the tariff asks for the measured parcel; None when that is charged already."""
    parcel = order.parcels.select_related("origin", "destination").get()
    if tariff_price(order, parcel).total_fen == order.fee_fen:
        return None
    return _charge(order, None, reason="measured", is_manual=False, at=at, actor=actor)


def _charge(
    order: Order, new_fen: int | None, *, reason: str, is_manual: bool, at: datetime, actor: Any
) -> FeeChange:
    row = _locked(order)
    if row.payment_state != enums.PaymentState.DUE:
        raise IllegalTransition(_("This order is paid. Its fee cannot change any more"))
    parcel = row.parcels.select_related("origin", "destination").get()
    asked = tariff_price(row, parcel)
    fee = asked.total_fen if new_fen is None else new_fen
    change = FeeChange.objects.create(
        order=row, old_fen=row.fee_fen, new_fen=fee, tariff_fen=asked.total_fen,
        is_manual=is_manual, reason=reason.strip()[:200], at=at, by=audit.person(actor),
    )  # fmt: skip
    row.fee_fen = order.fee_fen = parcel.fee_fen = fee
    if not is_manual:
        row.freight_fen, row.premium_fen = asked.freight_fen, asked.premium_fen
    row.save(update_fields=["fee_fen", "freight_fen", "premium_fen", "updated_at"])
    parcel.save(update_fields=["fee_fen", "updated_at"])
    refolding.refold([parcel.pk], now=at)
    audit.record("order.fee", row, actor=actor, at=at, fields=["fee_fen"], reason=reason)
    return change


# -- pickup ---------------------------------------------------------------------------------------
@transaction.atomic
def take_order(*, order: Order, employee_id: int, at: datetime, actor: Any) -> Order:
    """The courier takes the order on, having read it; again is no change (LIF-02)."""
    row = _locked(order)
    if row.courier_id != employee_id:
        raise NotAllowed(_("This order is assigned to somebody else"))
    if row.taken_at is None:
        row.taken_at = at
        row.save(update_fields=["taken_at", "updated_at"])
        audit.record("order.take", row, actor=actor, at=at)
    return row


@transaction.atomic
def reagree_pickup(
    *, order: Order, window: tuple[datetime, datetime], reason: str, told_who: str, told_way: str,
    told_at: datetime, at: datetime, actor: Any, asked_by: str = AskedBy.US,
) -> PickupChange:  # fmt: skip
    """Agree on another pickup time; who asked, who was told, when and why stays (LIF-10, T08)."""
    if not reason.strip():
        raise DomainError(_("Say why the pickup moves"), code="required", field="reason")
    if told_at > at:
        raise DomainError(_("Enter when they were told, not a later time"), field="told_at")
    checks.check_window(window, at)
    row = _locked(order)
    change = PickupChange.objects.create(
        order=row, old_start=row.window_start, old_end=row.window_end, new_start=window[0],
        new_end=window[1], reason=reason.strip()[:200], told_who=told_who, told_way=told_way,
        told_at=told_at, asked_by=asked_by, at=at, by=audit.person(actor),
    )  # fmt: skip
    row.window_start, row.window_end = window
    row.save(update_fields=["window_start", "window_end", "updated_at"])
    refolding.refold(row.parcels.values_list("pk", flat=True), now=at)
    audit.record("order.reschedule", row, actor=actor, at=at, fields=["window"], reason=reason)
    return change


# -- money ----------------------------------------------------------------------------------------
def start_payment(*, order: Order, at: datetime) -> Payment:
    """Begin to pay an order online; a try still open is continued."""
    if settings.PAYMENT_PROVIDER == "none":
        raise DomainError(_("Online payment is not offered. Pay at the pickup"), code="no_provider")
    if order.payment_state != enums.PaymentState.DUE:
        raise IllegalTransition(_("This order is paid already"))
    started = order.payments.filter(state=enums.PaymentTry.STARTED, amount_fen=order.fee_fen)
    return started.first() or Payment.objects.create(
        order=order, provider=settings.PAYMENT_PROVIDER, amount_fen=order.fee_fen, started_at=at
    )


def settle_payment(*, payment: Payment, paid: bool, at: datetime, actor: Any = None) -> Order:
    """Take the provider's answer; the same answer twice changes nothing."""
    try:
        with transaction.atomic():
            order = _locked(payment.order)
            row = Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
            if row.state != enums.PaymentTry.STARTED:
                return order
            row.state = enums.PaymentTry.PAID if paid else enums.PaymentTry.DECLINED
            row.ended_at = at
            row.save(update_fields=["state", "ended_at", "updated_at"])
            return _paid(order, at, actor) if paid else order
    except IntegrityError:
        return Order.objects.get(pk=payment.order_id)


@transaction.atomic
def pay_at_counter(*, order: Order, at: datetime, actor: Any) -> Order:
    """Note that the fee was paid in cash or by code at the pickup; the invoice comes with it."""
    row = _locked(order)
    if row.payment_state != enums.PaymentState.DUE:
        raise IllegalTransition(_("This order is paid already"))
    Payment.objects.create(
        order=row, provider="counter", amount_fen=row.fee_fen, state=enums.PaymentTry.PAID,
        started_at=at, ended_at=at,
    )  # fmt: skip
    return _paid(row, at, actor)


def _paid(order: Order, at: datetime, actor: Any) -> Order:
    """An invoice is given without being asked (LIF-23): it comes with the payment."""
    order.payment_state, order.paid_at = enums.PaymentState.PAID, at
    if not order.invoice_number:
        order.invoice_number, order.invoiced_at = invoice_number(order, at), at
    order.save(
        update_fields=["payment_state", "paid_at", "invoice_number", "invoiced_at", "updated_at"]
    )
    audit.record("order.pay", order, actor=actor, at=at)
    return order


@transaction.atomic
def issue_invoice(*, order: Order, at: datetime, actor: Any) -> Order:
    """Give the invoice before the payment; again is no change."""
    row = _locked(order)
    if not row.invoice_number:
        row.invoice_number, row.invoiced_at = invoice_number(row, at), at
        row.save(update_fields=["invoice_number", "invoiced_at", "updated_at"])
        audit.record("order.issue", row, actor=actor, at=at)
    return row


def invoice_number(order: Order, at: datetime) -> str:
    """Return the number of an order's invoice: its day and the order's own counter."""
    return f"F{calendars.business_day(at):%y%m%d}{order.pk:08d}"
