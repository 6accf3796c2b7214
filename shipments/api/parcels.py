"""GET /api/v1/parcels/<waybill>/ and /api/v1/round/."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core import audit
from courierqa.core.api.views import ApiView
from courierqa.core.privacy import mask_address, mask_name, mask_phone
from shipments import selectors
from shipments.api.shapes import OPEN
from shipments.models import Parcel, Reason
from staff.models import local


def party(parcel: Parcel, who: str) -> dict[str, str]:
    """Return one party masked."""
    return {
        "name": mask_name(getattr(parcel, f"{who}_name")),
        "phone": mask_phone(getattr(parcel, f"{who}_phone")),
        "address": mask_address(getattr(parcel, f"{who}_address")),
    }


class ParcelView(ApiView):
    """One parcel with its timeline, masked."""

    access = ("parcel", {"GET": "read"})

    @extend_schema(responses=OPEN)
    def get(self, request: Request, waybill: str) -> Response:
        rows = selectors.parcels_for(request.access)  # type: ignore[attr-defined]
        rows = rows.select_related("product", "origin", "destination", "last_site")
        parcel = rows.filter(waybill=selectors.plain_waybill(waybill)).first()
        if parcel is None:
            raise Http404
        return Response(shape(parcel))


def shape(parcel: Parcel) -> dict[str, Any]:
    """Return the parcel as programs see it."""
    return {
        "waybill": parcel.waybill,
        "product": parcel.product.code,
        "state": parcel.state,
        "conditions": parcel.conditions,
        "origin": parcel.origin.code,
        "destination": parcel.destination.code,
        "last_site": parcel.last_site.code if parcel.last_site else None,
        "accepted_at": parcel.accepted_at,
        "promised_original": parcel.promised_original,
        "promised_by": parcel.promised_by,
        "done_at": parcel.done_at,
        "sender": party(parcel, "sender"),
        "recipient": party(parcel, "recipient"),
        "events": [
            {
                "id": str(line.uid), "code": line.code, "label": line.label, "at": line.at,
                "happened_at": line.device_at, "recorded_at": line.server_at, "site": line.site,
                "voided": line.is_void,
            }
            for line in selectors.timeline(parcel)
        ],
    }  # fmt: skip


class RoundView(ApiView):
    """The courier's own list for the phone's cache; that it was shown in clear is logged."""

    access = ("round", {"GET": "read"})

    @extend_schema(responses=OPEN)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        employee_id = request.access.employee_id  # type: ignore[attr-defined]
        parcels = list(selectors.round_parcels(employee_id)) if employee_id else []
        if parcels:
            shown = ["name", "phone", "address", *(parcel.waybill for parcel in parcels)]
            audit.record(
                "round.read", request.user.employee, actor=request.user, at=now, fields=shown,
                reason="own round", request=request._request,
            )  # fmt: skip
        response = Response(
            {
                "as_of": now,
                "me": _me(request.user),
                "items": selectors.round_items(parcels, now=now),
                "reasons": [_reason(row) for row in Reason.objects.filter(is_active=True)],
                "prohibited": [
                    {"term": row.term, "term_en": row.term_en, "rule": local(row, "rule")}
                    for row in selectors.current_goods().filter(kind="prohibited").order_by("pk")
                ],
            }
        )
        response["Cache-Control"] = "no-store"
        return response


def _me(user: Any) -> dict[str, str]:
    """Return whose list this is: the phone keeps captures under this number."""
    employee = getattr(user, "employee", None)
    site = employee.site if employee else None
    return {
        "number": employee.number if employee else user.username,
        "name": str(user),
        "site": site.code if site else "",
        "site_name": str(site) if site else "",
    }


def _reason(row: Reason) -> dict[str, Any]:
    return {
        "code": row.code, "scan_code": row.scan_code, "name": str(row), "party": row.party,
        "needs_photo": row.needs_photo, "needs_call": row.needs_call,
    }  # fmt: skip
