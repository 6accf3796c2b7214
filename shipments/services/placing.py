"""Parcels that wait at a place: pickup code, notice, collection at the counter, the deadline."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import MessageState
from courierqa.core.errors import DomainError
from courierqa.core.models import Message
from shipments import enums
from shipments.models import DeliveryRule, Parcel, Placement, ScanEvent
from shipments.services.proving import store_proof
from shipments.services.scans import ScanInput, record_scans

# Which kind of site's rule holds for a way of placing.
RULE_OF = {"locker": "locker", "station": "point", "safe_place": "station"}
KEEP_HOURS = 72
CODE_DIGITS = 6
WRONG_CODES = 5
LIMIT = 1000
COLLECTABLE = ("locker", "station")
# Told otherwise than by a scan of the courier or the office.
MESSAGE_TYPE = Placement._meta.label_lower


def keep_until(way: str, placed_at: datetime) -> datetime:
    """Return until when a parcel may wait (DEL-19)."""
    rule = DeliveryRule.objects.filter(kind=RULE_OF.get(way, "point")).first()
    return placed_at + timedelta(hours=rule.keep_hours if rule else KEEP_HOURS)


def new_code() -> str:
    """Return a pickup code nobody can guess within the tries allowed."""
    return "".join(secrets.choice("0123456789") for _place in range(CODE_DIGITS))


@transaction.atomic
def register_placement(event_uid: UUID) -> Placement | None:
    """Give a placing scan its pickup code and deadline; the same scan twice is one placement."""
    known = Placement.objects.filter(event_uid=event_uid).first()
    if known is not None:
        return known
    event = ScanEvent.objects.filter(uid=event_uid, code="RDY").first()
    if event is None or event.parcel_id is None:
        return None
    way = str(event.detail.get("way") or "locker")
    made, _new = Placement.objects.get_or_create(
        event_uid=event_uid,
        defaults={
            "parcel_id": event.parcel_id, "site_id": event.site_id, "way": way[:12],
            "place": str(event.detail.get("place") or "")[:60], "placed_at": event.effective_at,
            "pickup_code": new_code() if way in COLLECTABLE else "",
            "keep_until": keep_until(way, event.effective_at),
        },
    )  # fmt: skip
    return made


@transaction.atomic
def tell_placed(
    row: Placement, *, channel: str, at: datetime, actor: Any, person_id: int | None = None
) -> None:
    """Record that the recipient was told where the parcel is (DEL-13)."""
    if channel not in enums.ContactWay.values:
        raise DomainError(_("Choose how the recipient was told"), code="required", field="channel")
    if row.told_at is not None:
        return
    _tell([row], channel=channel, at=at, person_id=person_id)
    audit.record("placement.tell", row.parcel, actor=actor, at=at, fields=[channel])


def _tell(
    rows: Iterable[Placement], *, channel: str, at: datetime, person_id: int | None = None
) -> None:
    scans = []
    for row in rows:
        row.told_at = at
        row.save(update_fields=["told_at", "updated_at"])
        scans.append(
            ScanInput(
                uid=uuid4(), waybill=row.parcel.waybill, code="NTF", happened_at=at,
                device="office", site_id=row.site_id, person_id=person_id,
                detail={"channel": channel, "template": "parcel_placed"},
            )
        )  # fmt: skip
    record_scans(scans, source=enums.Source.SYSTEM, recorded_at=at)


@transaction.atomic
def collect(
    *, parcel: Parcel, code: str, at: datetime, actor: Any, person_id: int | None = None,
    site_id: int | None = None, id_shown: bool = False,
) -> Placement:  # fmt: skip
    """Hand a waiting parcel over against its code, or against a document that was shown.

    After five wrong codes only a document helps. That it was seen is kept, never its number.
    """
    rows = Placement.objects.select_for_update(no_key=True).filter(parcel=parcel)
    row = rows.filter(collected_at=None).order_by("-placed_at").first()
    if row is None or parcel.state != enums.State.AT_POINT:
        text = _("This parcel does not wait for collection: %(state)s")
        raise DomainError(text % {"state": parcel.get_state_display()}, field="waybill")
    if not id_shown:
        _check_code(row, code)
    event = uuid4()
    proof = "id_shown" if id_shown else "code"
    scan = ScanInput(
        uid=event, waybill=parcel.waybill, code="DLV", happened_at=at, device="counter",
        site_id=site_id or row.site_id, person_id=person_id,
        detail={"way": "collected", "proof": proof},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)
    if not id_shown:
        store_proof(
            uid=uuid4(), parcel=parcel, event_uid=event, kind=enums.ProofKind.CODE,
            captured_at=at, received_at=at, code=code, person_id=person_id, actor=actor,
        )  # fmt: skip
    row.collected_at = at
    row.save(update_fields=["collected_at", "updated_at"])
    audit.record("placement.collect", parcel, actor=actor, at=at, fields=[proof])
    return row


def _check_code(row: Placement, code: str) -> None:
    if row.wrong_codes >= WRONG_CODES:
        text = _("Too many wrong codes. Ask to see a document and tick it")
        raise DomainError(text, code="too_many", field="id_shown")
    if not row.pickup_code or not secrets.compare_digest(row.pickup_code, code.strip()):
        raise WrongCode(row)


class WrongCode(DomainError):
    """The code is not this parcel's; the caller counts it after the rollback."""

    code = "wrong_code"

    def __init__(self, row: Placement) -> None:
        self.placement_id = row.pk
        super().__init__(_("This code does not belong to this parcel"), field="code")


