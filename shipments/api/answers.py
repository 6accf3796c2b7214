"""The shapes of answers about parcels, rounds and trips for the OpenAPI description."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

from shipments import enums

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
        "counts": inline_serializer(
            "RoundCounts",
            {
                "loaded": s.IntegerField(),
                "done": s.IntegerField(),
                "failed": s.IntegerField(),
                "pickups": s.IntegerField(),
            },
        ),
        "items": s.ListField(child=s.DictField()),
        "reasons": s.ListField(child=s.DictField()),
        "prohibited": s.ListField(child=s.DictField()),
        "instruments": s.ListField(child=s.DictField()),
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
IDENTITY_RESPONSE = inline_serializer(
    "IdentityAnswer", {"id": s.UUIDField(), "method": s.CharField()}
)
ORDER_RESPONSE = inline_serializer(
    "Order",
    {
        "number": s.CharField(),
        "waybill": s.CharField(),
        "state": s.ChoiceField(enums.State.choices),
        "channel": s.CharField(),
        "ordered_at": s.DateTimeField(),
        "product": s.CharField(),
        "origin": s.CharField(),
        "destination": s.CharField(),
        "fee_fen": s.IntegerField(),
        "freight_fen": s.IntegerField(),
        "premium_fen": s.IntegerField(),
        "insured": s.BooleanField(),
        "declared_value_fen": s.IntegerField(),
        "promised_by": s.DateTimeField(allow_null=True),
        "window": inline_serializer(
            "OrderWindowAnswer",
            {
                "start": s.DateTimeField(allow_null=True),
                "end": s.DateTimeField(allow_null=True),
            },
        ),
        "door_pickup": s.BooleanField(),
        "door_delivery": s.BooleanField(),
        "marks": s.ListField(child=s.CharField()),
        "payment_state": s.CharField(),
        "invoice_number": s.CharField(),
        "taken_at": s.DateTimeField(allow_null=True),
        "sender": _PARTY,
        "recipient": _PARTY,
    },
)
ORDER_TAKEN = inline_serializer(
    "OrderTaken", {"number": s.CharField(), "taken_at": s.DateTimeField()}
)
