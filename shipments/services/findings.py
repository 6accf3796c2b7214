"""What a person makes of a finding: confirm, dismiss, or note; every word is a new event or row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import history
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.enums import Decision
from shipments.models import Finding, Reason, ScanEvent
from shipments.services import incidents

MACHINE = history.Machine(
    "finding",
    {
        Decision.OPEN: {
            "confirm": Decision.CONFIRMED, "dismiss": Decision.DISMISSED, "note": Decision.NOTED,
        },
        Decision.NOTED: {"reopen": Decision.OPEN},
    },
    field="decision",
)  # fmt: skip
# What confirming means: the deed was done as scanned, and here is what was missing about it.
NEEDS_WAY = frozenset({"way_missing", "bare_delivery"})
DEVICE_TIME = frozenset({"late_upload", "before_acceptance"})
CONFIRMABLE = NEEDS_WAY | DEVICE_TIME | {"unknown_reason", "second_delivery"}


def event_of(finding: Finding) -> ScanEvent | None:
    """Return the scan a finding is about."""
    if finding.event_uid is None or finding.parcel_id is None:
        return None
    rows = ScanEvent.objects.filter(parcel_id=finding.parcel_id, uid=finding.event_uid)
    return rows.order_by("pk").first()


def verbs_of(finding: Finding, event: ScanEvent | None) -> list[str]:
    """Return what may be decided about this finding now."""
    verbs = MACHINE.verbs(finding.decision)
    if event is None:
        verbs = [verb for verb in verbs if verb not in ("confirm", "dismiss")]
    if finding.code not in CONFIRMABLE:
        verbs = [verb for verb in verbs if verb != "confirm"]
    return verbs


@transaction.atomic
def confirm_finding(
    *, finding: Finding, note: str, at: datetime, actor: Any, way: str = "",
    reason: Reason | None = None,
) -> None:  # fmt: skip
    """Say that the scan is true, and correct by a COR event what was missing about it.

    Of a second delivery: the second is the true one, the first is declared wrong.
    """
    event = _judged(finding, note, actor)
    if finding.code not in CONFIRMABLE:
        raise DomainError(_("There is nothing to confirm about this finding"), field="verb")
    changes = _changes(finding, event, way, reason)
    _decide(finding, "confirm", note=note, at=at, actor=actor)
    if finding.code == "second_delivery":
        first = _first_delivery(finding)
        incidents.void_scan(event=first, why=note, at=at, actor=actor, person_id=_person(actor))
        return
    incidents.correct_scan(
        event=event, changes=changes, why=note, at=at, actor=actor, person_id=_person(actor)
    )


@transaction.atomic
def dismiss_finding(*, finding: Finding, note: str, at: datetime, actor: Any) -> None:
    """Declare the scan behind a finding wrong, by a VOI event: it leaves every figure."""
    event = _judged(finding, note, actor)
    _decide(finding, "dismiss", note=note, at=at, actor=actor)
    incidents.void_scan(event=event, why=note, at=at, actor=actor, person_id=_person(actor))


@transaction.atomic
def note_finding(*, finding: Finding, note: str, at: datetime, actor: Any) -> None:
    """Close a finding that nothing needs correcting for; it stays in the figures."""
    _said(note)
    _decide(finding, "note", note=note, at=at, actor=actor)


@transaction.atomic
def reopen_finding(*, finding: Finding, note: str, at: datetime, actor: Any) -> None:
    """Open a noted finding again."""
    _said(note)
    history.transition(
        finding, "reopen", machine=MACHINE, actor=actor, at=at, reason=note.strip()[:300],
        changes={"closed_at": None},
    )  # fmt: skip


def _decide(finding: Finding, verb: str, *, note: str, at: datetime, actor: Any) -> None:
    """Close first: the fold then leaves the finding alone, whatever the event heals."""
    history.transition(
        finding, verb, machine=MACHINE, actor=actor, at=at, reason=note.strip()[:300],
        changes={"closed_at": at},
    )  # fmt: skip


def _judged(finding: Finding, note: str, actor: Any) -> ScanEvent:
    _said(note)
    event = event_of(finding)
    if event is None:
        raise DomainError(_("The scan behind this finding is not here"), field="verb")
    if event.person_id is not None and event.person_id == _person(actor):
        text = _("You scanned this yourself; somebody else decides")
        raise DomainError(text, code="own", field="verb")
    return event


def _said(note: str) -> None:
    if not note.strip():
        raise DomainError(_("Say what you found out"), code="required", field="note")


def _person(actor: Any) -> int | None:
    employee = getattr(actor, "employee", None)
    return employee.pk if employee else None


def _changes(finding: Finding, event: ScanEvent, way: str, reason: Reason | None) -> dict[str, Any]:
    if finding.code in NEEDS_WAY:
        if way not in enums.DeliveryWay.values:
            text = _("Choose how it was handed over")
            raise DomainError(text, code="required", field="way")
        return {"detail": {**event.detail, "way": way, "confirmed": True}}
    if finding.code == "unknown_reason":
        if reason is None:
            raise DomainError(_("Choose a reason"), code="required", field="reason")
        return {"reason": reason.code}
    # More than a day late or before the pickup: the device's own time is approved.
    return {"effective_at": event.happened_at.isoformat()}


def _first_delivery(finding: Finding) -> ScanEvent:
    uid = UUID(str(finding.detail.get("first")))
    return ScanEvent.objects.filter(parcel_id=finding.parcel_id, uid=uid).order_by("pk")[0]
