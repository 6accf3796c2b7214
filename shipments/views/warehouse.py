"""A warehouse: zones with fill and dwell, the dwell check, arrivals counted (WHS)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow, may
from courierqa.core.formats import duration, moment
from courierqa.core.formats import share as as_share
from shipments import services
from shipments.forms import warehouse as forms
from shipments.models import Trip, Zone, ZoneStay
from shipments.selectors import damage, warehouse
from shipments.views.places import acting_sites
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

# From this share on a zone is nearly full.
NEARLY = 0.9


@allow("warehouse", GET="read")
def zones_page(request: HttpRequest) -> HttpResponse:
    """List zones with capacity, fill and mean dwell (WHS-02, WHS-07)."""
    rows = warehouse.zones_for(request.access, now=timezone.now())
    found = listed(request, rows, order=("code", "id"))
    n_long = warehouse.long_stays(request.access, now=timezone.now()).count()
    new = [(reverse("shipments:zone_new"), _("New zone"), "plus")]
    more = [(reverse("shipments:dwell"), _("Dwell check") + f" {n_long}", "clock"),
            (reverse("shipments:arrivals"), _("Arrivals"), "truck")]  # fmt: skip
    heads = [_("Zone"), _("Site"), _("What lies here"), _("Inside") + "#", _("Holds") + "#",
             _("Fill"), _("Mean stay, 30 days")]  # fmt: skip
    table = Table(
        _("Warehouse"), heads, map(_zone_row, found), page=found, export="warehouse",
        actions=[*(new if may(request.user, "warehouse", "change") else []), *more], icon="box",
        empty=_("No zone is marked out yet"),
        hint=_("Zones keep parcels apart by class; each has its room and the longest stay"),
    )  # fmt: skip
    return table_page(request, table)


def _zone_row(row: Any) -> list[Cell]:
    fill = row.inside / row.capacity
    badge = "bad" if fill >= 1 else "warn" if fill >= NEARLY else ""
    return [
        Cell(str(row), reverse("shipments:zone", args=[row.pk])), Cell(row.site),
        Cell(row.goods or None), Cell(row.inside, is_number=True),
        Cell(row.capacity, is_number=True), Cell(as_share(fill), badge=badge),
        Cell(duration(row.dwell) if row.dwell else None),
    ]  # fmt: skip


@allow("warehouse", GET="change", POST="change")
def zone_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Mark out a zone, or change it."""
    rows = Zone.objects.filter(request.access.rows(site="site_id")).select_related("site")
    row = get_object_or_404(rows, pk=pk) if pk is not None else None

    def save(said: dict[str, Any]) -> str:
        made = services.save_zone(row, at=timezone.now(), actor=request.user, **said)
        return reverse("shipments:zone", args=[made.pk])

    names = ("code", "name", "goods", "capacity", "dwell_hours", "is_active")
    first = {name: getattr(row, name) for name in names} | {"site": row.site.code} if row else {}
    form = forms.ZoneForm(request.POST or None, sites=acting_sites(request.access),
                          initial=first or None)  # fmt: skip
    return make_page(request, form, save, title=str(row) if row else _("New zone"),
                     submit=_("Save"), back=reverse("shipments:zones"))  # fmt: skip