@transaction.atomic
def count_wrong_code(placement_id: int) -> None:
    """Count a wrong code; it must survive the refusal it led to."""
    row = Placement.objects.select_for_update(no_key=True).get(pk=placement_id)
    row.wrong_codes = min(row.wrong_codes + 1, 1000)
    row.save(update_fields=["wrong_codes", "updated_at"])


# -- the watch ----------------------------------------------------------------------------------
def watch_placements(*, now: datetime, limit: int = LIMIT) -> dict[str, int]:
    """Keep placements in step with scans and messages, and say what was not collected in time."""
    return {
        "registered": _register_missing(limit),
        "told": _follow_messages(now, limit),
        "collected": _follow_collections(limit),
        "overdue": _overdue(now, limit),
    }


def _register_missing(limit: int) -> int:
    waiting = Parcel.objects.filter(state=enums.State.AT_POINT)
    held = Placement.objects.filter(parcel=OuterRef("pk"), collected_at=None)
    ids = list(waiting.exclude(Exists(held)).order_by("pk").values_list("pk", flat=True)[:limit])
    placed = ScanEvent.objects.filter(parcel_id__in=ids, code="RDY").order_by("effective_at")
    newest = {row.parcel_id: row for row in placed}
    told = ScanEvent.objects.filter(parcel_id__in=ids, code="NTF").order_by("effective_at")
    heard = {row.parcel_id: row.effective_at for row in told}
    for parcel_id, event in newest.items():
        row = register_placement(event.uid)
        at = heard.get(parcel_id)
        if row is not None and at is not None and at >= row.placed_at:
            row.told_at = at
            row.save(update_fields=["told_at", "updated_at"])
    return len(newest)


@transaction.atomic
def _follow_messages(now: datetime, limit: int) -> int:
    sent = Message.objects.filter(
        object_type=MESSAGE_TYPE, object_id=OuterRef("pk"), state=MessageState.SENT
    )
    open_ = Placement.objects.filter(Exists(sent), told_at=None).select_related("parcel")
    rows = list(open_.order_by("pk")[:limit])
    _tell(rows, channel=enums.ContactWay.SMS, at=now)
    return len(rows)


def _follow_collections(limit: int) -> int:
    """A parcel collected or taken away by a scan no longer waits."""
    gone = Placement.objects.filter(collected_at=None, parcel__done_at__isnull=False)
    gone = gone.exclude(parcel__state=enums.State.AT_POINT).select_related("parcel")
    rows = list(gone.order_by("pk")[:limit])
    for row in rows:
        row.collected_at = row.parcel.done_at
    Placement.objects.bulk_update(rows, ["collected_at"], batch_size=200)
    return len(rows)


@transaction.atomic
def _overdue(now: datetime, limit: int) -> int:
    late = Placement.objects.filter(
        collected_at=None, overdue_at=None, keep_until__lt=now, parcel__state=enums.State.AT_POINT
    )
    rows = list(late.select_related("parcel").order_by("pk")[:limit])
    scans = [
        ScanInput(
            uid=uuid4(), waybill=row.parcel.waybill, code="OVD", happened_at=now,
            device="watch", reason="not-at-point", site_id=row.site_id,
        )
        for row in rows
    ]  # fmt: skip
    record_scans(scans, source=enums.Source.SYSTEM, recorded_at=now)
    Placement.objects.filter(pk__in=[row.pk for row in rows]).update(overdue_at=now)
    return len(rows)
