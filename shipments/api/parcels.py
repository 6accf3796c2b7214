"""GET /api/v1/parcels/<waybill>/."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api.views import ApiView
from courierqa.core.privacy import mask_address, mask_name, mask_phone
from shipments import selectors
from shipments.api.answers import PARCEL_RESPONSE
from shipments.models import Parcel


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

    @extend_schema(responses=PARCEL_RESPONSE, operation_id="parcel")
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
