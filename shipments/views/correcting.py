"""Putting a scan right: a new event that names the old one; nothing is ever edited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from shipments import enums, selectors, services
from shipments.forms.findings import CorrectForm
from shipments.forms.station import couriers_at
from shipments.models import ScanEvent
from staff.models import Employee, Site

FINAL = frozenset({enums.Code.COR, enums.Code.VOI})


@allow("scan", GET="correct", POST="correct")
def correct_page(request: HttpRequest, waybill: str, uid: Any) -> HttpResponse:
    """Correct a scan or declare it wrong, with the reason why."""
    parcel = get_object_or_404(
        selectors.parcels_for(request.access), waybill=selectors.plain_waybill(waybill)
    )
    rows = ScanEvent.objects.filter(parcel_id=parcel.pk, uid=uid).exclude(code__in=FINAL)
    event = get_object_or_404(rows.order_by("pk")[:1])
    form = CorrectForm(
        request.POST or None, event=event, sites=_sites(request, event),
        couriers=_couriers(request, event), initial=_initial(event),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _carry_out(request, event, form)
        if errors.ok:
            messages.success(request, _("Corrected; the first scan stays visible"))
            return redirect("shipments:parcel", parcel.waybill)
    title = _("Correct: %(scan)s") % {"scan": enums.Code(event.code).label}
    context = {"title": title, "form": form, "parcel": parcel, "event": event}
    return form_page(request, "shipments/scan_correct.html", context)


def _carry_out(request: HttpRequest, event: ScanEvent, form: CorrectForm) -> None:
    now, said = timezone.now(), form.cleaned_data
    services.require_may_correct(request.user, event, now=now)
    employee = getattr(request.user, "employee", None)
    who = {"at": now, "actor": request.user, "person_id": employee.pk if employee else None}
    if said["verb"] == "void":
        services.void_scan(event=event, why=said["why"], **who)
        return
    changes = form.changes(event)
    if not changes:
        raise DomainError(_("Nothing differs from the scan. Change what was wrong"), field="at")
    services.correct_scan(event=event, changes=changes, why=said["why"], **who)


def _sites(request: HttpRequest, event: ScanEvent) -> Any:
    rows = Site.objects.order_by("code")
    if request.access.is_all:
        return rows
    return rows.filter(pk__in={*request.access.sites, event.site_id} - {None})


def _couriers(request: HttpRequest, event: ScanEvent) -> Any:
    here = couriers_at(_sites(request, event)).values("pk")
    return (
        Employee.objects.filter(pk__in=here) | Employee.objects.filter(pk=event.person_id)
    ).order_by("number")


def _initial(event: ScanEvent) -> dict[str, Any]:
    site = Site.objects.filter(pk=event.site_id).first()
    person = Employee.objects.filter(pk=event.person_id).first()
    return {
        "verb": "correct", "at": timezone.localtime(event.effective_at),
        "site": site.code if site else "", "courier": person.number if person else "",
        "reason": event.reason, "way": event.detail.get("way", ""),
        "signer": event.detail.get("signer", ""),
    }  # fmt: skip
