"""POST /api/v1/orders/ and GET of one order: the same form and service as phone and web."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core import calendars
from courierqa.core.api.idempotency import HEADER, answer_once
from courierqa.core.api.views import ApiView
from courierqa.core.errors import DomainError
from courierqa.core.money import yuan
from shipments import enums, selectors, services
from shipments.api.answers import ORDER_RESPONSE, ORDER_TAKEN
from shipments.api.parcels import party
from shipments.api.shapes import ORDER_REQUEST
from shipments.forms import OrderForm
from shipments.models import Order
from staff.models import Site

# JSON path → field of the form; everything else is refused by name.
PATHS = {
    "product": "product", "origin": "origin", "destination": "destination",
    "sender.name": "sender_name", "sender.phone": "sender_phone",
    "sender.address": "sender_address", "recipient.name": "recipient_name",
    "recipient.phone": "recipient_phone", "recipient.address": "recipient_address",
    "item.kind": "item_kind", "item.name": "item_name", "item.pieces": "pieces",
    "item.weight_g": "weight", "item.length_cm": "length", "item.width_cm": "width",
    "item.height_cm": "height", "item.marks": "marks", "cod_fen": "cod",
    "declared_value_fen": "declared", "insured": "insurance", "door_pickup": "door_pickup",
    "door_delivery": "door_delivery",
}  # fmt: skip
OTHERS = {"window.start", "window.end", "terms_version"}
GROUPS = ("sender", "recipient", "item", "window")
NUMBERS = {
    "item.pieces", "item.weight_g", "item.length_cm", "item.width_cm", "item.height_cm",
    "cod_fen", "declared_value_fen",
}  # fmt: skip
FLAGS = {"insured", "door_pickup", "door_delivery"}
PATH_OF = {field: path for path, field in PATHS.items()}
KEY = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)


class OrdersView(ApiView):
    """Take one order; the same key sent again gives the same answer and no second order."""

    access = ("order", {"POST": "create"})

    @extend_schema(request=ORDER_REQUEST, responses={201: ORDER_RESPONSE}, parameters=[KEY])
    def post(self, request: Request) -> Response:
        now = timezone.now()
        return answer_once(request, "orders", lambda: (201, _take(request, now)), now=now)


class OrderView(ApiView):
    """One order of the key's sites, masked."""

    access = ("order", {"GET": "read"})

    @extend_schema(responses=ORDER_RESPONSE)
    def get(self, request: Request, number: str) -> Response:
        access = request.access  # type: ignore[attr-defined]
        order = selectors.orders_for(access).filter(number=number[:20]).first()
        if order is None:
            raise Http404
        return Response(shape(order))


class OrderTakeView(ApiView):
    """The courier takes an assigned order on (LIF-02); again is no change."""

    access = ("order", {"POST": "take"})

    @extend_schema(request=None, responses=ORDER_TAKEN)
    def post(self, request: Request, number: str) -> Response:
        access = request.access  # type: ignore[attr-defined]
        order = selectors.orders_for(access).filter(number=number[:20]).first()
        if order is None or access.employee_id is None:
            raise Http404
        row = services.take_order(
            order=order, employee_id=access.employee_id, at=timezone.now(), actor=request.user
        )
        return Response({"number": row.number, "taken_at": row.taken_at})


def _take(request: Request, now: datetime) -> dict[str, Any]:
    said = flatten(request.data)
    terms = _terms(said, now)
    form = _form(request, said, now)
    fields = {**form.place_fields(), "window": _window(said)}
    try:
        parcel = services.place_order(
            key=f"api-{request.user.pk}-{_own_key(request)}"[:60], at=now, actor=request.user,
            channel=enums.OrderChannel.API, wishes=form.wishes(terms=terms, confirmed_at=now),
            **fields,
        )  # fmt: skip
    except DomainError as error:
        error.field = PATH_OF.get(error.field, error.field)
        raise
    order = parcel.order
    if order is None:
        raise Http404
    return shape(order)


def _own_key(request: Request) -> str:
    """Return the order's own key: it outlives the kept answer."""
    return sha256(request.headers[HEADER].encode()).hexdigest()[:40]


