"""Talking with recipients: calls, booked times, wishes, and what stands behind a failed try."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from courierqa.core.privacy import phone_index
from shipments import enums
from shipments.models import AttemptNote, Contact, Parcel, Preference, ScanEvent, Slot
from shipments.services.consenting import record_standing_consent
from shipments.services.gates import NEEDS_CONSENT
from shipments.services.promising import change_promise
from shipments.services.refolding import refold

MAX_SECONDS = 4 * 3600
LONGEST_SLOT = timedelta(hours=12)
# Two tries are free; they count as two only when eight hours lie between them (GB/T 27917.3).
FREE_TRIES = 2
APART = timedelta(hours=8)
ASKED_BY_CUSTOMER = (enums.AskedBy.RECIPIENT, enums.AskedBy.SENDER)


@transaction.atomic
def record_contact(
    *, parcel: Parcel, way: str, purpose: str, result: str, at: datetime, recorded_at: datetime,
    actor: Any, seconds: int = 0, words: str = "", person_id: int | None = None,
    uid: UUID | None = None,
) -> Contact:  # fmt: skip
    """Log one call or message about a parcel (DEL-05); the same `uid` twice is one."""
    for value, known, name in (
        (way, enums.ContactWay, "way"), (purpose, enums.ContactPurpose, "purpose"),
        (result, enums.ContactResult, "result"),
    ):  # fmt: skip
        if value not in known.values:
            raise DomainError(_("Choose one of the entries"), code="required", field=name)
    if at > recorded_at + timedelta(minutes=5):
        raise DomainError(_("The call cannot lie in the future"), code="future", field="at")
    if not 0 <= seconds <= MAX_SECONDS:
        raise DomainError(_("Enter the length in seconds"), code="bad_length", field="seconds")
    row, made = Contact.objects.get_or_create(
        uid=uid or uuid4(),
        defaults={
            "parcel": parcel, "way": way, "purpose": purpose, "result": result, "at": at,
            "recorded_at": recorded_at, "seconds": seconds, "words": words[:300],
            "person_id": person_id,
        },
    )  # fmt: skip
    if made:
        audit.record("parcel.contact", parcel, actor=actor, at=recorded_at, fields=[purpose])
    elif row.parcel_id != parcel.pk:
        text = _("This id was used before for another parcel; the first one is kept")
        raise DomainError(text, code="other_content", field="id")
    return row


@transaction.atomic
def book_slot(
    *, parcel: Parcel, starts_at: datetime, ends_at: datetime, asked_by: str, at: datetime,
    actor: Any, cause: str = "",
) -> Slot:  # fmt: skip
    """Book a delivery time, or another one; the old one stays on record (DEL-06, DEL-18).

    A time the customer asked for before the deadline moves the deadline (B13).
    """
    if asked_by not in enums.AskedBy.values:
        raise DomainError(_("Choose who asked"), code="required", field="asked_by")
    if not starts_at < ends_at <= starts_at + LONGEST_SLOT:
        text = _("The end comes after the start, at most 12 hours later")
        raise DomainError(text, code="bad_slot", field="ends_at")
    if ends_at <= at:
        raise DomainError(_("This time has passed"), code="past", field="starts_at")
    if parcel.state in enums.ENDED:
        raise DomainError(_("This parcel has ended"), code="ended")
    is_again = parcel.slots.exists()
    if is_again and not cause.strip():
        raise DomainError(_("Say why the time changes"), code="required", field="cause")
    slot = Slot.objects.create(
        parcel=parcel, starts_at=starts_at, ends_at=ends_at, asked_by=asked_by,
        cause=cause.strip()[:200], at=at, by=audit.person(actor),
    )  # fmt: skip
    audit.record("parcel.slot", parcel, actor=actor, at=at, fields=["slot"])
    if asked_by in ASKED_BY_CUSTOMER and parcel.promised_by and ends_at > parcel.promised_by:
        change_promise(
            parcel=parcel, new=ends_at, asked_by_customer=True, at=at, actor=actor,
            cause=cause.strip() or _("Booked by the customer"),
        )  # fmt: skip
    refold([parcel.pk], now=at)
    return slot


@transaction.atomic
def set_preference(
    *, phone: str, way: str, at: datetime, actor: Any, words: str = "", how: str = "call"
) -> Preference:
    """Keep how a person wants parcels delivered; a wish for a place is a standing consent too."""
    index = phone_index(phone)
    if not index:
        text = _("Enter a phone number with 11 digits, or with its area code")
        raise DomainError(text, code="bad_phone", field="phone")
    if way not in enums.DeliveryWay.values:
        raise DomainError(_("Choose the way of delivery"), code="required", field="way")
    Preference.objects.filter(phone_index=index, ended_at=None).update(ended_at=at)
    wish = Preference.objects.create(phone_index=index, way=way, words=words[:200], at=at)
    audit.record("preference.set", wish, actor=actor, at=at, fields=["way"])
    if way in NEEDS_CONSENT:
        record_standing_consent(phone_index=index, kind=way, way=how, at=at, actor=actor)
    return wish


@transaction.atomic
def end_preference(wish: Preference, *, at: datetime, actor: Any) -> None:
    """End a wish; a standing consent is withdrawn on its own."""
    if wish.ended_at is None:
        wish.ended_at = at
        wish.save(update_fields=["ended_at", "updated_at"])
        audit.record("preference.end", wish, actor=actor, at=at)


@transaction.atomic
def note_attempt(
    *, parcel: Parcel, event_uid: UUID, next_step: str, next_on: date | None, at: datetime,
    actor: Any, dispute: str = "", agreed: str = "", charge_fen: int = 0,
    told_of_charge: bool = False,
) -> AttemptNote:  # fmt: skip
    """Write down what follows a failed try, and what was said at the door (DEL-17, DEL-30)."""
    if next_step not in enums.NextStep.values:
        raise DomainError(_("Choose what happens next"), code="required", field="next_step")
    if next_on is None and next_step == enums.NextStep.RETRY:
        raise DomainError(_("Say on which day"), code="required", field="next_on")
    tries = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=("ATT", "RFS"))
    if not tries.filter(uid=event_uid).exists():
        raise DomainError(_("This try is not of this parcel"), code="unknown", field="event")
    if charge_fen:
        _may_charge(parcel, told_of_charge)
    note, _made = AttemptNote.objects.update_or_create(
        event_uid=event_uid,
        defaults={
            "parcel": parcel, "next_step": next_step, "next_on": next_on,
            "dispute": dispute[:500], "agreed": agreed[:500], "charge_fen": charge_fen,
            "told_of_charge": told_of_charge, "at": at, "by": audit.person(actor),
        },
    )  # fmt: skip
    audit.record("parcel.attempt_note", parcel, actor=actor, at=at, fields=["next_step"])
    return note


def _may_charge(parcel: Parcel, told: bool) -> None:  # noqa: FBT001
    if free_tries_used(parcel) < FREE_TRIES:
        text = _("Two tries at least 8 hours apart are free")
        raise DomainError(text, code="still_free", field="charge")
    if not told:
        text = _("Charge only what the customer was told beforehand")
        raise DomainError(text, code="not_told", field="told_of_charge")


def free_tries_used(parcel: Parcel) -> int:
    """Return how many tries count as separate ones: each at least eight hours after the last."""
    scans = ScanEvent.objects.filter(parcel_id=parcel.pk)
    wrong = scans.filter(code="VOI", corrects__isnull=False).values("corrects")
    rows = scans.filter(code__in=("ATT", "RFS")).exclude(uid__in=wrong)
    used, last = 0, None
    for moment in sorted(rows.values_list("effective_at", flat=True)):
        if last is None or moment - last >= APART:
            used, last = used + 1, moment
    return used
