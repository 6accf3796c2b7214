"""Money taken at the door: goods first, then money; a ledger; the daily hand-in (LIF-24)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from shipments.enums import CodKind, ExceptionKind
from shipments.models import CodEntry, CodHandIn, Parcel, Reason, ScanEvent
from shipments.services.exceptions import open_by_hand
from staff.models import Employee, Site

REFUSED_TO_PAY = "refuses-cod"


def follow(rows: Iterable[ScanEvent], parcels: Sequence[Parcel]) -> None:
    """Write the ledger lines of new scans: paid, refused, or a delivery declared wrong.

    Scans without money ask the database nothing.
    """
    held = {parcel.pk: parcel for parcel in parcels if parcel.cod_fen}
    fresh = [row for row in rows if row.parcel_id in held]
    paid = [r for r in fresh if r.code == "DLV" and r.detail.get("cod_paid")]
    refused = [r for r in fresh if r.code == "RFS" and r.reason == REFUSED_TO_PAY]
    wrong = [r.corrects for r in fresh if r.code == "VOI" and r.corrects]
    if not (paid or refused or wrong):
        return
    taken = {pk for pk, fen in balances([r.parcel_id for r in paid if r.parcel_id]).items() if fen}
    lines = []
    for row in paid:
        if row.parcel_id not in taken:
            taken.add(row.parcel_id)  # type: ignore[arg-type]
            lines.append(_line(row, held[row.parcel_id], CodKind.COLLECTED))  # type: ignore[index]
    lines += [_line(row, held[row.parcel_id], CodKind.REFUSED) for row in refused]  # type: ignore[index]
    CodEntry.objects.bulk_create([*lines, *_reversals(wrong, fresh)], ignore_conflicts=True)


def _line(row: ScanEvent, parcel: Parcel, kind: CodKind) -> CodEntry:
    return CodEntry(
        parcel=parcel, courier_id=row.person_id, site_id=row.site_id, kind=kind,
        day=calendars.business_day(row.effective_at), expected_fen=parcel.cod_fen,
        amount_fen=_told(row, parcel) if kind == CodKind.COLLECTED else 0,
        goods_checked=bool(row.detail.get("goods_checked")), reason=row.reason,
        event_uid=row.uid, at=row.effective_at,
    )  # fmt: skip


def _told(row: ScanEvent, parcel: Parcel) -> int:
    """Return what the phone says was taken, in fen; by default what was owed."""
    said = row.detail.get("cod_fen")
    is_amount = isinstance(said, int) and not isinstance(said, bool) and 0 < said < 10**10
    return said if is_amount else parcel.cod_fen  # type: ignore[return-value]


def _reversals(wrong: list[Any], rows: list[ScanEvent]) -> list[CodEntry]:
    if not wrong:
        return []
    when = {row.corrects: row for row in rows if row.code == "VOI"}
    lines = CodEntry.objects.filter(event_uid__in=wrong, kind=CodKind.COLLECTED)
    return [
        CodEntry(
            parcel_id=line.parcel_id, courier_id=line.courier_id, site_id=line.site_id,
            day=line.day, kind=CodKind.REVERSED, amount_fen=-line.amount_fen,
            expected_fen=line.expected_fen, event_uid=line.event_uid,
            at=when[line.event_uid].effective_at,
        )
        for line in lines
    ]  # fmt: skip


def balances(parcel_ids: Sequence[int]) -> dict[int, int]:
    """Return what was taken for each parcel net of reversals, in fen."""
    rows = CodEntry.objects.filter(parcel_id__in=parcel_ids).order_by()
    return dict(
        rows.values("parcel_id").annotate(n=Sum("amount_fen")).values_list("parcel_id", "n")
    )


@transaction.atomic
def collect_cod(
    *, parcel: Parcel, goods_checked: bool, amount_fen: int, courier: Employee, at: datetime,
    actor: Any,
) -> CodEntry:  # fmt: skip
    """Take the money for a parcel: only after the recipient has looked at the goods."""
    parcel = Parcel.objects.select_for_update(no_key=True).get(pk=parcel.pk)
    if not parcel.cod_fen:
        raise DomainError(_("Nothing is owed for this parcel"), code="no_cod")
    if not goods_checked:
        text = _("Let the goods be checked first, then take the money")
        raise DomainError(text, code="goods_unchecked", field="goods_checked")
    if amount_fen != parcel.cod_fen:
        text = _("Exactly %(amount)s is owed. Take it whole, or record that it was refused")
        owed = f"{parcel.cod_fen / 100:.2f}"
        raise DomainError(text % {"amount": owed}, code="wrong_amount", field="amount")
    if balances([parcel.pk]).get(parcel.pk):
        raise DomainError(_("The money for this parcel is already taken"), code="already_taken")
    entry = CodEntry.objects.create(
        parcel=parcel, courier=courier, site_id=courier.site_id, kind=CodKind.COLLECTED,
        day=calendars.business_day(at), amount_fen=amount_fen, expected_fen=parcel.cod_fen,
        goods_checked=True, at=at, by=audit.person(actor),
    )  # fmt: skip
    audit.record("cod.collect", parcel, actor=actor, at=at)
    return entry


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
