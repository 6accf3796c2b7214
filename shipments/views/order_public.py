"""Ordering without login: quote, confirm, follow, pay. Works without script, in both languages."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core import calendars
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from shipments import enums, selectors, services
from shipments.forms import PublicOrderForm
from shipments.models import Order, Payment
from shipments.services.lookups import count_lookup
from shipments.views.orders import quoted, warnings
from staff.models import Site

PER_MINUTE = 20
SALT = "shipments.order"


def _address(name: str, *args: Any) -> str:
    """Return the address of a public page in the language of this one."""
    english = (get_language() or "").startswith("en")
    return reverse(f"shipments:{name}{'_en' if english else ''}", args=args)


def order_token(order: Order) -> str:
    """Return the token by which a customer reaches their own order."""
    return signing.dumps(order.pk, salt=SALT)


def _order(token: str) -> Order:
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    rows = Order.objects.select_related("product", "pickup_site", "terms", "tariff")
    return get_object_or_404(rows, pk=pk)


def _is_allowed(request: HttpRequest) -> bool:
    """Count a sending of this visitor; a fingerprint that says nothing without our key."""
    text = f"order|{settings.SECRET_KEY}|{request.META.get('REMOTE_ADDR', '')}"
    visitor = hashlib.sha256(text.encode()).hexdigest()
    return count_lookup(visitor=visitor, now=timezone.now(), limit=PER_MINUTE)


@allow("public", GET="read", POST="create")
@never_cache
def order_page(request: HttpRequest) -> HttpResponse:
    """Ask what is sent, show price, time and insurance, take the order once it is agreed to."""
    now = timezone.now()
    if request.method == "POST" and not _is_allowed(request):
        return _too_many(request)
    start = {"key": uuid4().hex, "door_pickup": True, "door_delivery": True, "pieces": 1}
    form = PublicOrderForm(request.POST or None, origins=Site.objects.all(), now=now, initial=start)
    terms = selectors.terms_on(calendars.business_day(now))
    quote, unagreed = None, False
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["website"]:
        quote = quoted(form, channel=enums.OrderChannel.WEB, now=now)
        if quote is not None and "confirm" in request.POST:
            unagreed = "agreed" not in request.POST
            order = None if unagreed else _place(form, terms, now)
            if order is not None:
                return redirect(_address("public_order", order_token(order)))
    context = {
        "title": _("Send a parcel"), "form": form, "quote": None if form.errors else quote,
        "terms": terms, "warnings": warnings(form), "unagreed": unagreed,
        "goods_url": _address("prohibited"),
    }  # fmt: skip
    response = form_page(request, "shipments/order_public.html", context)
    if unagreed:
        response.status_code = 422
    return response


def _place(form: PublicOrderForm, terms: Any, now: Any) -> Order | None:
    errors = FieldErrors(form)
    with errors:
        parcel = services.place_order(
            key=f"web-{form.cleaned_data['key']}"[:60], channel=enums.OrderChannel.WEB, at=now,
            wishes=form.wishes(terms=terms, confirmed_at=now), **form.place_fields(),
        )  # fmt: skip
        return parcel.order
    return None


def _too_many(request: HttpRequest) -> HttpResponse:
    page = {"title": _("Too many orders at once"), "limited": True}
    response = render(request, "shipments/order_public.html", page, status=429)
    response["Retry-After"] = "60"
    return response


@allow("public", GET="read")
@never_cache
def public_order_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the customer their own order: number, fee, promise, payment."""
    order = _order(token)
    context = {
        "title": order.number, "order": order, "parcel": order.parcels.get(), "token": token,
        "can_pay": settings.PAYMENT_PROVIDER != "none" and order.payment_state == "due",
        "pay_url": _address("public_pay", token), "now": timezone.now(),
        "track_url": _address("track_parcel", order.parcels.get().waybill),
    }  # fmt: skip
    return render(request, "shipments/order_done.html", context)


@allow("public", POST="create")
@never_cache
def public_pay(request: HttpRequest, token: str) -> HttpResponse:
    """Start a payment and hand over to the provider's page."""
    order = _order(token)
    if not _is_allowed(request):
        return _too_many(request)
    try:
        payment = services.start_payment(order=order, at=timezone.now())
    except DomainError:
        return redirect(_address("public_order", token))
    return redirect(_address("test_payment", token, payment.reference))


@allow("public", GET="read", POST="create")
@never_cache
def test_payment_page(request: HttpRequest, token: str, reference: UUID) -> HttpResponse:
    """Stand in for a payment provider: says that it is a test and moves no money (ONL-03)."""
    order = _order(token)
    payment = get_object_or_404(Payment, order=order, reference=reference, provider="test")
    if request.method == "POST" and settings.PAYMENT_PROVIDER == "test":
        paid = request.POST.get("answer") == "pay"
        services.settle_payment(payment=payment, paid=paid, at=timezone.now())
        return redirect(_address("public_order", token))
    context = {
        "title": _("Test payment"), "order": order, "payment": payment,
        "back_url": _address("public_order", token),
    }  # fmt: skip
    return render(request, "shipments/payment_test.html", context)
