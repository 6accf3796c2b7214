"""The security stop: a suspicious parcel goes nowhere until it is released (ACC-14, ACC-08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel
from shipments.services.holding import hold
from shipments.services.scans import ScanAnswer, ScanInput, record_scans


@transaction.atomic
def stop_parcel(
    *, parcel: Parcel, why: str, at: datetime, actor: Any, site_id: int | None = None,
    person_id: int | None = None, reported: str = "",
) -> ScanAnswer:  # fmt: skip
    """Stop a parcel at whatever state it is in, before its end; an exception follows by itself,
    unless `reported` names the one that led to it.
    """
    hold(parcel)
    if parcel.state in enums.ENDED:
        raise DomainError(_("This parcel has ended; there is nothing to stop"), code="ended")
    if enums.Condition.SECURITY_STOP in parcel.conditions:
        raise DomainError(_("This parcel is stopped already"), code="already_stopped")
    detail = {"security": True, "why": _why(why)} | ({"reported": reported} if reported else {})
    answer = _say(parcel, "HLD", detail, at=at, site_id=site_id, person_id=person_id)
    audit.record("parcel.stop", parcel, actor=actor, at=at, reason=why)
    return answer


@transaction.atomic
def release_parcel(
    *, parcel: Parcel, why: str, at: datetime, actor: Any, site_id: int | None = None,
    person_id: int | None = None,
) -> ScanAnswer:  # fmt: skip
    """Release a stopped parcel with what the check found."""
    hold(parcel)
    if enums.Condition.SECURITY_STOP not in parcel.conditions:
        raise DomainError(_("This parcel is not stopped"), code="not_stopped")
    detail = {"why": _why(why), "stop": True}
    answer = _say(parcel, "RLS", detail, at=at, site_id=site_id, person_id=person_id)
    audit.record("parcel.release", parcel, actor=actor, at=at, reason=why)
    return answer


def without_stop(scan: ScanInput) -> ScanInput:
    """Return a release as those may tell it who may scan: it ends holding, not a security stop."""
    if scan.code != enums.Code.RLS:
        return scan
    return replace(scan, detail={**scan.detail, "stop": False})


def _why(text: str) -> str:
    if not text.strip():
        raise DomainError(_("Say why"), code="required", field="why")
    return text.strip()[:300]


def _say(
    parcel: Parcel, code: str, detail: dict[str, Any], *, at: datetime, site_id: int | None,
    person_id: int | None,
) -> ScanAnswer:  # fmt: skip
    scan = ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code=code, happened_at=at, device="office",
        detail=detail, site_id=site_id or parcel.last_site_id or parcel.origin_id,
        person_id=person_id,
    )  # fmt: skip
    answer = record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)[0]
    parcel.refresh_from_db()
    return answer
