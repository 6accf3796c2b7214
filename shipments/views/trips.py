"""Trips: the list with the late ones, planning, loading, leaving, unloading, positions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from courierqa.core.history import changes_of
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.transport import (
    LoadForm,
    PositionsForm,
    RouteForm,
    TakeOffForm,
    TripForm,
    UnloadForm,
)
from shipments.models import RouteChange, Trip
from shipments.network_enums import RouteChangeStatus, TripStatus
from shipments.services.routing import Point
from shipments.services.trips import TripPlan
from shipments.views.places import MAX_ROWS, acting_sites, csv_file, person_of, plain_form
from staff.models import Site

ORDER = ("-planned_departure", "-id")


@allow("trip", GET="read")
def trips_page(request: HttpRequest) -> HttpResponse:
    """List trips, planned beside actual; the late ones have their own tab."""
    now = timezone.now()
    rows = selectors.trips_for(request.access)
    late = selectors.late_trips(rows, now=now).filter(
        planned_departure__gte=now - timedelta(days=30)
    )
    status = request.GET.get("status", "")
    shown = late if request.GET.get("view") == "late" else rows
    if status in TripStatus.values:
        shown = shown.filter(status=status)
    if request.GET.get("format") == "csv":
        return _file(request, shown)
    context = {
        "title": _("Trips"), "page": page_of(shown, request.GET, order=ORDER), "now": now,
        "n_late": late.count(), "statuses": TripStatus.choices, "status": status,
        "late_view": request.GET.get("view") == "late",
    }  # fmt: skip
    return render(request, "shipments/trips.html", context)


def _file(request: HttpRequest, rows: Any) -> HttpResponse:
    head = (_("Trip"), pgettext("place", "From"), pgettext("place", "To"), _("Travels by"),
            _("Vehicle"), _("Carrier"), _("Status"), _("Planned departure"),
            pgettext("trip", "Left"), _("Planned arrival"), _("Arrived"), _("Pieces"))  # fmt: skip
    cells = (
        (t.number, t.origin.code, t.destination.code, t.get_mode_display(), t.vehicle, t.carrier,
         t.get_status_display(), t.planned_departure, t.departed_at, t.planned_arrival,
         t.arrived_at, t.pieces)
        for t in rows.order_by(*ORDER)[:MAX_ROWS]
    )  # fmt: skip
    return csv_file(request, "trips", head, cells)


@allow("trip", GET="change", POST="change")
def trip_new_page(request: HttpRequest) -> HttpResponse:
    """Plan a trip."""
    form = TripForm(request.POST or None, sites=acting_sites(request.access))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            trip = services.plan_trip(
                TripPlan(**form.cleaned_data), at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("Trip %(number)s is planned") % {"number": trip.number})
            return redirect("shipments:trip", trip.number)
    return plain_form(request, form, title=_("New trip"), back=reverse("shipments:trips"),
                      submit=_("Plan the trip"))  # fmt: skip


@allow("trip", GET="read")
def trip_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one trip with its load, positions, route changes and history."""
    return _show(request, _trip(request, number))


def _trip(request: HttpRequest, number: str) -> Trip:
    return get_object_or_404(selectors.trips_for(request.access), number=number)


def _show(request: HttpRequest, trip: Trip, **bound: Any) -> HttpResponse:
    sites = acting_sites(request.access)
    here = sites.filter(code__in=[trip.destination.code, *trip.via])
    loads = trip.loads.select_related("parcel", "bag", "loaded_by").order_by("bag_id", "pk")
    context = {
        "title": trip.number, "trip": trip, "now": timezone.now(), "loads": list(loads[:500]),
        "positions": list(trip.positions.order_by("-at")[:100]),
        "n_positions": trip.positions.count(),
        "route_changes": trip.route_changes.select_related("asked_by", "approval__decided_by"),
        "disruptions": trip.disruptions.all(), "changes": changes_of(trip),
        "stops": _stops(trip), "answers": [],
        "load_form": LoadForm(), "off_form": TakeOffForm(), "unload_form": UnloadForm(sites=here),
        "route_form": RouteForm(initial={"via": " ".join(trip.via),
                                         "planned_arrival": trip.planned_arrival}),
        "positions_form": PositionsForm(), "is_loading": trip.status == TripStatus.PLANNED,
        "is_unloading": trip.status in (TripStatus.DEPARTED, TripStatus.ARRIVED),
        "may_unload": here.exists(), "may_load": sites.filter(pk=trip.origin_id).exists(),
        **bound,
    }  # fmt: skip
    faulty = [f for f in bound.values() if getattr(f, "errors", None)]
    return render(request, "shipments/trip.html", context, status=422 if faulty else 200)


