"""GET /api/v1/round/ and /api/v1/round/<waybill>/: what the courier's phone keeps and asks."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core import audit
from courierqa.core.api.views import ApiView
from shipments import selectors
from shipments.api.answers import ROUND_PARCEL_RESPONSE, ROUND_RESPONSE
from shipments.api.scans import Sender
from shipments.models import Reason
from staff.models import local


class RoundView(ApiView):
    """The courier's own list for the phone's cache; that it was shown in clear is logged."""

    access = ("round", {"GET": "read"})

    @extend_schema(responses=ROUND_RESPONSE, operation_id="round")
    def get(self, request: Request) -> Response:
        now = timezone.now()
        employee_id = request.access.employee_id  # type: ignore[attr-defined]
        parcels = list(selectors.round_parcels(employee_id)) if employee_id else []
        day = (
            selectors.round_day(employee_id, now=now) if employee_id else selectors.RoundDay({}, 0)
        )
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
                "counts": day.counts,
                "items": selectors.round_items(parcels, day=day, now=now),
                "reasons": [_reason(row) for row in Reason.objects.filter(is_active=True)],
                "prohibited": [
                    {"term": row.term, "term_en": row.term_en, "rule": local(row, "rule")}
                    for row in selectors.current_goods().filter(kind="prohibited").order_by("pk")
                ],
                "instruments": _instruments(request.user),
            }
        )
        response["Cache-Control"] = "no-store"
        return response


class RoundParcelView(ApiView):
    """Whose parcel this is, before it is delivered by mistake: no name, no address of anybody
    outside the company. A parcel of other sites answers like one that does not exist."""

    access = ("round", {"GET": "read"})

    @extend_schema(responses=ROUND_PARCEL_RESPONSE, operation_id="round_parcel")
    def get(self, request: Request, waybill: str) -> Response:
        sender = Sender(request, timezone.now())
        sites = sender.access.sites | ({sender.site_id} if sender.site_id else set())
        found = selectors.whose_parcel(
            sender.access, selectors.plain_waybill(waybill), sites=frozenset(sites)
        )
        if found is None:
            raise Http404
        parcel, holder = found.parcel, found.holder
        response = Response(
            {
                "waybill": parcel.waybill,
                "kind": found.kind,
                "state": parcel.state,
                "state_name": parcel.get_state_display(),
                "mine": found.is_mine,
                "holder": {"number": holder.number, "name": str(holder)} if holder else None,
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
        "site_phone": site.phone if site else "",
    }


def _instruments(user: Any) -> list[dict[str, Any]]:
    """Return what the courier's site weighs with; the phone lets nobody choose what is out of date.

    Those are sent as well: a courier has to see why the usual scale cannot be taken (VEH-08).
    """
    employee = getattr(user, "employee", None)
    if employee is None or employee.site_id is None:
        return []
    rows = selectors.scales_of(employee.site_id)
    return list(rows.values("code", "name", "calibrated_on", "valid_until"))


def _reason(row: Reason) -> dict[str, Any]:
    """Return a reason with what it asks for and, where the catalogue says so, what may follow."""
    return {
        "code": row.code, "scan_code": row.scan_code, "name": str(row), "party": row.party,
        "needs_photo": row.needs_photo, "needs_call": row.needs_call,
        "may_excuse": row.may_excuse, "next_steps": row.next_steps,
    }  # fmt: skip
