"""What the company publishes: standards, prices, area, rules, terms, notices. No account needed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import allow
from shipments import pricing, selectors, services
from shipments.enums import TextCode
from shipments.forms import AreaForm, PriceForm
from shipments.models import DeliveryRule


@allow("public", GET="read")
def service_page(request: HttpRequest) -> HttpResponse:
    """Show what we offer and where each answer is."""
    notices = selectors.public_notices(at=timezone.now())
    context = {"title": _("Our service"), "notices": notices[:3]}
    return render(request, "shipments/public/service.html", context)


@allow("public", GET="read")
def standards_page(request: HttpRequest) -> HttpResponse:
    """Show each product with its limit, how limits are counted, and our pledges (TIM-03)."""
    now = timezone.now()
    context = {
        "title": _("Service standards"),
        "products": selectors.published_products(at=now),
        "free_days": selectors.days_off(today=calendars.business_day(now)),
        "delay": selectors.display_delay(),
        **_text(TextCode.STANDARDS, now),
    }
    return render(request, "shipments/public/standards.html", context)


@allow("public", GET="read")
def prices_page(request: HttpRequest) -> HttpResponse:
    """Show the tariff and work out price, time and insurance for one parcel (PUB-02, PUB-03)."""
    now = timezone.now()
    cities = selectors.served_cities(on=calendars.business_day(now))
    form = PriceForm(request.GET or None, cities=cities)
    offers = []
    if form.is_bound and form.is_valid():
        offers = services.offers(at=now, **form.question())
    context = {
        "title": _("Prices and time"),
        "products": selectors.published_products(at=now),
        "form": form,
        "offers": offers,
        "said": form.cleaned_data if offers else None,
        "terms": selectors.terms_on(calendars.business_day(now)),
        "tariff": pricing.tariff_on(calendars.business_day(now)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "shipments/public/prices.html", context, status=status)


@allow("public", GET="read")
def area_page(request: HttpRequest) -> HttpResponse:
    """Say whether a place is served, and list the places that are (DEL-25, PUB-07)."""
    today = calendars.business_day(timezone.now())
    form = AreaForm(request.GET or None)
    asked = form.cleaned_data["place"] if form.is_bound and form.is_valid() else ""
    context = {
        "title": _("Service area"),
        "form": form,
        "asked": asked,
        "found": selectors.lookup(asked, on=today) if asked else [],
        "cities": selectors.served_cities(on=today),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "shipments/public/area.html", context, status=status)


@allow("public", GET="read")
def delivery_rules_page(request: HttpRequest) -> HttpResponse:
    """Show how we deliver: limits, notice, placing per kind of site (DEL-19)."""
    rules = DeliveryRule.objects.order_by("kind")
    return _text_page(request, TextCode.DELIVERY, rules=rules)


@allow("public", GET="read")
def terms_page(request: HttpRequest) -> HttpResponse:
    """Show what a customer is told before sending, with its version (ACC-10)."""
    now = timezone.now()
    context = {
        "title": _("Terms of service"),
        "products": selectors.published_products(at=now),
        "terms": selectors.terms_on(calendars.business_day(now)),
    }
    return render(request, "shipments/public/terms.html", context)


@allow("public", GET="read")
def privacy_page(request: HttpRequest) -> HttpResponse:
    """Show what is kept of a person, and that person's rights."""
    return _text_page(request, TextCode.PRIVACY)


@allow("public", GET="read")
def notices_page(request: HttpRequest) -> HttpResponse:
    """Show what disturbs the service now."""
    notices = selectors.public_notices(at=timezone.now())
    context = {"title": _("Service notices"), "notices": notices}
    return render(request, "shipments/public/notices.html", context)


def _text(code: str, now: Any) -> dict[str, Any]:
    return {
        "text": selectors.text_in_force(code, at=now),
        "to_come": selectors.text_to_come(code, at=now),
    }


def _text_page(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
    context = {"title": TextCode(code).label, **_text(code, timezone.now()), **more}
    return render(request, "shipments/public/text.html", context)