@allow("warehouse", GET="read", POST="change")
def zone_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what lies in a zone, the longest first; put parcels in by scanning (WHS-03)."""
    rows = warehouse.zones_for(request.access, now=timezone.now())
    row: Any = get_object_or_404(rows, pk=pk)
    lying = [
        Cell(f"{stay.parcel.waybill} · " + _("since") + f" {moment(stay.put_at)}",
             reverse("shipments:parcel", args=[stay.parcel.waybill]))
        for stay in warehouse.stays_in(row)[:200]
    ]  # fmt: skip

    def put(said: dict[str, Any]) -> None:
        answers = services.put_in_zone(
            row, waybills=said["numbers"], at=timezone.now(), actor=request.user
        )
        for number, words in list(answers.items())[:20]:
            messages.info(request, f"{number}: {words}")

    can = may(request.user, "warehouse", "change")
    edit_url = reverse("shipments:zone_edit", args=[row.pk])
    own = [(_("Zone"), [Cell(_("Change the zone"), edit_url)])]
    deeds = [Deed("put", _("Put parcels in"), forms.PutForm, put)]
    record = Record(
        title=str(row), back=reverse("shipments:zones"), back_label=_("Warehouse"),
        facts=[(_("Site"), row.site), (_("What lies here"), row.goods or None),
               (_("Inside"), f"{row.inside} / {row.capacity}"),
               (_("Looked at after hours"), row.dwell_hours),
               (_("Mean stay, 30 days"), duration(row.dwell) if row.dwell else None)],
        lines=[(_("Lies here"), lying), *(own if can else [])],
        deeds=deeds if row.is_active and can else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("warehouse", GET="read")
def dwell_page(request: HttpRequest) -> HttpResponse:
    """List parcels that lie longer than their zone allows (WHS-08)."""
    rows = warehouse.long_stays(request.access, now=timezone.now())
    found = listed(request, rows, order=("put_at", "id"))
    now = timezone.now()
    heads = [_("Parcel"), _("Zone"), _("Site"), _("since"), _("Lies for"), _("Last look")]
    table = Table(
        _("Dwell check"), heads,
        ([Cell(one.parcel.waybill, reverse("shipments:dwell_one", args=[one.pk])),
          Cell(str(one.zone)), Cell(one.zone.site), Cell(moment(one.put_at)),
          Cell(duration(now - one.put_at), badge="warn"), Cell(one.look or None)]
         for one in found),
        page=found, export="warehouse", icon="clock",
        empty=_("No parcel lies too long"),
        hint=_("A parcel that stays longer than its zone allows is looked at and written down"),
    )  # fmt: skip
    return table_page(request, table)


@allow("warehouse", GET="read", POST="change")
def dwell_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one stay; write down what was found."""
    rows = ZoneStay.objects.filter(request.access.rows(site="zone__site_id"))
    row = get_object_or_404(rows.select_related("parcel", "zone__site"), pk=pk)
    look = Deed("look", _("Looked at"), forms.LookForm,
                lambda said: services.look_at_stay(row, at=timezone.now(), actor=request.user,
                                                   **said))  # fmt: skip
    record = Record(
        title=row.parcel.waybill, back=reverse("shipments:dwell"), back_label=_("Dwell check"),
        facts=[(_("Zone"), row.zone), (_("Site"), row.zone.site), (_("since"), moment(row.put_at)),
               (_("Last look"), f"{moment(row.looked_at)} · {row.look}" if row.look else None)],
        lines=[(_("Parcel"), [Cell(row.parcel.waybill,
                                   reverse("shipments:parcel", args=[row.parcel.waybill]))])],
        deeds=[look] if row.left_at is None and may(request.user, "warehouse", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("warehouse", GET="read")
def arrivals_page(request: HttpRequest) -> HttpResponse:
    """List arrivals: expected, counted, difference (WHS-01)."""
    found = listed(request, warehouse.arrivals_for(request.access), order=("-arrived_at", "-id"))
    heads = [_("Trip"), _("From"), _("To"), _("Arrived"), _("Expected") + "#", _("Counted") + "#",
             _("Difference"), _("Counted by")]  # fmt: skip
    table = Table(
        _("Arrivals"), heads, map(_arrival_row, found), page=found, export="warehouse",
        icon="truck", empty=_("No trip has arrived yet"),
        hint=_("Each arrival is counted against its list, and the number is confirmed"),
    )  # fmt: skip
    return table_page(request, table)


def _arrival_row(trip: Any) -> list[Cell]:
    count = next(iter(trip.counts.all()), None)
    if count is None:
        told, badge = _("to be counted"), "warn"
    else:
        told, badge = f"{count.difference:+d}" if count.difference else "0", "good"
        badge = "bad" if count.difference else "good"
    return [
        Cell(trip.number, reverse("shipments:arrival", args=[trip.number])), Cell(trip.origin),
        Cell(trip.destination), Cell(moment(trip.arrived_at)),
        Cell(trip.expected, is_number=True),
        Cell(count.counted if count else "—", is_number=True), Cell(told, badge=badge),
        Cell(count.by if count else None),
    ]  # fmt: skip


@allow("warehouse", GET="read", POST="change")
def arrival_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one arrival; confirm the count."""
    row: Any = get_object_or_404(warehouse.arrivals_for(request.access), number=number)
    counts = [
        Cell(f"{moment(one.at)} · {one.counted} / {one.expected} · {one.note} · {one.by}",
             badge="bad" if one.difference else "good")
        for one in row.counts.all()
    ]  # fmt: skip
    confirm = Deed(
        "count", _("Confirm the count"), partial(forms.ArrivalForm, initial={"counted": None}),
        partial(_count, request, row),
    )  # fmt: skip
    record = Record(
        title=row.number, back=reverse("shipments:arrivals"), back_label=_("Arrivals"),
        facts=[(_("From"), row.origin), (_("To"), row.destination),
               (_("Arrived"), moment(row.arrived_at)), (_("Expected"), row.expected)],
        lines=[(_("Counts"), counts),
               (_("Trip"), [Cell(row.number, reverse("shipments:trip", args=[row.number]))])],
        deeds=[confirm] if may(request.user, "warehouse", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


def _count(request: HttpRequest, trip: Trip, said: dict[str, Any]) -> None:
    services.count_arrival(
        trip, site=trip.destination, at=timezone.now(), actor=request.user, **said
    )


@allow("network", GET="read")
def damage_page(request: HttpRequest) -> HttpResponse:
    """Show damage by lane and cause, 90 days (SAF-05)."""
    rows = damage.damage_by_lane(request.access, now=timezone.now())
    heads = [_("From"), _("To"), _("Cause of the damage"), _("Parcels") + "#"]
    table = Table(
        _("Damage by lane"), heads,
        ([Cell(one.origin), Cell(one.destination), Cell(one.cause or _("not said")),
          Cell(one.count, is_number=True)] for one in rows[:500]),
        icon="package-off", lead=_("What was found damaged in the last 90 days"),
        empty=_("Nothing was damaged in 90 days"),
        hint=_("Causes come from the reasons couriers and hubs give with the scan"),
    )  # fmt: skip
    return table_page(request, table)
