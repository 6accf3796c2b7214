"""Marks on scans: what a device got wrong is flagged on the event and noted for a person (B5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shipments import enums
from shipments.fold import ParcelState
from shipments.models import Finding, Reason, ScanEvent
from staff.enums import EmployeeState
from staff.models import Employee

if TYPE_CHECKING:
    from shipments.services.scans import ScanInput

# A fix this wide says nothing about the door.
USELESS_ACCURACY_M = 3000.0
# Flags a person must look at, the gravest first. More than 24 hours late needs an approval.
NOTED = {
    "future": enums.FindingKind.CLOCK,
    "clock": enums.FindingKind.CLOCK,
    "late_upload": enums.FindingKind.CLOCK,
    "leaver": enums.FindingKind.ANOMALY,
    "unknown_reason": enums.FindingKind.ANOMALY,
    "unknown_result": enums.FindingKind.ANOMALY,
}
CHECKED = frozenset({"pass", "fail"})
RESULTS = {"RNV": CHECKED, "INS": CHECKED, "XRY": CHECKED | {"recheck"}}


def position(event: ScanInput) -> tuple[dict[str, float | None], list[str]]:
    """Position is evidence, never a gate: keep a usable fix, flag the rest."""
    nothing: dict[str, float | None] = {"latitude": None, "longitude": None, "accuracy_m": None}
    lat, lon, wide = event.latitude, event.longitude, event.accuracy_m
    if lat is None or lon is None:
        return nothing, [] if lat is None and lon is None else ["half_position"]
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (wide is not None and not wide >= 0):
        return nothing, ["bad_position"]
    if (lat == 0 and lon == 0) or (wide is not None and wide > USELESS_ACCURACY_M):
        return nothing, ["no_fix"]
    mock = ["mock_position"] if event.is_mock else []
    return {"latitude": lat, "longitude": lon, "accuracy_m": wide}, mock


def known_reasons(events: Iterable[ScanInput]) -> set[str]:
    """Return which reasons named in a batch are in the list, retired ones too."""
    named = {event.reason for event in events if event.reason}
    if not named:
        return set()
    return set(Reason.objects.filter(code__in=named).values_list("code", flat=True))


def leavers(events: Iterable[ScanInput]) -> set[int]:
    """Return which persons named in a batch no longer work here: a supervisor looks at theirs."""
    named = {event.person_id for event in events if event.person_id}
    if not named:
        return set()
    gone = Employee.objects.filter(pk__in=named, state=EmployeeState.LEFT)
    return set(gone.values_list("pk", flat=True))


def note(rows: Iterable[ScanEvent]) -> None:
    """Make a finding of each flag that needs a person."""
    Finding.objects.bulk_create(
        [
            Finding(
                parcel_id=row.parcel_id, kind=kind, code=flag, event_uid=row.uid,
                site_id=row.site_id, found_at=row.recorded_at, detail=_detail(row, flag),
            )
            for row in rows
            if row.parcel_id is not None
            for flag, kind in _gravest(row)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _gravest(row: ScanEvent) -> list[tuple[str, str]]:
    """One finding about the clock is enough; an unknown reason is another matter."""
    found = [(flag, str(kind)) for flag, kind in NOTED.items() if flag in row.flags]
    clocks = [one for one in found if one[1] == enums.FindingKind.CLOCK]
    return [*clocks[:1], *(one for one in found if one[1] != enums.FindingKind.CLOCK)]


def _detail(row: ScanEvent, flag: str) -> dict[str, Any]:
    if flag == "unknown_result":
        return {"result": str(row.detail.get("result"))[:60]}
    return {"reason": row.reason} if flag == "unknown_reason" else {}


def result_flags(code: str, detail: Mapping[str, Any]) -> list[str]:
    """Flag a check whose result is no word of ours: it is kept and passes nothing."""
    if code not in RESULTS or "result" not in detail or detail["result"] in [*RESULTS[code]]:
        return []
    return ["unknown_result"]


def of_states(states: Mapping[int, ParcelState]) -> dict[UUID, str]:
    """Return what does not fit, by the scan that shows it: its sender is told at once.

    Of a second delivery the interface says itself whose the first one was.
    """
    found: dict[UUID, str] = {}
    for state in states.values():
        for one in state.findings:
            if one.code != "second_delivery":
                found.setdefault(one.event_uid, one.code)
    return found
