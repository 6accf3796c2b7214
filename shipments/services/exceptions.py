"""Things gone wrong with a parcel, opened and settled by scans and the watch (seed 004 §4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from courierqa.core.models import StatusChange
from shipments import enums, trouble_facts
from shipments.enums import Condition
from shipments.enums import ExceptionKind as Kind
from shipments.enums import ExceptionStatus as Status
from shipments.fold import ParcelState
from shipments.fold.table import MOVES
from shipments.models import ExceptionClass, Parcel, ParcelException, ScanEvent

OPENED_BY = {
    "ATT": Kind.ATTEMPT, "NAT": Kind.ATTEMPT, "DMG": Kind.DAMAGED, "LST": Kind.LOST,
    "SRH": Kind.LOST, "DLY": Kind.DELAYED, "ADR": Kind.ADDRESS, "RFS": Kind.REFUSED,
    "MIS": Kind.MISSORT, "OVD": Kind.UNCOLLECTED, "DNR": Kind.DISPUTED,
}  # fmt: skip
# What another scan settles before the trip ends.
MOVED_ON = frozenset({Kind.STUCK, Kind.UNCOLLECTED, Kind.MISSORT})
DEFAULT_HOURS = 24


def classes() -> dict[str, ExceptionClass]:
    """Return every class by its code."""
    return {row.code: row for row in ExceptionClass.objects.all()}


def class_of(kind: str, known: Mapping[str, ExceptionClass]) -> ExceptionClass:
    """Return the class of a kind; one that is not in the data has default limits."""
    return known.get(kind) or ExceptionClass(code=kind, name=kind, tell_hours=DEFAULT_HOURS)


def kind_of(row: ScanEvent) -> Kind | None:
    """Return what a scan reports as gone wrong, or None."""
    detail = row.detail
    if row.code == "HLD":
        # A stop that follows a report has its exception already.
        return Kind.SECURITY if detail.get("security") and not detail.get("reported") else None
    if row.code in ("INS", "RNV"):
        return Kind.REALNAME if detail.get("result") == "fail" else None
    if row.code == "ADR" and detail.get("status") in ("cleared", "redirected"):
        return None
    if (row.code == "DNR" and detail.get("settled")) or detail.get("history"):
        return None
    if row.code == "DMG" and detail.get("short"):
        return Kind.SHORT
    if row.code == "RFS" and row.reason == "refuses-cod":
        return Kind.UNPAID
    return OPENED_BY.get(row.code)


def follow(
    rows: Iterable[ScanEvent], parcels: Sequence[Parcel], states: dict[int, ParcelState]
) -> None:
    """Open what new scans report, and close what they have settled."""
    held = {parcel.pk: parcel for parcel in parcels}
    told = sorted((r for r in rows if r.parcel_id in held), key=lambda r: r.effective_at)
    wanted = _wanted(told, states)
    if wanted:
        known = classes()
        open_many(
            [
                fresh(
                    parcel_id, class_of(kind, known), at=row.effective_at,
                    site_id=row.site_id or held[parcel_id].destination_id,
                    reported_at=row.recorded_at, cause=row.reason,
                    description=str(row.detail.get("why") or row.detail.get("note") or ""),
                )
                for (parcel_id, kind), row in wanted.items()
                if not _over(class_of(kind, known), states[parcel_id])
            ]
        )  # fmt: skip
    _settle(told, states)


def _wanted(
    rows: Sequence[ScanEvent], states: dict[int, ParcelState]
) -> dict[tuple[int, Kind], ScanEvent]:
    found: dict[tuple[int, Kind], ScanEvent] = {}
    for row in rows:
        parcel_id = row.parcel_id or 0
        kind = kind_of(row)
        if row.code == "DLV" and _second(row, states[parcel_id]):
            kind = Kind.DUPLICATE
        if kind is not None:
            found.setdefault((parcel_id, kind), row)
    return found


def _second(row: ScanEvent, state: ParcelState) -> bool:
    """Say whether this delivery scan came after another one."""
    return any(f.code == "second_delivery" and f.event_uid == row.uid for f in state.findings)


def _over(row: ExceptionClass, state: ParcelState) -> bool:
    return row.ends_with_trip and state.state in enums.ENDED


def fresh(
    parcel_id: int, row: ExceptionClass, *, at: datetime, site_id: int, **more: Any
) -> ParcelException:
    """Return an unsaved exception of a class, due when its customer must know."""
    description = str(more.pop("description", ""))[:500]
    return ParcelException(
        parcel_id=parcel_id, kind=row.code, opened_at=at, site_id=site_id,
        due_at=at + timedelta(hours=row.tell_hours), description=description,
        solve_by=at + timedelta(hours=row.solve_hours),
        notice_by=trouble_facts.notice_due(at) if row.needs_notice else None, **more,
    )  # fmt: skip


def open_many(rows: list[ParcelException]) -> list[ParcelException]:
    """Open exceptions, at most one of a kind per parcel at a time, each with its first history."""
    keys = ParcelException.objects.exclude(status=Status.SOLVED).filter(
        parcel_id__in={row.parcel_id for row in rows}
    )
    known = set(keys.values_list("parcel_id", "kind"))
    new = [row for row in rows if (row.parcel_id, row.kind) not in known]
    if not new:
        return []
    for row in new:
        row.number = f"new-{uuid4().hex[:16]}"
    made = ParcelException.objects.bulk_create(new, batch_size=500)
    for row in made:
        row.number = f"EX-{row.opened_at:%Y}-{row.pk:06d}"
    ParcelException.objects.bulk_update(made, ["number"], batch_size=200)
    StatusChange.objects.bulk_create(
        [
            StatusChange(
                object_type=history.object_type(row), object_id=row.pk, verb="open",
                to_status=row.status, at=row.opened_at, reason=row.description[:500],
            )
            for row in made
        ],
        batch_size=500,
    )  # fmt: skip
    _count(made)
    return made


def _count(rows: Sequence[ParcelException]) -> None:
    trouble_facts.refresh({row.parcel_id for row in rows}, at=max(row.opened_at for row in rows))


# -- settled by scans ---------------------------------------------------------------------------
def _settle(rows: Sequence[ScanEvent], states: dict[int, ParcelState]) -> None:
    open_rows = ParcelException.objects.filter(parcel_id__among=list(states))
    open_rows = open_rows.exclude(status=Status.SOLVED)
    held = list(open_rows.select_for_update(no_key=True, of=("self",)))
    if not held:
        return
    known, told = classes(), _by_parcel(rows)
    settled = []
    for row in held:
        why, at = _settled(row, class_of(row.kind, known), states[row.parcel_id],
                           told.get(row.parcel_id, []))  # fmt: skip
        if why:
            settled.append((row, why, at))
    solve_many(settled)


def _by_parcel(rows: Sequence[ScanEvent]) -> dict[int, list[ScanEvent]]:
    found: dict[int, list[ScanEvent]] = {}
    for row in rows:
        found.setdefault(row.parcel_id or 0, []).append(row)
    return found


def _settled(
    row: ParcelException, of: ExceptionClass, state: ParcelState, told: Sequence[ScanEvent]
) -> tuple[str, datetime]:
    """Return why an exception is over ("" when it is not), and since when."""
    if _over(of, state):
        return "parcel ended", state.last_event_at or row.opened_at
    if row.kind == Kind.ANNOUNCED and state.accepted_at is not None:
        return "picked up", state.accepted_at
    later = [one for one in told if one.effective_at > row.opened_at]
    if row.kind in MOVED_ON:
        moved = next((one for one in later if one.code in MOVES), None)
        return ("moved again", moved.effective_at) if moved else ("", row.opened_at)
    if row.kind == Kind.SECURITY and Condition.SECURITY_STOP not in state.conditions:
        freed = next((one for one in later if one.code == "RLS"), None)
        return (str(freed.detail.get("why") or "released"), freed.effective_at) if freed else (
            "", row.opened_at,
        )  # fmt: skip
    return "", row.opened_at


def solve_many(settled: Sequence[tuple[ParcelException, str, datetime]]) -> None:
    """Close exceptions that events settled, each with its line of history.

    A scan that arrives late may lie before the exception was opened: it took no time then.
    """
    steps = []
    for row, why, moment in settled:
        at = max(moment, row.opened_at)
        steps.append(
            StatusChange(
                object_type=history.object_type(row), object_id=row.pk, verb="solve",
                from_status=row.status, to_status=Status.SOLVED, at=at, reason=why[:500],
            )
        )  # fmt: skip
        row.status, row.closed_at = Status.SOLVED, at
    rows = [row for row, _why, _at in settled]
    ParcelException.objects.bulk_update(rows, ["status", "closed_at"], batch_size=200)
    StatusChange.objects.bulk_create(steps, batch_size=500)
    if rows:
        _count(rows)


# -- by hand ------------------------------------------------------------------------------------
@transaction.atomic
def open_by_hand(
    *, parcel: Parcel, kind: str, site_id: int, at: datetime, actor: Any, note: str = "",
    found_at: datetime | None = None, place: str = "",
) -> ParcelException:  # fmt: skip
    """Open one that a person reports; `note` describes it, `found_at` is when it was seen."""
    known = classes().get(kind)
    if known is None or not known.is_active:
        raise DomainError(_("Choose what is wrong"), code="required", field="kind")
    if found_at is not None and found_at > at:
        raise DomainError(_("This time is still to come"), code="future", field="found_at")
    row = fresh(parcel.pk, known, at=at, site_id=site_id, note=note[:300], description=note,
                found_at=found_at, reported_at=at, place=place[:60])  # fmt: skip
    made = open_many([row])
    if not made:
        words = _("An exception of this kind is already open")
        raise DomainError(words, code="already_open", field="kind")
    audit.record("exception.open", made[0], actor=actor, at=at)
    return made[0]
