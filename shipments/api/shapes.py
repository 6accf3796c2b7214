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
        "mock": s.BooleanField(required=False),
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
        "device_recorded_at": s.DateTimeField(required=False),
        "read_point": s.CharField(required=False, max_length=40),
        "audience": s.ChoiceField(enums.Audience.choices, required=False),
        "batch": s.UUIDField(required=False),
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
        "id": s.CharField(allow_null=True),
        "result": s.ChoiceField(enums.ScanResult.choices),
        "code": s.CharField(),
        "detail": s.CharField(),
        "field": s.CharField(required=False, help_text="of a rejected event: what must change"),
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
EPCIS_DOCUMENT = inline_serializer(
    "EpcisDocument",
    {
        "@context": s.JSONField(),
        "type": s.ChoiceField(["EPCISDocument"]),
        "schemaVersion": s.CharField(),
        "creationDate": s.DateTimeField(),
        "epcisBody": inline_serializer(
            "EpcisBody", {"eventList": s.ListField(child=s.DictField(), min_length=1)}
        ),
    },
)
EPCIS_ANSWER = inline_serializer(
    "EpcisAnswers",
    {
        "results": inline_serializer(
            "EpcisAnswer",
            {
                "event": s.CharField(),
                "waybill": s.CharField(),
                "result": s.ChoiceField(enums.ScanResult.choices),
                "code": s.CharField(),
                "detail": s.CharField(),
                "field": s.CharField(required=False),
            },
            many=True,
        )
    },
)

_PARTY = {
    "name": s.CharField(max_length=40),
    "phone": s.CharField(max_length=30),
    "address": s.CharField(max_length=200),
}
_ITEM = {
    "kind": s.ChoiceField(enums.ItemKind.choices),
    "name": s.CharField(max_length=100),
    "pieces": s.IntegerField(required=False, min_value=1),
    "weight_g": s.IntegerField(required=False, min_value=1),
    "length_cm": s.IntegerField(required=False),
    "width_cm": s.IntegerField(required=False),
    "height_cm": s.IntegerField(required=False),
    "marks": s.ListField(child=s.ChoiceField(enums.Mark.choices), required=False),
}
ORDER_REQUEST = inline_serializer(
    "OrderRequest",
    {
        "product": s.CharField(help_text="code of the product"),
        "origin": s.CharField(help_text="code of the pickup site"),
        "destination": s.CharField(help_text="code of the delivery site"),
        "sender": inline_serializer("OrderSender", dict(_PARTY)),
        "recipient": inline_serializer("OrderRecipient", dict(_PARTY)),
        "item": inline_serializer("OrderItem", _ITEM),
        "cod_fen": s.IntegerField(required=False),
        "declared_value_fen": s.IntegerField(required=False),
        "insured": s.BooleanField(required=False),
        "door_pickup": s.BooleanField(required=False),
        "door_delivery": s.BooleanField(required=False),
        "window": inline_serializer(
            "OrderWindow", {"start": s.DateTimeField(), "end": s.DateTimeField()}, required=False
        ),
        "terms_version": s.CharField(help_text="version of the terms the sender agreed to"),
    },
)
IDENTITY_REQUEST = inline_serializer(
    "IdentityRequest",
    {
        "id": s.UUIDField(),
        "waybill": s.CharField(max_length=60),
        "method": s.ChoiceField(enums.IdentityKind.choices),
        "number": s.CharField(max_length=60, required=False),
        "event": s.UUIDField(),
        "captured_at": s.DateTimeField(),
    },
)
