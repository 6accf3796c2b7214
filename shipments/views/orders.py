"""Orders: the list, taking a new one, its page and what may change about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.access import allow
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.money import yuan
from courierqa.core.paging import page_of
from shipments import enums, selectors, services
from shipments.forms import FeeForm, OrderForm, ReagreeForm
from shipments.models import FeeChange, Order, Product
from staff.models import Site

EXPORT_ROWS = 20_000
STATES = ("ordered", "pickup_due", "accepted", "rejected", "cancelled", "delivered")


@allow("order", GET="read")
def orders_page(request: HttpRequest) -> HttpResponse:
    """List the orders of the reader's scope, newest first, narrowed by the address."""
    now = timezone.now()
    asked = selectors.OrderFilter.read(request.GET)
    page = page_of(
        selectors.orders_page(request.access, asked, now=now), request.GET, order=("-id",)
    )
    context = {
        "title": _("Orders"), "page": page, "asked": asked, "now": now,
        "channels": enums.OrderChannel.choices, "sites": _sites(request),
        "products": Product.objects.order_by("pk"),
        "states": [(s, enums.State(s).label) for s in STATES],
        "views": [
            ("late", _("Pickup overdue")), ("untaken", _("Not taken on yet")),
            ("unpaid", _("Not paid yet")), ("changed", _("Fee changed by hand")),
        ],
    }  # fmt: skip
    return render(request, "shipments/orders.html", context)


def _sites(request: HttpRequest) -> Any:
    access = request.access
    rows = Site.objects.filter(kind__in=("station", "point"), closed_on=None)
    return rows if access.is_all else rows.filter(pk__in=access.sites)


@allow("order", GET="export")
def orders_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the filtered list as a file, without names, phones and addresses."""
    now = timezone.now()
    asked = selectors.OrderFilter.read(request.GET)
    rows = selectors.orders_page(request.access, asked, now=now)[:EXPORT_ROWS]
    audit.record("order.export", actor=request.user, at=now, request=request)
    header = [
        _("Order"), _("Ordered"), _("How it came in"), _("Product"), _("Pickup site"),
        _("Courier"), _("Parcel"), _("State"), _("Fee"), _("Payment"), _("Invoice"),
    ]  # fmt: skip
    return csv_response("orders.csv", header, _csv_rows(rows))


def _csv_rows(rows: Any) -> Iterator[list[Any]]:
    for order in rows:
        for parcel in order.parcels.all():
            yield [
                order.number, order.ordered_at, order.get_channel_display(), order.product,
                order.pickup_site, order.courier or "", parcel.waybill,
                parcel.get_state_display(), order.fee_fen / 100,
                order.get_payment_state_display(), order.invoice_number,
            ]  # fmt: skip


@allow("order", GET="create", POST="create")
def order_new_page(request: HttpRequest) -> HttpResponse:
    """Take an order: first fee, promise and insurance are shown, then it is confirmed."""
    access, now = request.access, timezone.now()
    origins = Site.objects.all() if access.is_all else Site.objects.filter(pk__in=access.sites)
    # Kind, insurance and delivery site are asked, never guessed: a letter is not inspected.
    start = {"key": uuid4().hex, "door_pickup": True, "door_delivery": True, "pieces": 1}
    form = OrderForm(request.POST or None, origins=origins, now=now, initial=start)
    terms = selectors.terms_on(calendars.business_day(now))
    quote = None
    if request.method == "POST" and form.is_valid():
        quote = quoted(form, channel=form.cleaned_data["channel"], now=now)
        if quote is not None and "confirm" in request.POST:
            parcel = _place(request, form, terms, now)
            if parcel is not None:
                text = _("Order %(number)s taken. Fee %(fee)s. Ask the recipient to sign") % {
                    "number": parcel.order.number, "fee": yuan(parcel.order.fee_fen),
                }  # fmt: skip
                messages.success(request, text)
                return redirect("shipments:parcel", parcel.waybill)
    context = {
        "title": _("New order"), "form": form, "quote": None if form.errors else quote,
        "terms": terms, "warnings": warnings(form),
    }  # fmt: skip
    return form_page(request, "shipments/order_new.html", context)


def quoted(form: OrderForm, *, channel: str, now: datetime) -> services.Quote | None:
    """Return what the order would cost and when it would arrive, or put the refusal in the form."""
    fields = form.place_fields()
    errors = FieldErrors(form)
    with errors:
        services.check_order(channel=channel, at=now, wishes=form.wishes(), **fields)
        size = form.wishes().volume_cm3
        return services.quote(
            product=fields["product"], origin=fields["origin"], volume_cm3=size, at=now,
            destination=fields["destination"], weight_g=form.weight_g,
            insured_fen=fields["declared_value_fen"] if form.insured else 0,
        )  # fmt: skip
    return None


def warnings(form: OrderForm) -> list[Any]:
    """Return the restricted goods that the item name runs into; they are accepted with care."""
    name = (getattr(form, "cleaned_data", None) or {}).get("item_name", "")
    return services.restricted(name) if name else []


def _place(request: HttpRequest, form: OrderForm, terms: Any, now: datetime) -> Any:
    errors = FieldErrors(form)
    with errors:
        return services.place_order(
            key=form.cleaned_data["key"], channel=form.cleaned_data["channel"], at=now,
            wishes=form.wishes(terms=terms, confirmed_at=now), actor=request.user,
            **form.place_fields(),
        )  # fmt: skip
    return None


def own_order(request: HttpRequest, number: str) -> Order:
    """Return an order of the reader's scope; not yours and not there are the same 404."""
    rows = selectors.orders_for(request.access).select_related("terms", "tariff", "customer")
    return get_object_or_404(rows, number=number)


