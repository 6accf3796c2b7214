"""POST /api/v1/proofs/: evidence for an event, before or after the event itself arrives."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api import BadJson, StrictJSONParser
from courierqa.core.api.views import ApiView
from shipments import selectors, services
from shipments.api.scans import Sender
from shipments.api.shapes import PROOF_REQUEST, PROOF_RESPONSE
from shipments.models import Parcel
from shipments.services.proving import MAX_BYTES


class ProofView(ApiView):
    """Stores one proof; the same id again answers with the stored one."""

    access = ("scan", {"POST": "create"})
    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(request=PROOF_REQUEST, responses=PROOF_RESPONSE)
    def post(self, request: Request) -> Response:
        now = timezone.now()
        sent = request.data
        if not isinstance(sent, dict):
            raise BadJson(_("Send one object"))
        sender = Sender(request, now)
        content = _content(sent)
        proof = services.store_proof(
            uid=uuid_of(sent, "id"), parcel=parcel_of(sent, sender),
            event_uid=uuid_of(sent, "event"),
            kind=text_of(sent, "kind"), captured_at=moment_of(sent), received_at=now,
            content=content, strokes=_strokes(sent), code=text_of(sent, "code"),
            received_sha256=received_hash(sent, content), person_id=sender.employee_id,
            actor=request.user,
        )  # fmt: skip
        answer = {
            "id": str(proof.uid), "sha256": proof.sha256, "event": str(proof.event_uid),
            "received_sha256": proof.received_sha256,
        }  # fmt: skip
        return Response(answer, status=201)


def received_hash(sent: Any, content: bytes) -> str:
    """Return the SHA-256 of picture, strokes and code as they were sent, one after the other."""
    strokes = sent.get("strokes") or ""
    text = strokes if isinstance(strokes, str) else json.dumps(strokes, separators=(",", ":"))
    return hashlib.sha256(
        content + text.encode() + str(sent.get("code") or "").encode()
    ).hexdigest()


def text_of(sent: Any, name: str, limit: int = 60) -> str:
    """Return a text of the body, "" when it is not there."""
    value = sent.get(name, "")
    if not isinstance(value, str) or len(value) > limit:
        raise services.BadProof(_("This is not a text"), field=name)
    return value


def uuid_of(sent: Any, name: str) -> UUID:
    """Return an id of the body."""
    try:
        return UUID(text_of(sent, name))
    except ValueError as error:
        raise services.BadProof(_("Send a UUID"), code="required", field=name) from error


def moment_of(sent: Any) -> datetime:
    """Return when it was captured, with its zone."""
    try:
        at = datetime.fromisoformat(text_of(sent, "captured_at"))
        if at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        text = _("Send the time with its zone")
        raise services.BadProof(text, code="required", field="captured_at") from error


def parcel_of(sent: Any, sender: Sender) -> Parcel:
    """Return the parcel if it is the sender's own or of a site of theirs; else 404."""
    rows = Parcel.objects.filter(waybill=selectors.plain_waybill(text_of(sent, "waybill")))
    if not sender.access.is_all:
        near = Q(origin__in=sender.access.sites) | Q(destination__in=sender.access.sites)
        own = Q(pk__in=selectors.parcels_for(sender.access).values("pk"))
        rows = rows.filter(near | own)
    parcel = rows.first()
    if parcel is None:
        raise Http404
    return parcel


def _content(sent: Any) -> bytes:
    upload = sent.get("file")
    if upload is not None and hasattr(upload, "read"):
        return upload.read(MAX_BYTES + 1)
    coded = text_of(sent, "content", limit=MAX_BYTES * 2)
    try:
        return base64.b64decode(coded.partition(",")[2] or coded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise services.BadProof(_("The picture is not base64"), field="content") from error


def _strokes(sent: Any) -> Any:
    strokes = sent.get("strokes")
    if isinstance(strokes, str) and strokes:
        try:
            return json.loads(strokes)
        except (ValueError, RecursionError) as error:
            text = _("The signature cannot be read")
            raise services.BadProof(text, field="strokes") from error
    return strokes or None