def flatten(body: Any) -> dict[str, Any]:
    """Return the body as dotted paths, or say which field does not belong."""
    if not isinstance(body, dict):
        raise ParseError(_("Send one object"))
    flat: dict[str, Any] = {}
    for name, value in body.items():
        if name in GROUPS:
            if not isinstance(value, dict):
                raise ValidationError({name: [_("Send an object")]})
            flat |= {f"{name}.{inner}": held for inner, held in value.items()}
        else:
            flat[name] = value
    unknown = sorted(set(flat) - set(PATHS) - OTHERS)
    if unknown:
        raise ValidationError({path: [_("Unknown field")] for path in unknown})
    for path, value in flat.items():
        _check_kind(path, value)
    return flat


def _check_kind(path: str, value: Any) -> None:
    """Refuse a value of the wrong JSON kind before the form would read something into it."""
    if path in NUMBERS:
        fine = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9
    elif path in FLAGS:
        fine = isinstance(value, bool)
    elif path == "item.marks":
        fine = isinstance(value, list) and all(isinstance(one, str) for one in value)
    else:
        fine = isinstance(value, str)
    if not fine:
        raise ValidationError({path: [_("This value is of the wrong kind")]})


def _form(request: Request, said: dict[str, Any], now: datetime) -> OrderForm:
    access = request.access  # type: ignore[attr-defined]
    origins = Site.objects.all() if access.is_all else Site.objects.filter(pk__in=access.sites)
    data = {field: said[path] for path, field in PATHS.items() if path in said}
    data |= {"channel": "web", "key": "api", "window": ""}
    for flag in ("door_pickup", "door_delivery"):
        data[flag] = said.get(flag, True)
    data["insurance"] = {True: "yes", False: "no"}.get(said.get("insured"), "")
    for name in ("cod", "declared"):
        data[name] = yuan(data[name]) if data.get(name, 0) > 0 else ""
    if "weight" in data:
        data["weight"] = f"{data['weight'] / 1000:.3f}"
    form = OrderForm(data, origins=origins, now=now)
    # Not sent means not talked about; the kind of contents has no such third answer.
    form.fields["insurance"].required = False
    form.fields["weight"].decimal_places = 3
    form.fields["weight"].validators = []
    if not form.is_valid():
        raise ValidationError(
            {PATH_OF.get(name, name): list(words) for name, words in form.errors.items()}
        )
    return form


def _window(said: dict[str, Any]) -> tuple[datetime, datetime] | None:
    """Read the pickup window: two moments with their zone."""
    if "window.start" not in said and "window.end" not in said:
        return None
    found = []
    for path in ("window.start", "window.end"):
        try:
            at = datetime.fromisoformat(said.get(path, ""))
        except ValueError as error:
            raise ValidationError({path: [_("Send the time with its zone")]}) from error
        if at.tzinfo is None:
            raise ValidationError({path: [_("Send the time with its zone")]})
        found.append(at)
    return found[0], found[1]


def _terms(said: dict[str, Any], now: datetime) -> Any:
    """The sender must have seen the terms in force: they are named by their version."""
    terms = selectors.terms_on(calendars.business_day(now))
    if terms is None or said.get("terms_version") != terms.version:
        words = _("Show the terms in force and send their version: %(version)s")
        text = words % {"version": terms.version if terms else ""}
        raise ValidationError({"terms_version": [text]})
    return terms


def shape(order: Order) -> dict[str, Any]:
    """Return the order as programs see it."""
    parcel = order.parcels.select_related("destination").get()
    return {
        "number": order.number, "waybill": parcel.waybill, "state": parcel.state,
        "channel": order.channel, "ordered_at": _iso(order.ordered_at),
        "product": order.product.code, "origin": order.pickup_site.code,
        "destination": parcel.destination.code, "fee_fen": order.fee_fen,
        "freight_fen": order.freight_fen, "premium_fen": order.premium_fen,
        "insured": order.is_insured, "declared_value_fen": parcel.declared_value_fen,
        "promised_by": _iso(parcel.promised_by or order.quoted_promise),
        "window": {"start": _iso(order.window_start), "end": _iso(order.window_end)},
        "door_pickup": order.door_pickup, "door_delivery": order.door_delivery,
        "marks": parcel.marks, "payment_state": order.payment_state,
        "invoice_number": order.invoice_number, "taken_at": _iso(order.taken_at),
        "sender": party(parcel, "sender"), "recipient": party(parcel, "recipient"),
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
