"""Money at the door of one day: owed, taken, handed in, per courier (LIF-24)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, Sum

from courierqa.core.access import Access
from shipments import enums
from shipments.models import CodEntry, CodHandIn, Parcel, ParcelFacts
from staff.models import Employee


@dataclass
class CodRow:
    """One courier's money of one day, in fen."""

    courier: Employee
    parcels: int = 0
    expected_fen: int = 0
    collected_fen: int = 0
    refused: int = 0
    handed_fen: int = 0
    hand_ins: list[CodHandIn] = field(default_factory=list)

    @property
    def open_fen(self) -> int:
        """Taken and not yet handed in."""
        return self.collected_fen - self.handed_fen

    @property
    def untaken_fen(self) -> int:
        """Delivered without the money having been taken."""
        return self.expected_fen - self.collected_fen

    @property
    def is_even(self) -> bool:
        return self.open_fen == 0 and self.untaken_fen == 0

    @property
    def reasons(self) -> list[str]:
        return [row.reason for row in self.hand_ins if row.reason]


def couriers_of(access: Access) -> QuerySet[Employee]:
    """Return whose money the reader may see."""
    return Employee.objects.filter(access.rows(site="site_id", own="pk"))


def reconciliation(access: Access, day: date) -> list[CodRow]:
    """Return one row per courier with money on this day; queries do not grow with couriers."""
    seen = access.rows(site="courier__site_id", own="courier_id")
    entries = CodEntry.objects.filter(seen, day=day, courier__isnull=False)
    sums = entries.order_by().values("courier_id", "kind").annotate(n=Sum("amount_fen"))
    refused = entries.filter(kind=enums.CodKind.REFUSED).values_list("courier_id", flat=True)
    ends = list(CodHandIn.objects.filter(seen, day=day).select_related("received_by"))
    owed = _owed(access, day)
    ids = {row["courier_id"] for row in sums} | {row.courier_id for row in ends} | set(owed)
    found = {one.pk: CodRow(one) for one in couriers_of(access).filter(pk__in=ids)}
    for row in sums:
        if row["courier_id"] in found:
            found[row["courier_id"]].collected_fen += row["n"]
    for courier_id in refused:
        if courier_id in found:
            found[courier_id].refused += 1
    for end in ends:
        found[end.courier_id].handed_fen += end.handed_fen
        found[end.courier_id].hand_ins.append(end)
    for courier_id, (count, fen) in owed.items():
        if courier_id in found:
            found[courier_id].parcels, found[courier_id].expected_fen = count, fen
    return sorted(found.values(), key=lambda row: (row.is_even, row.courier.number))


def _owed(access: Access, day: date) -> dict[int, tuple[int, int]]:
    """Return courier → (parcels, fen) of what was delivered on the day with money owed."""
    rows = ParcelFacts.objects.filter(done_day=day, parcel__cod_fen__gt=0).exclude(courier_id=None)
    rows = rows.filter(access.rows(site="site_id", own="courier_id")).exclude(
        Q(state__in=(enums.State.RETURNING, enums.State.RETURNED))
    )
    found: dict[int, tuple[int, int]] = {}
    for courier_id, fen in rows.values_list("courier_id", "parcel__cod_fen"):
        count, total = found.get(courier_id or 0, (0, 0))
        found[courier_id or 0] = (count + 1, total + fen)
    return found


def day_lines(courier_id: int, day: date) -> list[CodEntry]:
    """Return the ledger of one courier and day, in order."""
    rows = CodEntry.objects.filter(courier_id=courier_id, day=day).select_related("parcel", "by")
    return list(rows.order_by("at", "pk"))


def open_cod_parcels(employee_id: int) -> list[Parcel]:
    """Return the parcels in a courier's hands for which money is owed and not yet taken."""
    rows = Parcel.objects.filter(holder_id=employee_id, cod_fen__gt=0).exclude(
        state__in=enums.ENDED
    )
    paid = CodEntry.objects.filter(parcel__in=rows).order_by().values("parcel_id")
    taken = {r["parcel_id"] for r in paid.annotate(n=Sum("amount_fen")) if r["n"]}
    return [p for p in rows.select_related("product").order_by("promised_by") if p.pk not in taken]
