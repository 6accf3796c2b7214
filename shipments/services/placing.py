"""Parcels that wait at a place: pickup code, notice, collection at the counter, the deadline."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import MessageState
from courierqa.core.errors import DomainError
from courierqa.core.models import Message
from shipments import enums
from shipments.models import Parcel, Placement
from shipments.selectors.events import states_of
from shipments.services import cod, gates, refolding, waiting
from shipments.services.holding import hold
from shipments.services.proving import store_proof
from shipments.services.scans import ScanInput, record_scans

WRONG_CODES = 5
LIMIT = 1000
# Told otherwise than by a scan of the courier or the office.
MESSAGE_TYPE = Placement._meta.label_lower


def placement_of(event_uid: UUID) -> Placement | None:
    """Return the placement a placing scan made, if the parcel was ever to wait there."""
    return Placement.objects.filter(event_uid=event_uid).first()


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
    site_id: int | None = None, id_shown: bool = False, paid: bool = False,
) -> Placement:  # fmt: skip
    """Hand a waiting parcel over against its code, or against a document that was shown.

    After five wrong codes only a document helps. That it was seen is kept, never its number.
    With cash on delivery the goods are checked and `paid` before they change hands (LIF-24).
    """
    hold(parcel)
    row = Placement.objects.filter(waiting.OPEN, parcel=parcel).order_by("-placed_at").first()
    if row is None or parcel.state != enums.State.AT_POINT:
        text = _("This parcel does not wait for collection: %(state)s")
        raise DomainError(text % {"state": parcel.get_state_display()}, field="waybill")
    proof = "id_shown" if id_shown else "code"
    detail: dict[str, Any] = {"way": enums.DeliveryWay.COLLECTED.value, "proof": proof}
    # Money needs somebody who answers for it until it is handed in.
    if cod.is_taken(parcel) or (paid and parcel.cod_fen and person_id is not None):
        detail |= {"cod_paid": True, "goods_checked": True}
    gates.require_gates(parcel, enums.Code.DLV, detail, at=at)
    if not id_shown:
        _check_code(row, code)
    event = uuid4()
    scan = ScanInput(
        uid=event, waybill=parcel.waybill, code="DLV", happened_at=at, device="counter",
        site_id=site_id or row.site_id, person_id=person_id, detail=detail,
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)
    if not id_shown:
        store_proof(
            uid=uuid4(), parcel=parcel, event_uid=event, kind=enums.ProofKind.CODE,
            captured_at=at, received_at=at, code=code, person_id=person_id, actor=actor,
        )  # fmt: skip
    audit.record("placement.collect", parcel, actor=actor, at=at, fields=[proof])
    row.refresh_from_db()
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
        "righted": _put_right(limit),
        "told": _follow_messages(now, limit),
        "overdue": _overdue(now, limit),
    }


@transaction.atomic
def _put_right(limit: int) -> int:
    """Rows that are not what the scans say, whatever made them so: read the scans again."""
    here = enums.State.AT_POINT
    open_rows = Placement.objects.filter(waiting.OPEN)
    bare = Parcel.objects.filter(state=here).exclude(
        Exists(open_rows.filter(parcel=OuterRef("pk")))
    )
    gone = open_rows.exclude(parcel__state=here).values_list("parcel_id", flat=True)
    twice = open_rows.values("parcel_id").annotate(n=Count("pk")).filter(n__gt=1)
    ids = {*bare.values_list("pk", flat=True)[:limit], *gone[:limit]}
    ids |= {row["parcel_id"] for row in twice.order_by("parcel_id")[:limit]}
    parcels = refolding.locked(sorted(ids))
    return waiting.follow(parcels, states_of(parcels))


@transaction.atomic
def _follow_messages(now: datetime, limit: int) -> int:
    sent = Message.objects.filter(
        object_type=MESSAGE_TYPE, object_id=OuterRef("pk"), state=MessageState.SENT
    )
    open_ = Placement.objects.filter(Exists(sent), told_at=None).select_related("parcel")
    rows = list(open_.order_by("pk")[:limit])
    _tell(rows, channel=enums.ContactWay.SMS, at=now)
    return len(rows)


@transaction.atomic
def _overdue(now: datetime, limit: int) -> int:
    late = Placement.objects.filter(
        waiting.OPEN, overdue_at=None, keep_until__lt=now, parcel__state=enums.State.AT_POINT
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
