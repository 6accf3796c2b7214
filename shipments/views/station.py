"""Scans of a hub or station: arrived, screened, sorted, bagged, left, loaded, damaged."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import services
from shipments.forms.station import StationForm
from shipments.models import Bag
from shipments.services.stationing import Deed, Told
from shipments.views.places import acting_sites, person_of

PAGE = "shipments/station.html"
KEPT = ("code", "site", "courier", "mode", "check", "next", "by", "machine", "bag")


@allow("scan", GET="create", POST="create")
def station_page(request: HttpRequest) -> HttpResponse:
    """Take one deed for many parcels; each number gets its own answer."""
    sites = acting_sites(request.access)
    form = StationForm(
        request.POST or None, request.FILES or None, sites=sites, initial=_initial(request)
    )
    context = {"title": _("Station scans"), "form": form, "answers": [], "key": uuid4()}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, PAGE, context)
    errors = FieldErrors(form)
    with errors:
        context["answers"] = _record(request, form.cleaned_data, timezone.now())
    if not errors.ok:
        return form_page(request, PAGE, context)
    again = {name: request.POST.get(name) for name in KEPT}
    context |= {"form": StationForm(sites=sites, initial=again), "was": form.cleaned_data["code"],
                "site": form.cleaned_data["site"]}  # fmt: skip
    return render(request, PAGE, context)


def _initial(request: HttpRequest) -> dict[str, str]:
    names = ("code", "site", "waybills", "bag")
    return {name: request.GET[name][:8000] for name in names if name in request.GET}


def _record(request: HttpRequest, said: dict[str, Any], now: datetime) -> list[Told]:
    if said["code"] == "BAG":
        return _into_bag(request, said, now)
    photo = said.get("photo")
    deed = Deed(
        code=said["code"], site=said["site"], key=_key(request), detail=_detail(said),
        person=said["courier"] if said["code"] == "OFD" else person_of(request),
        photo=photo.read() if photo and said["code"] == "DMG" else b"",
    )  # fmt: skip
    return services.record_deed(
        deed=deed, numbers=said["waybills"], at=now, actor=request.user
    )  # fmt: skip


def _key(request: HttpRequest) -> UUID:
    """The form's own id: a second press of the button is the same deed."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _detail(said: dict[str, Any]) -> dict[str, Any]:
    code = said["code"]
    detail: dict[str, Any] = {}
    if code == "XRY":
        detail = {"result": said["result"], "machine": said["machine"]}
    elif code == "DEP":
        detail = {"mode": said["mode"] or "road", "check": said["check"]}
    elif code == "SRT":
        detail = {"next": said["next"].code if said["next"] else "", "by": said["by"] or "hand"}
    elif code == "DMG":
        detail = {"stage": "hub", "confirmed": False, "why": said["why"]}
    if said["seal"] and code in ("ARR", "AST", "SRT", "DEP"):
        detail |= {"seal": said["seal"], "resealed": said["resealed"]}
    return {name: value for name, value in detail.items() if value != ""}


def _into_bag(request: HttpRequest, said: dict[str, Any], now: datetime) -> list[Told]:
    bag = Bag.objects.filter(number=said["bag"], origin=said["site"]).first()
    if bag is None:
        raise services.NoBag(_("There is no such bag at this site"), field="bag")
    refused = services.put_into_bag(
        bag=bag, waybills=said["waybills"], at=now, person=person_of(request), actor=request.user
    )
    return [
        Told(number, good=number not in refused, words=refused.get(number) or _("In the bag"))
        for number in said["waybills"]
    ]
