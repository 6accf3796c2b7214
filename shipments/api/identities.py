"""POST /api/v1/identities/: the document seen at a pickup; only its mask is kept (ACC-02)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api import BadJson
from courierqa.core.api.views import ApiView
from courierqa.core.errors import DomainError
from shipments import services
from shipments.api import proofs
from shipments.api.answers import IDENTITY_RESPONSE
from shipments.api.scans import Sender
from shipments.api.shapes import IDENTITY_REQUEST
from shipments.models import IdentityCheck
from staff.models import Employee

PATH_OF = {"identity_kind": "method", "identity_number": "number"}


class IdentityView(ApiView):
    """Keep kind and masked number, encrypted; the same id again answers with the stored one.

    Body: `id` (UUID), `waybill`, `method` (as in RNV), `number` (one this kind of document can
    have; masked here before anything is stored, or masked already in its full length), `event`
    (UUID of the RNV scan), `captured_at`.
    """

    access = ("scan", {"POST": "create"})

    @extend_schema(request=IDENTITY_REQUEST, responses={201: IDENTITY_RESPONSE})
    def post(self, request: Request) -> Response:
        sent = request.data
        if not isinstance(sent, dict):
            raise BadJson(_("Send one object"))
        sender = Sender(request, timezone.now())
        person = Employee.objects.filter(pk=sender.employee_id).first()
        try:
            row = _record(sent, sender, person)
        except DomainError as error:
            error.field = PATH_OF.get(error.field, error.field)
            raise
        return Response({"id": str(row.uid), "method": row.kind}, status=201)


def _record(sent: dict[str, Any], sender: Sender, person: Employee | None) -> IdentityCheck:
    return services.record_identity(
        uid=proofs.uuid_of(sent, "id"), parcel=proofs.parcel_of(sent, sender),
        kind=proofs.text_of(sent, "method"), number=proofs.text_of(sent, "number"),
        is_verified=True, person=person, at=proofs.moment_of(sent),
        event_uid=proofs.uuid_of(sent, "event"), may_be_masked=True,
    )  # fmt: skip