def _stops(trip: Trip) -> list[Site]:
    """Return origin, stops and destination in order."""
    known = {site.code: site for site in Site.objects.filter(code__in=trip.via)}
    return [trip.origin, *(known[code] for code in trip.via if code in known), trip.destination]


# -- deeds ----------------------------------------------------------------------------------------
@allow("trip", POST="change")
def trip_load(request: HttpRequest, number: str) -> HttpResponse:
    """Load scanned bags and parcels; each number gets its own answer."""
    trip, form = _trip(request, number), LoadForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            answers = services.load_trip(
                trip=trip, **form.cleaned_data, at=timezone.now(), person=person_of(request),
                actor=request.user,
            )  # fmt: skip
        if errors.ok:
            return _show(request, trip, answers=answers)
    return _show(request, trip, load_form=form)


@allow("trip", POST="change")
def trip_take_off(request: HttpRequest, number: str) -> HttpResponse:
    """Take a parcel or a bag off again before the trip leaves."""
    trip, form = _trip(request, number), TakeOffForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            count = services.take_off(
                trip=trip, **form.cleaned_data, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("Taken off, %(n)d pieces") % {"n": count})
            return redirect("shipments:trip", number)
    return _show(request, trip, off_form=form)


@allow("trip", POST="change")
def trip_unload(request: HttpRequest, number: str) -> HttpResponse:
    """Unload scanned bags and parcels at the destination or a stop."""
    trip = _trip(request, number)
    sites = acting_sites(request.access).filter(code__in=[trip.destination.code, *trip.via])
    form = UnloadForm(request.POST, sites=sites)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            answers = services.unload_trip(
                trip=trip, **form.cleaned_data, at=timezone.now(), person=person_of(request),
                actor=request.user,
            )  # fmt: skip
        if errors.ok:
            return _show(request, _trip(request, number), answers=answers)
    return _show(request, trip, unload_form=form)


@allow("trip", POST="change")
def trip_move(request: HttpRequest, number: str) -> HttpResponse:
    """Left, arrived, all unloaded, or cancelled."""
    trip, verb, now = _trip(request, number), request.POST.get("verb", ""), timezone.now()
    form = Form({})
    errors = FieldErrors(form)
    with errors:
        _move(request, trip, verb, now)
    if errors.ok:
        return redirect("shipments:trip", number)
    return _show(request, _trip(request, number), problem=form)


def _move(request: HttpRequest, trip: Trip, verb: str, now: Any) -> None:
    if verb == "depart":
        services.depart_trip(trip=trip, at=now, person=person_of(request), actor=request.user)
    elif verb == "arrive":
        services.arrive_trip(trip=trip, at=now, actor=request.user)
    elif verb == "finish":
        missing = services.finish_unloading(trip=trip, at=now, actor=request.user)
        if missing:
            words = _("%(n)d pieces are missing; a search is open for each")
            messages.warning(request, words % {"n": len(missing)})
    elif verb == "cancel":
        reason = request.POST.get("reason", "")[:200]
        services.cancel_trip(trip=trip, reason=reason, at=now, actor=request.user)


@allow("trip", POST="change")
def trip_route(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for another route; somebody else decides."""
    trip, form = _trip(request, number), RouteForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.ask_route_change(
                trip=trip, **form.cleaned_data, at=timezone.now(), by=request.user
            )
        if errors.ok:
            messages.success(request, _("Asked. A manager decides; until then the plan stays"))
            return redirect("shipments:trip", number)
    return _show(request, trip, route_form=form)


@allow("trip", POST="approve")
def trip_route_decide(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The second person's yes or no to another route."""
    trip = _trip(request, number)
    change = get_object_or_404(RouteChange, trip=trip, pk=pk)
    form = Form({})
    errors = FieldErrors(form)
    with errors:
        done = services.decide_route_change(
            change=change, approve=request.POST.get("decision") == "approve",
            note=request.POST.get("note", "")[:300], at=timezone.now(), by=request.user,
        )  # fmt: skip
    if not errors.ok:
        return _show(request, trip, problem=form)
    approved = done.status == RouteChangeStatus.APPROVED
    messages.success(request, _("The new route is in the plan") if approved else _("Rejected"))
    return redirect("shipments:trip", number)


@allow("trip", POST="track")
def trip_positions(request: HttpRequest, number: str) -> HttpResponse:
    """Import position points as lines."""
    trip, form = _trip(request, number), PositionsForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            points = [Point(*row) for row in form.cleaned_data["points"]]
            new = services.note_positions(trip=trip, points=points, at=timezone.now())
            messages.success(request, _("%(n)d new points") % {"n": new})
        if errors.ok:
            return redirect("shipments:trip", number)
    return _show(request, trip, positions_form=form)
