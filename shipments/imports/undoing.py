"""Taking an import back within a day: its scans are voided, its parcels cancelled, nothing goes.

Refused when somebody else scanned one of its parcels since: then it is no longer only the file's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from courierqa.core.imports.kinds import kinds
from courierqa.core.models import ImportRun
from shipments import enums
from shipments.imports.rows import event_uid
from shipments.imports.storing import UNDO_DEVICE, cancel_uid
from shipments.models import ImportTrace, Parcel, ScanEvent
from shipments.services.scans import ScanInput, record_scans

UNDO_FOR = timedelta(hours=24)
CHUNK = 500
EXAMPLES = 3


class CannotUndo(DomainError):
    """The import stays, and why."""

    code = "cannot_undo"


def may_undo(run: ImportRun, *, now: datetime) -> bool:
    """Say whether a button for it makes sense."""
    kind = kinds().get(run.kind)
    fresh = run.ended_at is not None and now - run.ended_at < UNDO_FOR
    stored = sum(run.counts.get(name, 0) for name in ("created", "updated", "marked"))
    open_ = not run.dry_run and run.undone_at is None and run.undo_asked_at is None
    return bool(kind and kind.can_undo and fresh and stored and open_)


def check(run: ImportRun, *, now: datetime) -> None:
    """Refuse what may not be taken back any more."""
    if not may_undo(run, now=now):
        raise CannotUndo(_("An import can be taken back once, within 24 hours"))
    refuse_if_others_scanned(run)


def refuse_if_others_scanned(run: ImportRun) -> None:
    """Refuse when a parcel of the import has later scans that are not the import's."""
    found: list[str] = []
    for parcels in _chunks(run):
        later = ScanEvent.objects.filter(parcel_id__in=parcels, recorded_at__gt=run.started_at)
        found += later.exclude(device=UNDO_DEVICE).values_list("waybill", flat=True)[:EXAMPLES]
        if len(found) >= EXAMPLES:
            break
    if found:
        text = _("Scanned since this import: %(numbers)s. Mend its parcels one by one")
        raise CannotUndo(text % {"numbers": ", ".join(dict.fromkeys(found[:EXAMPLES]))})


def carry_out(run: ImportRun, *, now: datetime) -> None:
    """Void and cancel what the import stored; started again it changes nothing twice."""
    for parcels in _chunks(run):
        _void(run, list(ScanEvent.objects.filter(parcel_id__in=parcels, **_mine(run))), now)
        _cancel(run, parcels, now)
    unmatched = ScanEvent.objects.filter(parcel_id=None, **_mine(run))
    _void(run, list(unmatched.exclude(code="VOI")), now)
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk, undone_at=None).update(undone_at=now)
        audit.record("import.undo", run, actor=run.undone_by, at=now)


def _mine(run: ImportRun) -> dict[str, object]:
    return {"source": enums.Source.IMPORT, "recorded_at": run.started_at}


def _chunks(run: ImportRun) -> Iterator[list[int]]:
    last = 0
    while True:
        rows = ImportTrace.objects.filter(run_id=run.pk, parcel_id__gt=last).order_by("parcel_id")
        parcels = list(rows.values_list("parcel_id", flat=True)[:CHUNK])
        if not parcels:
            return
        yield parcels
        last = parcels[-1]


def _why(run: ImportRun) -> dict[str, object]:
    return {"why": "import taken back", "import": run.pk}


def _void(run: ImportRun, events: list[ScanEvent], now: datetime) -> None:
    scans = [
        ScanInput(
            uid=event_uid("void", str(run.pk), str(event.uid)), waybill=event.waybill, code="VOI",
            happened_at=now, device=UNDO_DEVICE, corrects=event.uid, detail=_why(run),
            site_id=event.site_id,
        )
        for event in events
        if event.code != enums.Code.VOI
    ]  # fmt: skip
    record_scans(scans, source=enums.Source.SYSTEM, recorded_at=now, announce=False)


def _cancel(run: ImportRun, parcels: list[int], now: datetime) -> None:
    traces = ImportTrace.objects.filter(run_id=run.pk, parcel_id__in=parcels)
    made = traces.filter(created=True, undone_at=None)
    earlier = ImportTrace.objects.filter(parcel_id__in=parcels, created=True).exclude(
        undone_at=None
    )
    undos: dict[int, int] = {}
    for pk in earlier.values_list("parcel_id", flat=True):
        undos[pk] = undos.get(pk, 0) + 1
    waybills = Parcel.objects.filter(pk__in=made.values("parcel_id")).values_list("pk", "waybill")
    scans = [
        ScanInput(
            uid=cancel_uid(waybill, undos.get(pk, 0) + 1), waybill=waybill, code="CNL",
            happened_at=now, device=UNDO_DEVICE, detail=_why(run),
        )
        for pk, waybill in waybills
    ]  # fmt: skip
    with transaction.atomic():
        record_scans(scans, source=enums.Source.SYSTEM, recorded_at=now, announce=False)
        traces.filter(undone_at=None).update(undone_at=now)
