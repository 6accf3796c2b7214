"""Words of recipients: standing consents, wishes, questions still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from courierqa.core.access import Access
from courierqa.core.privacy import mask_name, mask_phone, phone_index
from shipments.models import Consent, ConsentRequest, Parcel, Preference
from shipments.selectors.parcels import parcels_for


def standing_consents(phone: str = "", *, withdrawn: bool = False) -> QuerySet[Consent]:
    """Return consents that belong to a phone number, newest first; of one number when typed."""
    rows = Consent.objects.filter(parcel=None).select_related("recorded_by")
    rows = rows.exclude(withdrawn_at=None) if withdrawn else rows.filter(withdrawn_at=None)
    return rows.filter(phone_index=phone_index(phone) or "-") if phone else rows


@dataclass(frozen=True)
class Person:
    """Whose phone an index stands for, as far as parcels tell: masked."""

    name: str
    phone: str


def people_behind(indexes: Iterable[str]) -> dict[str, Person]:
    """Return index → masked name and phone of the newest parcel that carries it."""
    rows = Parcel.objects.filter(recipient_phone_index__in={i for i in indexes if i})
    found: dict[str, Person] = {}
    for parcel in rows.only(
        "uid", "recipient_name", "recipient_phone", "recipient_phone_index"
    ).order_by("pk"):
        found[parcel.recipient_phone_index] = Person(
            mask_name(parcel.recipient_name), mask_phone(parcel.recipient_phone)
        )
    return found


def wishes(indexes: Iterable[str]) -> dict[str, Preference]:
    """Return index → wish in force."""
    rows = Preference.objects.filter(phone_index__in={i for i in indexes if i}, ended_at=None)
    return {row.phone_index: row for row in rows}


def open_questions(access: Access, *, now: datetime) -> QuerySet[ConsentRequest]:
    """Return questions without an answer in the reader's scope, the oldest first."""
    rows = ConsentRequest.objects.filter(answered_at=None, expires_at__gt=now)
    mine = parcels_for(access).values("pk")
    rows = rows if access.is_all else rows.filter(parcel_id__in=mine)
    return rows.select_related("parcel").order_by("asked_at", "pk")