@allow("order", GET="read")
def order_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one order: what was asked, what was told, what it costs, what changed."""
    return render(request, "shipments/order.html", order_context(own_order(request, number)))


def order_context(order: Order, **more: Any) -> dict[str, Any]:
    """Return what the order's page shows."""
    now = timezone.now()
    parcel = order.parcels.select_related("origin", "destination").get()
    waits = parcel.state in ("none", "ordered", "pickup_due")
    points = order.terms.points if order.terms else []
    return {
        "title": order.number, "order": order, "parcel": parcel, "now": now,
        "declared_weight_g": services.declared_weight_g(parcel),
        "tariff_price": services.tariff_price(order, parcel), "waits": waits,
        "is_late": waits and order.window_end is not None and order.window_end < now,
        "fee_changes": order.fee_changes.select_related("by").order_by("-pk"),
        "pickup_changes": order.pickup_changes.select_related("by").order_by("-pk"),
        "payments": order.payments.order_by("-pk"),
        "told_points": [point for point in points if point["code"] in order.told],
        "fee_form": FeeForm(), "reagree_form": ReagreeForm(now=now), **more,
    }  # fmt: skip


def _deed(
    request: HttpRequest, number: str, form_name: str, form: Any, act: Callable[[Order], Any],
    done: str,
) -> HttpResponse:  # fmt: skip
    """Carry out one form of the order's page, or show the page again with what is wrong."""
    order = own_order(request, number)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            act(order)
    if errors.ok:
        messages.success(request, done)
        return redirect("shipments:order", order.number)
    context = order_context(order, **{form_name: form, "form": form})
    return form_page(request, "shipments/order.html", context)


@allow("fee", POST="change")
def order_fee(request: HttpRequest, number: str) -> HttpResponse:
    """Charge another fee, with a reason; or what the tariff asks for the measured parcel."""
    now = timezone.now()
    form = FeeForm(request.POST)

    def act(order: Order) -> None:
        if form.cleaned_data["by_tariff"]:
            services.charge_measured(order=order, at=now, actor=request.user)
            return
        services.change_fee(
            order=order, new_fen=form.cleaned_data["fee"], at=now, actor=request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    return _deed(request, number, "fee_form", form, act, _("Fee changed; the reason is on record"))


@allow("order", POST="change")
def order_reagree(request: HttpRequest, number: str) -> HttpResponse:
    """Agree on another pickup time and say who was told."""
    now = timezone.now()
    form = ReagreeForm(request.POST, now=now)

    def act(order: Order) -> None:
        said = form.cleaned_data
        services.reagree_pickup(
            order=order, window=said["window"], reason=said["reason"], told_who=said["told_who"],
            told_way=said["told_way"], told_at=said["told_at"], asked_by=said["asked_by"],
            at=now, actor=request.user,
        )  # fmt: skip

    return _deed(request, number, "reagree_form", form, act, _("Another pickup time is agreed"))


@allow("order", POST="change")
def order_money(request: HttpRequest, number: str) -> HttpResponse:
    """Note the payment at the counter, or give the invoice."""
    order, now = own_order(request, number), timezone.now()
    errors = FieldErrors(FeeForm(request.POST))
    with errors:
        if request.POST.get("verb") == "invoice":
            services.issue_invoice(order=order, at=now, actor=request.user)
        else:
            services.pay_at_counter(order=order, at=now, actor=request.user)
    if errors.ok:
        messages.success(request, _("Noted"))
    else:
        messages.error(request, errors.form.non_field_errors()[0])
    return redirect("shipments:order", order.number)


@allow("fee", GET="read")
def fees_page(request: HttpRequest) -> HttpResponse:
    """List the fees that left the tariff: how far, why, by whom (LIF-23)."""
    access = request.access
    rows = FeeChange.objects.filter(access.rows(site="order__pickup_site_id"))
    if request.GET.get("view") != "all":
        rows = rows.filter(is_manual=True)
    rows = rows.select_related("order__pickup_site", "order__product", "by")
    context = {"title": _("Changed fees"), "page": page_of(rows, request.GET, order=("-id",))}
    return render(request, "shipments/fees.html", context)
