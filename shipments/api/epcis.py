"""EPCIS 2.0: GET the events of a parcel, POST a document of events."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core import audit
from courierqa.core.api import StrictJSONParser
from courierqa.core.api.parsing import TooLarge
from courierqa.core.api.views import ApiView
from shipments import epcis, selectors
from shipments.api.scans import Sender
from shipments.api.shapes import EPCIS_ANSWER, EPCIS_DOCUMENT
from shipments.scan_reading import MAX_EVENTS

LINKED = "application/ld+json"


class LinkedParser(StrictJSONParser):
    """The same strict JSON under the name the standard uses."""

    media_type = LINKED


class LinkedRenderer(JSONRenderer):
    """JSON under the name the standard uses."""

    media_type = LINKED
    format = "jsonld"


class ParcelEvents(ApiView):
    """The events of one parcel as an EPCIS 2.0 document, without people."""

    access = ("parcel", {"GET": "read"})
    renderer_classes = [JSONRenderer, LinkedRenderer]

    @extend_schema(responses=EPCIS_DOCUMENT, operation_id="parcel_epcis", tags=["epcis"])
    def get(self, request: Request, waybill: str) -> Response:
        rows = selectors.parcels_for(request.access)  # type: ignore[attr-defined]
        parcel = rows.filter(waybill=selectors.plain_waybill(waybill)).first()
        if parcel is None:
            raise Http404
        now = timezone.now()
        audit.record("epcis.export", parcel, actor=request.user, at=now, request=request._request)
        return Response(epcis.document([parcel.waybill], at=now))


class Capture(ApiView):
    """Takes a document of 1 to 200 events; one answer per parcel of each event."""

    access = ("scan", {"POST": "create"})
    parser_classes: list[type[BaseParser]] = [StrictJSONParser, LinkedParser]

    @extend_schema(
        request=EPCIS_DOCUMENT, responses=EPCIS_ANSWER, operation_id="epcis_capture",
        tags=["epcis"],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        now = timezone.now()
        told = epcis.read_document(request.data)
        if len(told) > MAX_EVENTS:
            raise TooLarge(_("Send 1 to 200 events"))
        taken = epcis.take(told, now=now, access=Sender(request, now).access)
        return Response({"results": [_shape(one) for one in taken]})


def _shape(one: Any) -> dict[str, Any]:
    shape = {
        "event": one.event_id, "waybill": one.waybill, "result": one.result, "code": one.code,
        "detail": one.detail,
    }  # fmt: skip
    return {**shape, "field": one.field} if one.field else shape
