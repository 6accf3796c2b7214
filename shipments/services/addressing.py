"""Addresses and contacts that are unclear: opened, cleared up with the customer (DEL-27)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from courierqa.core.privacy import normal_phone, phone_index, tail_index
from shipments import addresses, enums
from shipments.models import Parcel
from shipments.services.contacting import record_contact
from shipments.services.holding import hold
from shipments.services.scans import ScanInput, record_scans

FIELDS = ("recipient_name", "recipient_phone", "recipient_address")


def _say(parcel: Parcel, status: str, *, reason: str, at: datetime, person_id: int | None) -> None:
    scan = ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code="ADR", happened_at=at, device="office",
        reason=reason, site_id=parcel.destination_id, person_id=person_id,
        detail={"status": status},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)


@transaction.atomic
def open_address_problem(
    *, parcel: Parcel, at: datetime, actor: Any, reason: str = "address-incomplete",
    person_id: int | None = None,
) -> None:  # fmt: skip
    """Mark the address as unclear: the parcel carries it until somebody clears it up."""
    hold(parcel)
    _not_over(parcel)
    _say(parcel, "opened", reason=reason, at=at, person_id=person_id)
    audit.record("parcel.address_unclear", parcel, actor=actor, at=at)


@transaction.atomic
def clear_address(
    *, parcel: Parcel, name: str, phone: str, address: str, way: str, words: str, at: datetime,
    actor: Any, person_id: int | None = None,
) -> None:  # fmt: skip
    """Put name, phone or address right after the customer said so; the call is logged with it.

    Empty texts keep what is there. The trail names the fields that changed, never their values.
    """
    said = {"recipient_name": name, "recipient_phone": phone, "recipient_address": address}
    changed = [field for field in FIELDS if said[field].strip()]
    if not changed:
        raise DomainError(_("Enter what is corrected"), code="required", field="address")
    hold(parcel)
    _not_over(parcel)
    if phone.strip() and not normal_phone(phone):
        text = _("Enter a phone number with 11 digits, or with its area code")
        raise DomainError(text, code="bad_phone", field="phone")
    for field in changed:
        setattr(parcel, field, said[field].strip())
    _complete(parcel)
    parcel.recipient_phone_index = phone_index(parcel.recipient_phone)
    parcel.recipient_tail_index = tail_index(parcel.recipient_phone, site_id=parcel.destination_id)
    indexes = ["recipient_phone_index", "recipient_tail_index"]
    parcel.save(update_fields=[*changed, *indexes, "updated_at"])
    record_contact(
        parcel=parcel, way=way, purpose=enums.ContactPurpose.ADDRESS,
        result=enums.ContactResult.REACHED, at=at, recorded_at=at, actor=actor, words=words,
        person_id=person_id,
    )  # fmt: skip
    _say(parcel, "cleared", reason="", at=at, person_id=person_id)
    audit.record("parcel.address_cleared", parcel, actor=actor, at=at, fields=changed)


def _not_over(parcel: Parcel) -> None:
    if parcel.state in enums.ENDED:
        raise DomainError(_("This parcel has ended"), code="ended")


def _complete(parcel: Parcel) -> None:
    gaps = addresses.recipient_gaps(parcel)
    if gaps:
        text = "; ".join(addresses.gap_words(gaps))
        field = "phone" if gaps[0] == "phone" else "name" if gaps[0] == "name" else "address"
        raise DomainError(text, code="incomplete", field=field)
