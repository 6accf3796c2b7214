"""Asking a recipient for consent by message or call, and taking the answer (Measures art. 28)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courierqa.core import audit, outbox
from courierqa.core.errors import DomainError
from courierqa.core.privacy import phone_index
from courierqa.core.text import clean_code
from shipments import enums
from shipments.models import Consent, ConsentRequest, Parcel
from shipments.services.consenting import record_consent
from shipments.services.contacting import record_contact
from shipments.services.holding import hold
from shipments.services.scans import ScanInput, record_scans

ANSWER_WITHIN = timedelta(hours=24)
YES = frozenset({"1", "Y", "YES", "OK", "是", "好", "同意", "可以", "行"})
NO = frozenset({"2", "0", "N", "NO", "否", "不", "不同意", "不可以", "不行"})


@transaction.atomic
def ask_consent(
    *, parcel: Parcel, kind: str, way: str, at: datetime, actor: Any, person_id: int | None = None
) -> ConsentRequest:
    """Ask whether a place is all right; the parcel waits for consent until the answer comes."""
    if kind not in enums.DeliveryWay.values:
        raise DomainError(_("Choose the place"), code="required", field="kind")
    if way not in (enums.ContactWay.SMS, enums.ContactWay.CALL):
        raise DomainError(_("Choose how you ask"), code="required", field="way")
    hold(parcel)
    if parcel.state in enums.ENDED:
        raise DomainError(_("This parcel has ended"), code="ended")
    if way == enums.ContactWay.SMS and not parcel.recipient_phone_index:
        raise DomainError(_("There is no phone number to ask"), code="bad_phone", field="way")
    row = ConsentRequest.objects.create(
        parcel=parcel, kind=kind, way=way, asked_at=at, expires_at=at + ANSWER_WITHIN
    )
    record_contact(
        parcel=parcel, way=way, purpose=enums.ContactPurpose.CONSENT, at=at, recorded_at=at,
        result=enums.ContactResult.SENT, actor=actor, person_id=person_id,
    )  # fmt: skip
    scan = ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code="CON", happened_at=at, device="office",
        site_id=parcel.destination_id, person_id=person_id, detail={"asked": True, "kind": kind},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)
    audit.record("consent.ask", parcel, actor=actor, at=at, fields=[kind])
    if way == enums.ContactWay.SMS:
        outbox.emit("shipments.ask_consent", f"ask-consent:{row.pk}", {"request_id": row.pk})
    return row


@transaction.atomic
def answer_request(
    row: ConsentRequest, *, given: bool, way: str, at: datetime, actor: Any = None,
    person_id: int | None = None, who: str = "",
) -> Consent:  # fmt: skip
    """Take the answer to a question; an answer after its time still counts from when it came."""
    ConsentRequest.objects.select_for_update(no_key=True).get(pk=row.pk)
    row.refresh_from_db()
    if row.answered_at is not None:
        raise DomainError(_("This question was answered before"), code="answered")
    consent = record_consent(
        parcel=row.parcel, kind=row.kind, given=given, way=way, at=at, recorded_at=at,
        actor=actor, person_id=person_id, who=who,
    )  # fmt: skip
    row.answered_at, row.consent = at, consent
    row.save(update_fields=["answered_at", "consent", "updated_at"])
    return consent


def reading_of(text: str) -> bool | None:
    """Read a reply as yes or no; anything else is unclear and is for a person."""
    word = clean_code(text[:40]).strip("。.!！")
    if word in YES:
        return True
    return False if word in NO else None


@transaction.atomic
def answer_by_phone(
    *, phone: str, text: str, at: datetime, actor: Any = None,
    within: QuerySet[Parcel] | None = None,
) -> str:  # fmt: skip
    """Take a text message from a phone as the answer to its newest open question.

    `within` are the parcels the gateway may speak for. Returns "recorded", "unclear" or
    "no_request"; an unclear reply leaves the question open.
    """
    index = phone_index(phone)
    rows = ConsentRequest.objects.filter(
        parcel__recipient_phone_index=index, answered_at=None, expires_at__gt=at
    ).exclude(parcel__state__in=enums.ENDED)
    if within is not None:
        rows = rows.filter(parcel_id__in=within.values("pk"))
    row = rows.order_by("-pk").first() if index else None
    if row is None:
        return "no_request"
    given = reading_of(text)
    if given is None:
        return "unclear"
    answer_request(row, given=given, way=enums.ConsentWay.SMS, at=at, actor=actor)
    return "recorded"
