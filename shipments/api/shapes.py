"""The shapes of bodies for the OpenAPI description; the hot path validates with msgspec."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

from shipments import enums

_POSITION = inline_serializer(
    "Position",
    {
        "lat": s.FloatField(required=False),
        "lon": s.FloatField(required=False),
        "accuracy_m": s.FloatField(required=False),
    },
    required=False,
)
_EVENT = inline_serializer(
    "ScanEvent",
    {
        "id": s.UUIDField(),
        "waybill": s.CharField(max_length=60),
        "code": s.ChoiceField(enums.Code.choices),
        "reason": s.CharField(required=False, max_length=30),
        "happened_at": s.DateTimeField(help_text="ISO 8601 with offset"),
        "site": s.CharField(required=False, max_length=60),
        "person": s.CharField(required=False, max_length=60),
        "device": s.CharField(required=False, max_length=60),
        "position": _POSITION,
        "corrects": s.UUIDField(required=False),
        "detail": s.DictField(required=False),
    },
    many=True,
)
BATCH_REQUEST = inline_serializer("ScanBatch", {"events": _EVENT})
_ANSWER = inline_serializer(
    "ScanAnswer",
    {
        "id": s.CharField(),
        "result": s.ChoiceField(enums.ScanResult.choices),
        "code": s.CharField(),
        "detail": s.CharField(),
    },
    many=True,
)
BATCH_RESPONSE = inline_serializer("ScanAnswers", {"results": _ANSWER})
PROOF_REQUEST = inline_serializer(
    "ProofRequest",
    {
        "id": s.UUIDField(),
        "waybill": s.CharField(),
        "event": s.UUIDField(),
        "kind": s.ChoiceField(enums.ProofKind.choices),
        "captured_at": s.DateTimeField(),
        "file": s.FileField(required=False, help_text="multipart only"),
        "content": s.CharField(required=False, help_text="base64, JSON only"),
        "strokes": s.ListField(required=False),
        "code": s.CharField(required=False),
    },
)
PROOF_RESPONSE = inline_serializer(
    "ProofAnswer",
    {
        "id": s.UUIDField(),
        "sha256": s.CharField(help_text="of the evidence as kept"),
        "event": s.UUIDField(),
        "received_sha256": s.CharField(help_text="of picture, strokes and code as sent"),
    },
)
OPEN = inline_serializer("Open", {"any": s.DictField(required=False)})
