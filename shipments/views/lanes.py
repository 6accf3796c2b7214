"""Lanes: the list, the key lanes watched apart, one lane with plan beside actual, its editing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow
from courierqa.core.context import address_of
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.network import LaneForm, LinkFormSet, site_choices
from shipments.models import Lane
from shipments.network_enums import Mode
from shipments.services.lanes import LanePlan, Link, limit_minutes
from shipments.views.places import MAX_ROWS, csv_file

WINDOW = timedelta(days=30)
EMPTY_LINKS = 8


@allow("network", GET="read")
def lanes_page(request: HttpRequest) -> HttpResponse:
    """List lanes with their limit and their on-time share of 30 days."""
    now = timezone.now()
    rows = selectors.lanes_for(request.access)
    if origin := request.GET.get("from", ""):
        rows = rows.filter(origin__code=origin)
    if request.GET.get("mode") in Mode.values:
        rows = rows.filter(mode=request.GET["mode"])
    if request.GET.get("format") == "csv":
        return _file(request, rows, now)
    page = page_of(rows, request.GET, order=("id",))
    lines = _with_figures(list(page), now)
    origins = selectors.lanes_for(request.access).order_by("origin__code")
    context = {
        "title": _("Lanes"), "page": page, "lines": lines, "modes": Mode.choices,
        "origins": origins.values_list("origin__code", "origin__name").distinct(),
        "asked": request.GET,
    }  # fmt: skip
    return render(request, "shipments/lanes.html", context)


def _with_figures(lanes: list[Lane], now: datetime) -> list[dict[str, Any]]:
    ids = [lane.pk for lane in lanes]
    this = selectors.lanes_on_time(ids, since=now - WINDOW, until=now)
    before = selectors.lanes_on_time(ids, since=now - 2 * WINDOW, until=now - WINDOW)
    return [
        {"lane": lane, "this": this.get(lane.pk), "before": before.get(lane.pk),
         "limit": _limit(lane)}
        for lane in lanes
    ]  # fmt: skip


def _limit(lane: Lane) -> float | None:
    """Return the lane's limit in hours."""
    minutes = limit_minutes(lane.promise_hours, lane.product)
    return minutes / 60 if minutes else None


def _file(request: HttpRequest, rows: Any, now: datetime) -> HttpResponse:
    head = (pgettext("place", "From"), pgettext("place", "To"), _("Travels by"), _("Key lane"),
            _("Limit, hours"), _("Links"), _("On time"), _("Due"))  # fmt: skip
    lines = _with_figures(list(rows.order_by("pk")[:MAX_ROWS]), now)
    cells = (
        (one["lane"].origin.code, one["lane"].destination.code, one["lane"].get_mode_display(),
         _("Yes") if one["lane"].is_key else _("No"), one["limit"], one["lane"].links,
         one["this"].hits if one["this"] else 0, one["this"].total if one["this"] else 0)
        for one in lines
    )  # fmt: skip
    return csv_file(request, "lanes", head, cells)


@allow("network", GET="read")
def key_lanes_page(request: HttpRequest) -> HttpResponse:
    """Watch the key lanes apart: on time now and before, and complaints about delay (TIM-14)."""
    now = timezone.now()
    rows = selectors.lanes_for(request.access).filter(is_key=True).order_by("pk")[:200]
    lines = _with_figures(list(rows), now)
    lines.sort(key=lambda one: one["this"].value if one["this"] else 2.0)
    context = {
        "title": _("Key lanes"), "lines": lines,
        "complaints_url": address_of("complaints:lane_delays"),
    }  # fmt: skip
    return render(request, "shipments/lanes_key.html", context)


@allow("network", GET="read")
def lane_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one lane: each link's limit beside what happened, and every change of the standard."""
    lane = get_object_or_404(selectors.lanes_for(request.access), pk=pk)
    now = timezone.now()
    (line,) = _with_figures([lane], now)
    context = {
        "title": str(lane), "line": line, "lane": lane,
        "links": selectors.link_lines(lane, now=now),
        "changes": lane.changes.select_related("by").order_by("-pk")[:20],
    }  # fmt: skip
    return render(request, "shipments/lane.html", context)


@allow("network", GET="change", POST="change")
def lane_new_page(request: HttpRequest) -> HttpResponse:
    """Plan a way between two sites."""
    return _edit(request, None)


@allow("network", GET="change", POST="change")
def lane_edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a lane's standard, with the reason."""
    lane = get_object_or_404(selectors.lanes_for(request.access), pk=pk)
    return _edit(request, lane)


def _edit(request: HttpRequest, lane: Lane | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = LaneForm(sent, is_new=lane is None, initial=_initial(lane))
    links = LinkFormSet(
        sent, initial=_initial_links(lane), prefix="links",
        form_kwargs={"choices": site_choices()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and links.is_valid():
        errors = FieldErrors(form)
        with errors:
            saved = _save(request, lane, form.cleaned_data, links.cleaned_data)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:lane", saved.pk)
    context = {
        "title": str(lane) if lane else _("New lane"), "form": form, "links": links, "lane": lane,
        "back": reverse("shipments:lane", args=[lane.pk]) if lane else reverse("shipments:lanes"),
    }  # fmt: skip
    if request.method == "POST" and not links.is_valid() and not form.errors:
        form.add_error(None, _("Check the links: one of them is not complete"))
    return form_page(request, "shipments/lane_edit.html", context)


def _save(
    request: HttpRequest, lane: Lane | None, said: dict[str, Any], rows: list[dict[str, Any]]
) -> Lane:
    links = tuple(
        Link(row["code"], row["site"], round(row["hours"] * 60)) for row in rows if row.get("code")
    )
    plan = LanePlan(
        mode=said["mode"], is_key=said["is_key"], promise_hours=said["promise_hours"],
        product=said["product"], links=links,
    )  # fmt: skip
    how = {"plan": plan, "reason": said["reason"], "at": timezone.now(), "actor": request.user}
    if lane is not None:
        return services.save_lane(lane=lane, **how)
    return services.create_lane(origin=said["origin"], destination=said["destination"], **how)


def _initial(lane: Lane | None) -> dict[str, Any]:
    if lane is None:
        return {"mode": Mode.ROAD, "product": "standard"}
    return {
        "mode": lane.mode, "promise_hours": lane.promise_hours, "is_key": lane.is_key,
        "product": lane.product.code if lane.product else "",
    }  # fmt: skip


def _initial_links(lane: Lane | None) -> list[dict[str, Any]]:
    rows, before = [], 0
    for leg in lane.legs.select_related("site") if lane else []:
        hours = (leg.limit_minutes - before) / 60
        rows.append({"code": leg.code, "site": leg.site.code, "hours": f"{hours:g}"})
        before = leg.limit_minutes
    return [*rows, *({} for _place in range(max(2, EMPTY_LINKS - len(rows))))][:12]
