"""The shapes of bodies about contacts and consent, for the OpenAPI description."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

from shipments import enums

CONTACT_REQUEST = inline_serializer(
    "ContactRequest",
    {
        "id": s.UUIDField(help_text="made by the sender; sending again is harmless"),
        "way": s.ChoiceField(enums.ContactWay.choices),
        "purpose": s.ChoiceField(enums.ContactPurpose.choices),
        "result": s.ChoiceField(enums.ContactResult.choices),
        "at": s.DateTimeField(required=False, help_text="ISO 8601 with offset; default is now"),
        "seconds": s.IntegerField(required=False),
        "words": s.CharField(required=False, max_length=300),
    },
)
CONTACT_RESPONSE = inline_serializer(
    "ContactAnswer", {"id": s.UUIDField(), "result": s.CharField()}
)
ASK_REQUEST = inline_serializer(
    "ConsentQuestion",
    {
        "kind": s.ChoiceField(enums.DeliveryWay.choices),
        "way": s.ChoiceField([("sms", "sms"), ("call", "call")]),
    },
)
CONSENT_REQUEST = inline_serializer(
    "ConsentRequestBody",
    {
        "kind": s.ChoiceField(enums.DeliveryWay.choices),
        "given": s.BooleanField(),
        "way": s.ChoiceField(enums.ConsentWay.choices),
        "who": s.CharField(required=False, max_length=60),
        "at": s.DateTimeField(required=False),
    },
)
CONSENT_RESPONSE = inline_serializer(
    "ConsentAnswer",
    {"waybill": s.CharField(), "kind": s.CharField(), "given": s.BooleanField(allow_null=True)},
)
REPLY_REQUEST = inline_serializer(
    "TextReply", {"phone": s.CharField(max_length=30), "text": s.CharField(max_length=500)}
)
REPLY_RESPONSE = inline_serializer(
    "TextReplyAnswer",
    {"result": s.ChoiceField(["recorded", "unclear", "no_request"])},
)
