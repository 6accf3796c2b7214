"""A recipient's word on how to deliver, kept as its own record and as a scan (Measures art. 28)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Consent, Parcel
from shipments.services import refolding
from shipments.services.holding import hold
from shipments.services.scans import ScanInput, record_scans


@transaction.atomic
def record_consent(
    *,
    parcel: Parcel,
    kind: str,
    given: bool,
    way: str,
    at: datetime,
    recorded_at: datetime,
    actor: Any = None,
    person_id: int | None = None,
    site_id: int | None = None,
    who: str = "",
    event_uid: UUID | None = None,
) -> Consent:
    """Record what the recipient said about this parcel, how and when."""
    _check(kind, way)
    hold(parcel)
    _in_time(parcel, at)
    uid = event_uid or uuid4()
    consent = Consent.objects.create(
        parcel=parcel, kind=kind, given=given, way=way, who=who[:60], at=at,
        recorded_at=recorded_at, recorded_by_id=person_id, event_uid=uid,
    )  # fmt: skip
    scan = ScanInput(
        uid=uid, waybill=parcel.waybill, code="CON", happened_at=at, device="office",
        site_id=site_id, person_id=person_id,
        detail={"given": given, "kind": kind, "way": way},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=recorded_at)
    audit.record("parcel.consent", parcel, actor=actor, at=recorded_at, fields=["consent"])
    return consent


@transaction.atomic
def record_standing_consent(
    *, phone_index: str, kind: str, way: str, at: datetime, actor: Any = None, who: str = ""
) -> Consent:
    """Record a preference that belongs to a phone number, until it is withdrawn."""
    _check(kind, way)
    if not phone_index:
        raise DomainError(_("A standing preference needs a phone number"), code="required")
    consent = Consent.objects.create(
        phone_index=phone_index, kind=kind, given=True, way=way, who=who[:60], at=at,
        recorded_at=at,
    )  # fmt: skip
    audit.record("consent.standing", consent, actor=actor, at=at)
    _refold_phone(phone_index, at)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, at: datetime, actor: Any = None) -> None:
    """End a standing preference from now on; what was delivered under it stays right."""
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record("consent.withdraw", consent, actor=actor, at=at)
    _refold_phone(consent.phone_index, at)


def _refold_phone(index: str, at: datetime) -> None:
    open_ones = Parcel.objects.filter(recipient_phone_index=index)
    refolding.refold(open_ones.exclude(state__in=enums.ENDED).values_list("pk", flat=True), now=at)


def _in_time(parcel: Parcel, at: datetime) -> None:
    """A word said before the handover is taken down at any time; one said after it is none."""
    before = parcel.state == enums.State.DELIVERED and parcel.done_at and at <= parcel.done_at
    if parcel.state in enums.ENDED and not before:
        raise DomainError(_("This parcel has ended"), code="ended")


def _check(kind: str, way: str) -> None:
    if kind not in enums.DeliveryWay.values:
        raise DomainError(_("Choose what was agreed to"), code="required", field="kind")
    if way not in enums.ConsentWay.values:
        raise DomainError(_("Choose how it was said"), code="required", field="way")
