"""Orders: the list, and taking a new one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.money import yuan
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms import OrderForm
from shipments.services import gates
from staff.models import Site


@allow("parcel", GET="create")
def orders_page(request: HttpRequest) -> HttpResponse:
    """List the orders of the reader's scope, newest first."""
    page = page_of(selectors.orders_for(request.access), request.GET, order=("-id",))
    return render(request, "shipments/orders.html", {"title": _("Orders"), "page": page})


@allow("parcel", GET="create", POST="create")
def order_new_page(request: HttpRequest) -> HttpResponse:
    """Take an order: first fee and promise are shown, then it is confirmed."""
    access = request.access
    origins = Site.objects.all() if access.is_all else Site.objects.filter(pk__in=access.sites)
    form = OrderForm(request.POST or None, origins=origins, initial={"key": uuid4().hex})
    quote = None
    if request.method == "POST" and form.is_valid():
        quote = _quote(form)
        if form.cleaned_data["confirmed"] or "confirm" in request.POST:
            parcel = _place(request, form)
            if parcel is not None:
                text = _("Order %(number)s taken. Fee %(fee)s. Ask the recipient to sign") % {
                    "number": parcel.order.number, "fee": yuan(parcel.order.fee_fen),
                }  # fmt: skip
                messages.success(request, text)
                return redirect("shipments:parcel", parcel.waybill)
        else:
            _warn(form)
    context = {"title": _("New order"), "form": form, "quote": None if form.errors else quote}
    return form_page(request, "shipments/order_new.html", context)


def _quote(form: OrderForm) -> services.Quote:
    said = form.cleaned_data
    return services.quote(
        product=said["product"], origin=said["origin"], destination=said["destination"],
        weight_g=form.weight_g, at=timezone.now(),
    )  # fmt: skip


def _warn(form: OrderForm) -> None:
    """Say already in the first step that the contents are prohibited."""
    rule = gates.prohibited(form.cleaned_data["item_name"])
    if rule is not None:
        form.add_error("item_name", gates.prohibited_text(rule))


def _place(request: HttpRequest, form: OrderForm) -> Any:
    said = form.cleaned_data
    errors = FieldErrors(form)
    with errors:
        return services.place_order(
            key=said["key"], channel=said["channel"], product=said["product"],
            origin=said["origin"], destination=said["destination"], sender=form.party("sender"),
            recipient=form.party("recipient"), item_kind=said["item_kind"],
            item_name=said["item_name"], weight_g=form.weight_g, cod_fen=said["cod"],
            at=timezone.now(), actor=request.user,
        )  # fmt: skip
    return None
