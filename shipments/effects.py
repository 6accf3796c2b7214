"""Side effects of parcels, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from courierqa.core import notify, outbox
from courierqa.core.enums import Channel
from courierqa.core.models import ImportRun
from shipments.imports import running
from shipments.models import ConsentRequest, Finding, Parcel
from shipments.receipts import receipt_token
from shipments.services import placement_of, supervising
from shipments.services.announcing import TOLD
from staff.models import Employee


@outbox.effect("shipments.tell")
def tell(payload: dict[str, Any], *, now: datetime) -> None:
    """Send the recipient a text message about a scan; a parcel without a phone is left alone."""
    parcel = Parcel.objects.filter(pk=payload["parcel_id"]).first()
    if parcel is None or _is_odd(payload["event_uid"], parcel):
        return
    placed = placement_of(UUID(payload["event_uid"])) if payload["code"] == "RDY" else None
    if not parcel.recipient_phone:
        return
    page = f"track/{parcel.waybill}"
    if payload["code"] == "DLV":
        page = f"d/{receipt_token(parcel.pk)}"
    _text(
        parcel, f"parcel:{payload['event_uid']}", TOLD[payload["code"]], now=now, page=page,
        obj=placed or parcel, placement=placed,
    )  # fmt: skip


def _is_odd(event_uid: str, parcel: Parcel) -> bool:
    """Say whether a scan contradicts the end of its parcel: nobody is told what may be untrue."""
    odd = Finding.objects.filter(parcel=parcel, event_uid=UUID(event_uid), closed_at=None)
    return odd.filter(code__in=("second_delivery", "after_end")).exists()


def _text(
    parcel: Parcel, key: str, template: str, *, now: datetime, page: str, obj: Any, **more: Any
) -> None:
    company = settings.COMPANY_NAME[settings.LANGUAGE_CODE]
    notify.send(
        key=key,
        channel=Channel.SMS,
        template=f"shipments/{template}",
        language=settings.LANGUAGE_CODE,
        to=parcel.recipient_phone,
        context={"parcel": parcel, "company": company, **more},
        obj=obj,
        link=f"{settings.PUBLIC_BASE_URL}/{page}/",
        at=now,
    )


@outbox.effect("shipments.ask_consent")
def ask_consent(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask the recipient by text message whether a place is all right; the reply is the answer."""
    row = ConsentRequest.objects.select_related("parcel").get(pk=payload["request_id"])
    if row.answered_at is None and row.parcel.recipient_phone:
        _text(
            row.parcel, f"ask-consent:{row.pk}", "ask_consent", now=now, obj=row, question=row,
            page=f"track/{row.parcel.waybill}",
        )  # fmt: skip


@outbox.effect("shipments.import", max_attempts=3, atomic=False, lease_seconds=900)
def carry_out_import(payload: dict[str, Any], *, now: datetime) -> None:
    """Check or store an uploaded file; a crash starts it again, rows already stored are skipped."""
    run = ImportRun.objects.get(pk=payload["run_id"])
    if run.ended_at is None:
        running.carry_out(run, now=now)


@outbox.effect("shipments.taken_over")
def taken_over(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell the supervisors that a parcel changed hands between couriers."""
    parcel = Parcel.objects.filter(pk=payload["parcel_id"]).first()
    person = Employee.objects.filter(pk=payload["person_id"]).first()
    if parcel is not None and person is not None:
        supervising.tell_taken_over(
            parcel=parcel, person=person, taken_from=payload["from"], at=now,
            site_id=payload["site_id"], key=f"taken:{payload['event_uid']}",
        )  # fmt: skip


@outbox.effect("shipments.late_sync")
def late_sync(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell the supervisors that a phone kept captures for more than a day."""
    person = Employee.objects.filter(pk=payload["person_id"]).first()
    if person is not None:
        supervising.tell_late_sync(
            person=person, oldest=datetime.fromisoformat(payload["oldest"]), at=now,
            site_id=payload["site_id"], key=f"late:{person.pk}:{payload['oldest']}",
        )  # fmt: skip
