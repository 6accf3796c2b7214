"""The network: tree of sites, load by hour, lockers, screening rules, the calendar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.models import CalendarDay
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.network import CalendarForm, LockerForm, ScreeningForm
from shipments.models import CalendarChange, Locker, ScreeningRule
from shipments.views.places import csv_file, plain_form
from staff.enums import SiteKind

AHEAD = timedelta(days=400)


@allow("network", GET="read")
def network_page(request: HttpRequest) -> HttpResponse:
    """Show the tree of sites with what lies there, the load and the on-time share."""
    now = timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in SiteKind.values else ""
    run_by = request.GET.get("run_by", "")
    places = selectors.network_places(request.access, now=now, kind=kind, run_by=run_by)
    if request.GET.get("format") == "csv":
        return _places_file(request, places)
    until = calendars.business_day(now)
    context = {
        "title": _("Sites and load"), "places": places, "kinds": SiteKind.choices, "kind": kind,
        "run_by": run_by, "forms": _forms(request, now),
        "transfers": selectors.transfers(since=until - timedelta(days=30), until=until),
    }  # fmt: skip
    return render(request, "shipments/network.html", context)


def _forms(request: HttpRequest, now) -> list[tuple[str, object]]:
    words = {"door": _("At the door"), "locker": _("Locker"), "point": _("Service point"),
             "counter": _("At the counter")}  # fmt: skip
    return [(words[row.form], row) for row in selectors.service_forms(request.access, now=now)]


def _places_file(request: HttpRequest, places) -> HttpResponse:
    head = (_("Code"), _("Site"), _("Kind"), _("Run by"), _("Active people"), _("Lying here"),
            _("Pieces a day"), _("Busiest day"), _("Capacity a day"), _("On time"),
            _("Due"))  # fmt: skip
    rows = (
        (p.site.code, str(p.site), p.site.get_kind_display(),
         _("Partner") if p.site.is_partner else _("Own site"), p.people, p.on_site,
         round(p.per_day, 1), p.peak, p.site.daily_capacity, p.share.hits, p.share.total)
        for p in places
    )  # fmt: skip
    return csv_file(request, "network", head, rows)


@allow("network", GET="read")
def hours_page(request: HttpRequest) -> HttpResponse:
    """Show how busy each hour of the day is at each site."""
    rows = selectors.hour_rows(request.access, now=timezone.now())
    context = {"title": _("Load by hour"), "rows": rows, "hours": range(24)}
    return render(request, "shipments/network_hours.html", context)


# -- lockers --------------------------------------------------------------------------------------
@allow("network", GET="read")
def lockers_page(request: HttpRequest) -> HttpResponse:
    """Show the register of lockers and how long parcels lie inside."""
    rows = selectors.locker_rows(request.access, now=timezone.now())
    return render(request, "shipments/lockers.html", {"title": _("Lockers"), "rows": rows})


@allow("network", GET="read")
def locker_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one locker with the parcels inside, the longest stay first."""
    seen = Locker.objects.filter(request.access.rows(site=("site_id", "site__hub_id")))
    locker = get_object_or_404(seen, site__code=code)
    (row,) = selectors.locker_rows(request.access, now=timezone.now(), code=code)
    context = {"title": str(locker), "row": row, "limit": timedelta(hours=locker.dwell_limit_hours)}
    return render(request, "shipments/locker.html", context)


@allow("network", GET="change", POST="change")
def locker_edit_page(request: HttpRequest) -> HttpResponse:
    """Enter a locker into the register, or change its entry."""
    known = Locker.objects.filter(site__code=request.GET.get("site", "")).first()
    names = ("operator", "cells", "consent_rule", "dwell_limit_hours", "is_working")
    initial = {"site": request.GET.get("site")}
    if known is not None:
        initial |= {name: getattr(known, name) for name in names}
    form = LockerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_locker(**form.cleaned_data, at=timezone.now(), actor=request.user)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:lockers")
    return plain_form(request, form, title=_("Locker"), back=reverse("shipments:lockers"),
                      submit=_("Save"))  # fmt: skip


# -- screening ------------------------------------------------------------------------------------
@allow("network", GET="read")
def screening_page(request: HttpRequest) -> HttpResponse:
    """Show which parcels must be screened, and every dispatch that was stopped."""
    now = timezone.now()
    refused = selectors.refused_deeds(request.access, now=now)
    context = {
        "title": _("Screening"), "now": now, "form": ScreeningForm(),
        "rules": ScreeningRule.objects.select_related("destination"),
        "page": page_of(refused, request.GET, order=("-at", "-id")), "n": refused.count(),
    }  # fmt: skip
    return render(request, "shipments/screening.html", context)


@allow("network", GET="change", POST="change")
def screening_new_page(request: HttpRequest) -> HttpResponse:
    """Add a rule by mode, region or destination."""
    form = ScreeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.add_screening_rule(**form.cleaned_data, at=timezone.now(), actor=request.user)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:screening")
    return plain_form(request, form, title=_("New screening rule"), submit=_("Save"),
                      back=reverse("shipments:screening"))  # fmt: skip


@allow("network", POST="change")
def screening_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a rule in force or out of force."""
    rule = get_object_or_404(ScreeningRule, pk=pk)
    try:
        services.switch_screening_rule(
            rule=rule, is_active=request.POST.get("active") == "1", at=timezone.now(),
            actor=request.user,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("shipments:screening")


# -- calendar -------------------------------------------------------------------------------------
@allow("network", GET="read", POST="change")
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show holidays and make-up workdays; a new one recomputes open promises, with a log."""
    now = timezone.now()
    today = calendars.business_day(now)
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            change = services.change_calendar_day(
                **form.cleaned_data, at=now, actor=request.user
            )  # fmt: skip
            words = _("%(looked)d open promises looked at, %(moved)d moved")
            said = {"looked": change.looked_at, "moved": change.moved}
            messages.success(request, words % said)
        if errors.ok:
            return redirect("shipments:calendar")
    context = {
        "title": _("Working days"), "form": form,
        "days": CalendarDay.objects.select_related("calendar").filter(
            day__gte=today.replace(month=1, day=1), day__lte=today + AHEAD
        ).order_by("day", "calendar__code"),
        "changes": CalendarChange.objects.select_related("calendar", "by").order_by("-pk")[:50],
    }  # fmt: skip
    return form_page(request, "shipments/calendar.html", context)
