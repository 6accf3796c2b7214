"""Money taken at the door: goods first, then money; a ledger; the daily hand-in (LIF-24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.enums import CodKind, ExceptionKind
from shipments.fold import Event
from shipments.fold.tidy import order_key, standing
from shipments.models import CodEntry, CodHandIn, Parcel, Reason, ScanEvent
from shipments.selectors.events import events_of
from shipments.services import refolding
from shipments.services.exceptions import open_by_hand
from shipments.services.holding import hold
from staff.models import Employee, Site

REFUSED_TO_PAY = "refuses-cod"


def follow(rows: Iterable[ScanEvent], parcels: Sequence[Parcel]) -> None:
    """Bring the ledger in step with new scans: paid, refused, or a delivery declared wrong.

    Judged from all scans of a parcel, so that it does not matter which of them came first. Scans
    without money ask the database nothing.
    """
    held = {parcel.pk: parcel for parcel in parcels if parcel.cod_fen}
    fresh = [row for row in rows if row.parcel_id in held and _speaks_of_money(row)]
    if not fresh:
        return
    lines = [
        _line(row, held[row.parcel_id or 0], CodKind.REFUSED)
        for row in fresh
        if row.code == enums.Code.RFS
    ]
    touched: dict[int, ScanEvent] = {}
    for row in fresh:
        if row.code != enums.Code.RFS and (row.corrects or row.parcel_id not in touched):
            touched[row.parcel_id or 0] = row
    CodEntry.objects.bulk_create([*lines, *_put_right(touched, held)], ignore_conflicts=True)


def _speaks_of_money(row: ScanEvent) -> bool:
    if row.code == enums.Code.RFS:
        return row.reason == REFUSED_TO_PAY
    paid = row.code == enums.Code.DLV and row.detail.get("cod_paid")
    return bool(paid or row.corrects)


def _put_right(touched: Mapping[int, ScanEvent], held: Mapping[int, Parcel]) -> list[CodEntry]:
    """Return the lines that are missing: money is taken once, for a delivery that still counts."""
    if not touched:
        return []
    events = events_of([held[pk] for pk in touched])
    known: dict[int, list[CodEntry]] = {}
    for line in CodEntry.objects.filter(parcel_id__in=touched).order_by("pk"):
        known.setdefault(line.parcel_id, []).append(line)
    lines = []
    for pk, row in touched.items():
        lines += _missing(held[pk], row, standing(events.get(pk, [])), known.get(pk, []))
    return lines


def _missing(
    parcel: Parcel, row: ScanEvent, scans: list[Event], lines: list[CodEntry]
) -> list[CodEntry]:
    paid = [e for e in scans if e.code == enums.Code.DLV and e.detail.get("cod_paid")]
    reversed_ = {line.event_uid for line in lines if line.kind == CodKind.REVERSED}
    taken = [
        line for line in lines
        if line.kind == CodKind.COLLECTED and line.event_uid not in reversed_
    ]  # fmt: skip
    wrong = [line for line in taken if line.event_uid is not None and not _stands(line, paid)]
    made = [_reversal(line, row) for line in wrong]
    if paid and len(wrong) == len(taken):
        first = min(paid, key=order_key)
        # Declared wrong and right again: a line of the word that brought it back.
        uid = row.uid if any(line.event_uid == first.uid for line in lines) else first.uid
        made.append(_collected(parcel, first, uid))
    return made


def _stands(line: CodEntry, paid: list[Event]) -> bool:
    """Say whether the delivery a line is about still counts; one brought back has its time."""
    return any(line.event_uid == event.uid or line.at == event.effective_at for event in paid)


def _line(row: ScanEvent, parcel: Parcel, kind: CodKind) -> CodEntry:
    return CodEntry(
        parcel=parcel, courier_id=row.person_id, site_id=row.site_id, kind=kind,
        day=calendars.business_day(row.effective_at), expected_fen=parcel.cod_fen,
        goods_checked=bool(row.detail.get("goods_checked")), reason=row.reason,
        event_uid=row.uid, at=row.effective_at,
    )  # fmt: skip


def _collected(parcel: Parcel, event: Event, uid: UUID) -> CodEntry:
    return CodEntry(
        parcel=parcel, courier_id=event.person_id, site_id=event.site_id, kind=CodKind.COLLECTED,
        day=calendars.business_day(event.effective_at), expected_fen=parcel.cod_fen,
        amount_fen=_told(event, parcel), goods_checked=bool(event.detail.get("goods_checked")),
        reason=event.reason, event_uid=uid, at=event.effective_at,
    )  # fmt: skip


def _told(event: Event, parcel: Parcel) -> int:
    """Return what the phone says was taken, in fen; by default what was owed."""
    said = event.detail.get("cod_fen")
    is_amount = isinstance(said, int) and not isinstance(said, bool) and 0 < said < 10**10
    return said if is_amount else parcel.cod_fen  # type: ignore[return-value]


def _reversal(line: CodEntry, row: ScanEvent) -> CodEntry:
    return CodEntry(
        parcel_id=line.parcel_id, courier_id=line.courier_id, site_id=line.site_id,
        day=line.day, kind=CodKind.REVERSED, amount_fen=-line.amount_fen,
        expected_fen=line.expected_fen, event_uid=line.event_uid, at=row.effective_at,
    )  # fmt: skip


def balances(parcel_ids: Sequence[int]) -> dict[int, int]:
    """Return what was taken for each parcel net of reversals, in fen."""
    rows = CodEntry.objects.filter(parcel_id__in=parcel_ids).order_by()
    return dict(
        rows.values("parcel_id").annotate(n=Sum("amount_fen")).values_list("parcel_id", "n")
    )


def is_taken(parcel: Parcel) -> bool:
    """Say whether the money owed for a parcel is in the ledger."""
    return bool(parcel.cod_fen and balances([parcel.pk]).get(parcel.pk))


@transaction.atomic
def collect_cod(
    *, parcel: Parcel, goods_checked: bool, amount_fen: int, courier: Employee, at: datetime,
    actor: Any,
) -> CodEntry:  # fmt: skip
    """Take the money for a parcel: only after the recipient has looked at the goods."""
    hold(parcel)
    _is_owed(parcel)
    if not goods_checked:
        text = _("Let the goods be checked first, then take the money")
        raise DomainError(text, code="goods_unchecked", field="goods_checked")
    if amount_fen != parcel.cod_fen:
        text = _("Exactly %(amount)s is owed. Take it whole, or record that it was refused")
        owed = f"{parcel.cod_fen / 100:.2f}"
        raise DomainError(text % {"amount": owed}, code="wrong_amount", field="amount")
    entry = CodEntry.objects.create(
        parcel=parcel, courier=courier, site_id=courier.site_id, kind=CodKind.COLLECTED,
        day=calendars.business_day(at), amount_fen=amount_fen, expected_fen=parcel.cod_fen,
        goods_checked=True, at=at, by=audit.person(actor),
    )  # fmt: skip
    # Money taken after the delivery was told: nothing is open any more.
    refolding.refold([parcel.pk], now=at)
    audit.record("cod.collect", parcel, actor=actor, at=at)
    return entry


def _is_owed(parcel: Parcel) -> None:
    if not parcel.cod_fen:
        raise DomainError(_("Nothing is owed for this parcel"), code="no_cod")
    if parcel.state in enums.ENDED and parcel.state != enums.State.DELIVERED:
        raise DomainError(_("This parcel has ended"), code="ended")
    if is_taken(parcel):
        raise DomainError(_("The money for this parcel is already taken"), code="already_taken")


@transaction.atomic
def refuse_payment(
    *, parcel: Parcel, reason: str, statement: str, courier: Employee, at: datetime, actor: Any
) -> CodEntry:
    """Write down that payment was refused, with a statement, as an exception (EXC-12)."""
    if not Reason.objects.filter(code=reason, scan_code="RFS", is_active=True).exists():
        raise DomainError(_("Choose why it was refused"), code="required", field="reason")
    if not statement.strip():
        text = _("Write down what was said, in the customer's words")
        raise DomainError(text, code="required", field="statement")
    hold(parcel)
    _is_owed(parcel)
    entry = CodEntry.objects.create(
        parcel=parcel, courier=courier, site_id=courier.site_id, kind=CodKind.REFUSED,
        day=calendars.business_day(at), expected_fen=parcel.cod_fen, reason=reason, at=at,
        by=audit.person(actor),
    )  # fmt: skip
    open_by_hand(
        parcel=parcel, kind=ExceptionKind.UNPAID, site_id=courier.site_id or parcel.destination_id,
        at=at, actor=actor, note=statement.strip(),
    )  # fmt: skip
    audit.record("cod.refused", parcel, actor=actor, at=at, fields=[reason])
    return entry


def ledger_fen(courier_id: int, day: date) -> int:
    """Return what a courier took on a day net of reversals and of what was handed in, in fen."""
    rows = CodEntry.objects.filter(courier_id=courier_id, day=day)
    taken = rows.aggregate(n=Sum("amount_fen"))["n"] or 0
    handed = CodHandIn.objects.filter(courier_id=courier_id, day=day)
    return taken - (handed.aggregate(n=Sum("handed_fen"))["n"] or 0)


@transaction.atomic
def hand_in(
    *, courier: Employee, site: Site, day: date, handed_fen: int, at: datetime, actor: Any,
    reason: str = "",
) -> CodHandIn:  # fmt: skip
    """Take a day's money from a courier; the courier never receives it from themself."""
    # Two receivers at once: the second sees what the first wrote.
    Employee.objects.select_for_update(no_key=True).get(pk=courier.pk)
    if getattr(actor, "employee", None) == courier:
        text = _("Somebody else must count and receive the money")
        raise DomainError(text, code="own_money")
    open_fen = ledger_fen(courier.pk, day)
    if open_fen == 0 and handed_fen == 0:
        raise DomainError(_("Nothing is left to hand in"), code="nothing_open", field="amount")
    if handed_fen != open_fen and not reason.strip():
        text = _("The amount differs from the ledger. Say why")
        raise DomainError(text, code="required", field="reason")
    row = CodHandIn.objects.create(
        courier=courier, site=site, day=day, ledger_fen=open_fen, handed_fen=handed_fen,
        reason=reason.strip()[:200], at=at, received_by=audit.person(actor),
    )  # fmt: skip
    audit.record("cod.hand_in", courier, actor=actor, at=at, fields=[str(day)])
    return row
