"""POST /api/v1/trips/<number>/positions/: where a vehicle was, sent by its device (TIM-05)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api import BadJson
from courierqa.core.api.refusing import refusal
from courierqa.core.api.views import ApiView
from shipments import selectors, services
from shipments.api.answers import POSITIONS_REQUEST, POSITIONS_RESPONSE
from shipments.services.routing import Point


class PointItem(msgspec.Struct, forbid_unknown_fields=True):
    """One point as sent."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    lat: float
    lon: float
    speed_kmh: float | None = None


class PointBatch(msgspec.Struct, forbid_unknown_fields=True):
    """The body."""

    points: Annotated[list[PointItem], msgspec.Meta(min_length=1, max_length=1000)]


class TripPositionsView(ApiView):
    """Takes position points of a trip; the same moment twice is one point."""

    access = ("trip", {"POST": "track"})

    @extend_schema(request=POSITIONS_REQUEST, responses=POSITIONS_RESPONSE)
    def post(self, request: Request, number: str) -> Response:
        rows = selectors.trips_for(request.access)  # type: ignore[attr-defined]
        trip = rows.filter(number=number).first()
        if trip is None:
            raise Http404
        try:
            sent = msgspec.convert(request.data, PointBatch)
            points = [
                Point(item.at.astimezone(UTC), item.lat, item.lon, item.speed_kmh)
                for item in sent.points
            ]
        except msgspec.ValidationError as error:
            raise refusal(error) from error
        except OverflowError as error:
            raise BadJson(_("The time is out of range"), field="points") from error
        new = services.note_positions(trip=trip, points=points, at=timezone.now())
        return Response({"new": new, "received": len(points)})
