"""Loss, damage, finding again and corrections: each is a scan by a named person with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, ScanEvent
from shipments.services.holding import hold
from shipments.services.scans import ScanAnswer, ScanInput, record_scans

DAMAGE_STAGES = ("pickup", "transit", "hub", "delivery", "after")
NOT_LOST = (enums.State.DELIVERED, enums.State.RETURNED, enums.State.LOST)


def _say(
    parcel: Parcel,
    code: str,
    *,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any],
    site_id: int | None,
    person_id: int | None,
    corrects: UUID | None = None,
) -> ScanAnswer:
    scan = ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code=code, happened_at=at, device="office",
        reason=reason, detail=detail, site_id=site_id, person_id=person_id, corrects=corrects,
    )  # fmt: skip
    return record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)[0]


def _why(text: str, field: str) -> str:
    if not text.strip():
        raise DomainError(_("Say why"), code="required", field=field)
    return text.strip()[:300]


@transaction.atomic
def declare_loss(
    *, parcel: Parcel, why: str, at: datetime, actor: Any, person_id: int | None = None
) -> ScanAnswer:
    """Declare a parcel lost after the search for it; it stays in every on-time figure."""
    hold(parcel)
    if parcel.state in NOT_LOST or parcel.accepted_at is None:
        raise DomainError(_("A parcel that is delivered, returned or lost cannot be declared lost"))
    if parcel.state in enums.ENDED:
        text = _("This parcel has ended: %(state)s") % {"state": parcel.get_state_display()}
        raise DomainError(text, code="ended")
    answer = _say(parcel, "LST", at=at, detail={"why": _why(why, "why")},
                  site_id=parcel.last_site_id, person_id=person_id)  # fmt: skip
    audit.record("parcel.lost", parcel, actor=actor, at=at, reason=why)
    return answer


@transaction.atomic
def declare_found(
    *, parcel: Parcel, site_id: int, at: datetime, actor: Any, person_id: int | None = None
) -> ScanAnswer:
    """Take a lost parcel back into the network (B14)."""
    hold(parcel)
    if parcel.state != enums.State.LOST:
        raise DomainError(_("This parcel was not declared lost"))
    answer = _say(parcel, "FND", at=at, detail={}, site_id=site_id, person_id=person_id)
    audit.record("parcel.found", parcel, actor=actor, at=at)
    return answer


@transaction.atomic
def report_damage(
    *, parcel: Parcel, stage: str, confirmed: bool, why: str, at: datetime, actor: Any,
    short: bool = False, site_id: int | None = None, person_id: int | None = None,
) -> ScanAnswer:  # fmt: skip
    """Report damage or shortage; only what is confirmed counts in figures (S03, S04)."""
    if stage not in DAMAGE_STAGES:
        raise DomainError(_("Choose where it was found"), code="required", field="stage")
    detail = {"stage": stage, "confirmed": confirmed, "short": short, "why": _why(why, "why")}
    answer = _say(parcel, "DMG", at=at, detail=detail, site_id=site_id or parcel.last_site_id,
                  person_id=person_id)  # fmt: skip
    audit.record("parcel.damage", parcel, actor=actor, at=at, reason=why)
    return answer


@transaction.atomic
def void_scan(
    *, event: ScanEvent, why: str, at: datetime, actor: Any, person_id: int | None = None
) -> ScanAnswer:
    """Declare a scan wrong: it stays stored and leaves every figure (B8)."""
    parcel = Parcel.objects.get(pk=event.parcel_id)
    answer = _say(parcel, "VOI", at=at, detail={"why": _why(why, "why")}, site_id=event.site_id,
                  person_id=person_id, corrects=event.uid)  # fmt: skip
    audit.record("scan.void", parcel, actor=actor, at=at, reason=why)
    return answer


@transaction.atomic
def correct_scan(
    *, event: ScanEvent, changes: dict[str, Any], why: str, at: datetime, actor: Any,
    person_id: int | None = None,
) -> ScanAnswer:  # fmt: skip
    """Put something right about a scan by a new event that names the old one."""
    parcel = Parcel.objects.get(pk=event.parcel_id)
    detail = {"set": changes, "why": _why(why, "why")}
    answer = _say(parcel, "COR", at=at, detail=detail, site_id=event.site_id, person_id=person_id,
                  corrects=event.uid)  # fmt: skip
    audit.record("scan.correct", parcel, actor=actor, at=at, fields=sorted(changes), reason=why)
    return answer
