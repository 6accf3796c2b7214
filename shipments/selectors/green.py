"""The green indicators: electronic waybills, eco packing, original boxes, over-packing, reuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from courierqa.core.access import Access
from shipments.models import Acceptance, PackingCount, PackingMaterial
from shipments.selectors.acceptance import green_counts
from staff.models import Site


@dataclass(frozen=True)
class Green:
    """Counts of one month, of one site or of all; shares are of what is known."""

    accepted: int = 0
    electronic: int = 0
    known_kind: int = 0
    eco: int = 0
    original: int = 0
    judged: int = 0
    overpacked: int = 0

    @property
    def g01(self) -> float | None:
        """Electronic waybills of accepted parcels."""
        return _share(self.electronic, self.accepted)

    @property
    def g02(self) -> float | None:
        """Eco packing of accepted parcels; unknown packing is not eco."""
        return _share(self.eco, self.accepted)

    @property
    def original_share(self) -> float | None:
        """Sent in the sender's own box (GRN-02)."""
        return _share(self.original, self.accepted)

    @property
    def overpacked_share(self) -> float | None:
        """Over-packed among those that were judged (GRN-02)."""
        return _share(self.overpacked, self.judged)


def _share(hits: int, total: int) -> float | None:
    return hits / total if total else None


def month_of(text: str, today: date) -> date:
    """Read 2026-10; anything else is the running month."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


def earlier(month: date, back: int) -> date:
    """Return the first day of an earlier month."""
    place = month.year * 12 + month.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)


def later(month: date) -> date:
    """Return the first day of the next month."""
    return earlier(month, -1)


def _within(rows: QuerySet[Acceptance], month: date) -> QuerySet[Acceptance]:
    return rows.filter(day__gte=month, day__lte=later(month) - timedelta(days=1))


def _kinds() -> tuple[list[str], list[str]]:
    found = PackingMaterial.objects.values_list("code", "is_eco", "is_original")
    rows = list(found)
    return [c for c, eco, _o in rows if eco], [c for c, _e, original in rows if original]


def _greens(rows: QuerySet[Acceptance], month: date, by: str) -> list[tuple[Any, Green]]:
    eco, original = _kinds()
    found = green_counts(_within(rows, month), by, eco, original)
    return [(row.pop(by), Green(**row)) for row in found]


def by_site(rows: QuerySet[Acceptance], month: date) -> list[tuple[Site | None, Green]]:
    """Return a month by station."""
    found = _greens(rows, month, "site_id")
    names = Site.objects.in_bulk([pk for pk, _green in found if pk])
    return [(names.get(pk), green) for pk, green in found]


def of_month(rows: QuerySet[Acceptance], month: date) -> Green:
    """Return a month of all stations."""
    return summed(green for _pk, green in _greens(rows, month, "site_id"))


def summed(greens: Iterable[Green]) -> Green:
    """Return the sum: stations sum to the network."""
    total = dict.fromkeys(Green.__dataclass_fields__, 0)
    for green in greens:
        for name in total:
            total[name] += getattr(green, name)
    return Green(**total)


def packing_by_site(access: Access, month: date) -> list[dict[str, Any]]:
    """Return pieces handed out, taken back and used again by station, with the reuse (G03)."""
    rows = PackingCount.objects.filter(access.rows(site="site_id"))
    rows = rows.filter(day__gte=month, day__lt=later(month))
    found = list(
        rows.order_by().values("site_id")
        .annotate(issued=Sum("issued"), collected=Sum("collected"), reused=Sum("reused"))
        .order_by("site_id")
    )  # fmt: skip
    names = Site.objects.in_bulk([row["site_id"] for row in found])
    return [
        {**row, "site": names.get(row["site_id"]), "g03": _share(row["reused"], row["issued"])}
        for row in found
    ]
