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
_PARTY = inline_serializer(
    "MaskedParty", {"name": s.CharField(), "phone": s.CharField(), "address": s.CharField()}
)
PARCEL_RESPONSE = inline_serializer(
    "Parcel",
    {
        "waybill": s.CharField(),
        "product": s.CharField(),
        "state": s.ChoiceField(enums.State.choices),
        "conditions": s.ListField(child=s.CharField()),
        "origin": s.CharField(),
        "destination": s.CharField(),
        "last_site": s.CharField(allow_null=True),
        "accepted_at": s.DateTimeField(allow_null=True),
        "promised_original": s.DateTimeField(allow_null=True),
        "promised_by": s.DateTimeField(allow_null=True),
        "done_at": s.DateTimeField(allow_null=True),
        "sender": _PARTY,
        "recipient": _PARTY,
        "events": inline_serializer(
            "ParcelEvent",
            {
                "id": s.UUIDField(),
                "code": s.CharField(),
                "label": s.CharField(),
                "at": s.DateTimeField(),
                "happened_at": s.DateTimeField(),
                "recorded_at": s.DateTimeField(),
                "site": s.CharField(allow_null=True),
                "voided": s.BooleanField(),
            },
            many=True,
        ),
    },
)
ROUND_RESPONSE = inline_serializer(
    "Round",
    {
        "as_of": s.DateTimeField(),
        "me": inline_serializer(
            "RoundPerson",
            {
                "number": s.CharField(),
                "name": s.CharField(),
                "site": s.CharField(),
                "site_name": s.CharField(),
                "site_phone": s.CharField(),
            },
        ),
        "items": s.ListField(child=s.DictField()),
        "reasons": s.ListField(child=s.DictField()),
        "prohibited": s.ListField(child=s.DictField()),
    },
)
ROUND_PARCEL_RESPONSE = inline_serializer(
    "RoundParcel",
    {
        "waybill": s.CharField(),
        "kind": s.CharField(help_text="pickup, deliver or nothing"),
        "state": s.CharField(),
        "state_name": s.CharField(),
        "mine": s.BooleanField(),
        "holder": inline_serializer(
            "RoundHolder", {"number": s.CharField(), "name": s.CharField()}, allow_null=True
        ),
    },
)
POSITIONS_REQUEST = inline_serializer(
    "TripPositions",
    {
        "points": inline_serializer(
            "TripPoint",
            {
                "at": s.DateTimeField(),
                "lat": s.FloatField(),
                "lon": s.FloatField(),
                "speed_kmh": s.FloatField(required=False, allow_null=True),
            },
            many=True,
        )
    },
)
POSITIONS_RESPONSE = inline_serializer(
    "TripPositionsAnswer", {"new": s.IntegerField(), "received": s.IntegerField()}
)
