"""A customer complains at the door: the courier writes it down on the phone (CMP-20)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

import shipments.selectors
from complaints import selectors, services
from complaints.enums import Channel
from complaints.forms import CourierCaseForm
from complaints.models import Case
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors

SHOWN, HELD = 20, 60


@allow("case", GET="report", POST="report")
def courier_case(request: StaffRequest) -> HttpResponse:
    """Take down a complaint about a parcel of the own round; a service agent answers it."""
    parcels = shipments.selectors.parcels_for(request.access)
    start = {"key": uuid.uuid4(), "waybill": request.GET.get("waybill", "")[:40]}
    form = CourierCaseForm(request.POST or None, initial=start, parcels=parcels)
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        with errors:
            case = _open(form, request)
        if errors.ok:
            said = _("Registered as %(number)s. Tell the customer the number")
            messages.success(request, said % {"number": case.number})
            return redirect("complaints:courier_case")
    rows = Case.objects.filter(first_responder=request.user, channel=Channel.COURIER)
    context = {
        "title": _("Customer complains"), "form": form, "groups": selectors.reason_groups(),
        "held": parcels.order_by("-last_event_at", "-pk")[:HELD],
        "rows": rows.select_related("reason", "owner").order_by("-pk")[:SHOWN],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "complaints/m_case.html", context, status=status)


def _open(form: CourierCaseForm, request: StaffRequest) -> Case:
    said = form.cleaned_data
    parcel = said["waybill"]
    intake = services.Intake(
        key=f"courier-{said['key']}", reason=said["reason"], channel=Channel.COURIER,
        words=said["words"], parcel=parcel, waybill=parcel.waybill,
        phone=said["phone"] or parcel.recipient_phone, name=parcel.recipient_name,
        reported_by=request.user,
    )  # fmt: skip
    return services.open_case(intake, by=None, at=timezone.now())
