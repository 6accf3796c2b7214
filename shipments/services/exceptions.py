"""Things gone wrong with a parcel: opened by scans and the watch, told, solved (seed 004 §4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from courierqa.core.models import StatusChange
from shipments import enums
from shipments.enums import ExceptionKind as Kind
from shipments.enums import ExceptionStatus as Status
from shipments.fold import ParcelState
from shipments.models import Parcel, ParcelException, ScanEvent

MACHINE = history.Machine(
    "exception",
    {
        Status.NEW: {"take": Status.LOCATING, "tell": Status.TOLD, "solve": Status.SOLVED},
        Status.LOCATING: {"tell": Status.TOLD, "solve": Status.SOLVED},
        Status.TOLD: {"take": Status.LOCATING, "tell": Status.TOLD, "solve": Status.SOLVED},
        Status.SOLVED: {"reopen": Status.NEW},
    },
)
OPENED_BY = {
    "ATT": Kind.ATTEMPT, "NAT": Kind.ATTEMPT, "DMG": Kind.DAMAGED, "LST": Kind.LOST,
    "SRH": Kind.LOST, "DLY": Kind.DELAYED, "ADR": Kind.ADDRESS, "RFS": Kind.REFUSED,
}  # fmt: skip
# Hours until the customer must know what happens next. Proposals, not law.
HOURS = {
    Kind.LOST: 24, Kind.DAMAGED: 24, Kind.DELAYED: 12, Kind.ADDRESS: 24, Kind.ATTEMPT: 24,
    Kind.REFUSED: 24, Kind.STUCK: 12, Kind.MISDELIVERED: 24, Kind.MISSED: 12, Kind.DUPLICATE: 24,
    Kind.UNPAID: 24, Kind.DISPUTE: 24, Kind.DANGER: 1,
}  # fmt: skip
# What the end of the trip solves by itself; damage and loss are a person's to close.
SOLVED_BY_END = (Kind.ATTEMPT, Kind.DELAYED, Kind.ADDRESS, Kind.REFUSED, Kind.STUCK)


def follow(
    rows: Iterable[ScanEvent], parcels: Sequence[Parcel], states: dict[int, ParcelState]
) -> None:
    """Open what new scans report, and close what the end of a trip has solved."""
    held = {parcel.pk: parcel for parcel in parcels}
    wanted: dict[tuple[int, Kind], ScanEvent] = {}
    for row in sorted(rows, key=lambda r: r.effective_at):
        kind = OPENED_BY.get(row.code)
        told_clear = row.code == "ADR" and row.detail.get("status") in ("cleared", "redirected")
        if kind is None or row.parcel_id not in held or told_clear:
            continue
        if states[row.parcel_id].state in enums.ENDED and kind in SOLVED_BY_END:
            continue
        wanted.setdefault((row.parcel_id, kind), row)
    open_many(
        [
            ParcelException(
                parcel_id=parcel_id, kind=kind, opened_at=row.effective_at, cause=row.reason,
                site_id=row.site_id or held[parcel_id].destination_id,
                due_at=row.effective_at + timedelta(hours=HOURS[kind]),
            )
            for (parcel_id, kind), row in wanted.items()
        ]
    )  # fmt: skip
    _close_ended(states)


def open_many(rows: list[ParcelException]) -> list[ParcelException]:
    """Open exceptions, at most one of a kind per parcel at a time, each with its first history."""
    keys = ParcelException.objects.exclude(status=Status.SOLVED).filter(
        parcel_id__in={row.parcel_id for row in rows}
    )
    known = set(keys.values_list("parcel_id", "kind"))
    fresh = [row for row in rows if (row.parcel_id, row.kind) not in known]
    if not fresh:
        return []
    for row in fresh:
        row.number = f"new-{uuid4().hex[:16]}"
    made = ParcelException.objects.bulk_create(fresh, batch_size=500)
    for row in made:
        row.number = f"EX-{row.opened_at:%Y}-{row.pk:06d}"
    ParcelException.objects.bulk_update(made, ["number"], batch_size=200)
    StatusChange.objects.bulk_create(
        [
            StatusChange(
                object_type=history.object_type(row), object_id=row.pk, verb="open",
                to_status=row.status, at=row.opened_at,
            )
            for row in made
        ],
        batch_size=500,
    )  # fmt: skip
    return made


def _close_ended(states: dict[int, ParcelState]) -> None:
    ended = [pk for pk, state in states.items() if state.state in enums.ENDED]
    rows = ParcelException.objects.filter(parcel_id__in=ended, kind__in=SOLVED_BY_END)
    rows = rows.exclude(status=Status.SOLVED)
    solved = list(rows.select_for_update(no_key=True, of=("self",)))
    steps = []
    for row in solved:
        at = states[row.parcel_id].last_event_at or row.opened_at
        steps.append(
            StatusChange(
                object_type=history.object_type(row),
                object_id=row.pk,
                verb="solve",
                from_status=row.status,
                to_status=Status.SOLVED,
                at=at,
                reason="parcel ended",
            )
        )
        row.status, row.closed_at = Status.SOLVED, at
    ParcelException.objects.bulk_update(solved, ["status", "closed_at"], batch_size=200)
    StatusChange.objects.bulk_create(steps, batch_size=500)


@transaction.atomic
def open_exception(
    *, parcel: Parcel, kind: str, site_id: int, at: datetime, actor: Any, note: str = ""
) -> ParcelException:
    """Open one by hand."""
    if kind not in Kind.values:
        raise DomainError(_("Choose what is wrong"), code="required", field="kind")
    row = ParcelException(
        parcel=parcel, kind=kind, site_id=site_id, opened_at=at, note=note[:300],
        due_at=at + timedelta(hours=HOURS[Kind(kind)]),
    )  # fmt: skip
    made = open_many([row])
    if not made:
        raise DomainError(_("An exception of this kind is already open"), code="already_open")
    audit.record("exception.open", made[0], actor=actor, at=at)
    return made[0]


@transaction.atomic
def take_exception(row: ParcelException, *, owner_id: int | None, actor: Any, at: datetime) -> None:
    """Take an exception in hand."""
    history.transition(
        row, "take", machine=MACHINE, actor=actor, at=at, changes={"owner_id": owner_id}
    )


@transaction.atomic
def tell_customer(row: ParcelException, *, note: str, actor: Any, at: datetime) -> None:
    """Record that the customer was told, and what; silence is the real failure."""
    if not note.strip():
        raise DomainError(_("Say what the customer was told"), code="required", field="note")
    history.transition(
        row, "tell", machine=MACHINE, actor=actor, at=at, reason=note,
        changes={"told_at": row.told_at or at, "note": note[:300]},
    )  # fmt: skip


@transaction.atomic
def solve_exception(row: ParcelException, *, note: str, actor: Any, at: datetime) -> None:
    """Close an exception with what solved it."""
    if not note.strip():
        raise DomainError(_("Say how it was solved"), code="required", field="note")
    history.transition(
        row, "solve", machine=MACHINE, actor=actor, at=at, reason=note,
        changes={"closed_at": at, "note": note[:300]},
    )  # fmt: skip


@transaction.atomic
def reopen_exception(row: ParcelException, *, note: str, actor: Any, at: datetime) -> None:
    """Open a solved exception again."""
    history.transition(
        row, "reopen", machine=MACHINE, actor=actor, at=at, reason=note,
        changes={"closed_at": None},
    )  # fmt: skip
