"""The money of a month, in fen: claims opened and paid, by cause, bearer and insurance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet, Sum

from complaints.enums import ClaimStatus, EventKind
from complaints.models import Claim
from courierqa.core.timeframes import Period
from kpi.snapshots.words import both, named
from staff.models import Site

LARGEST = 10
# A payment above this multiple of the month's middle one stands out (UX 4, page 10).
FAR = 10
COMPANY = {"zh-hans": "公司", "en": "Company"}


def compensation(period: Period, site: Site | None = None) -> dict[str, Any]:
    """Return claims opened and paid in the month; money in fen."""
    ends = period.start_at, period.end_at
    claims = Claim.objects.all() if site is None else Claim.objects.filter(borne_by=site)
    opened = claims.filter(opened_at__gte=ends[0], opened_at__lt=ends[1])
    paid = claims.filter(paid_at__gte=ends[0], paid_at__lt=ends[1])
    return {
        "opened": opened.count(),
        "paid": paid.count(),
        "paid_fen": paid.aggregate(fen=Sum("amount_fen"))["fen"] or 0,
        "by_kind": _by_kind(paid),
        "borne_by": _borne(paid),
        "by_cover": _by_cover(paid),
        "far": _far(paid),
        "largest": _largest(paid),
    }


def _by_cover(paid: QuerySet[Claim]) -> dict[str, dict[str, int]]:
    """Return the payments for insured parcels, for others, and those without a known parcel."""
    found = {key: {"count": 0, "fen": 0} for key in ("insured", "uninsured", "unknown")}
    rows = paid.order_by().values_list("parcel", "parcel__declared_value_fen", "amount_fen")
    for parcel, declared, fen in rows:
        key = "unknown" if parcel is None else "insured" if declared else "uninsured"
        found[key]["count"] += 1
        found[key]["fen"] += fen
    return found


def _far(paid: QuerySet[Claim]) -> dict[str, int]:
    """Return how many payments lie far above the middle one, and that limit."""
    sums = sorted(paid.order_by().values_list("amount_fen", flat=True))
    limit = sums[len(sums) // 2] * FAR if sums else 0
    return {"limit": limit, "count": sum(one > limit for one in sums)}


def _summed(paid: QuerySet[Claim], column: str) -> Iterable[dict[str, Any]]:
    rows = paid.values(column).order_by()
    return rows.annotate(count=Count("pk"), fen=Sum("amount_fen"))


def _by_kind(paid: QuerySet[Claim]) -> list[dict[str, Any]]:
    found = [
        {
            "code": row["event_kind"],
            "names": both(lambda row=row: EventKind(row["event_kind"]).label),
            "count": row["count"],
            "fen": row["fen"],
        }
        for row in _summed(paid, "event_kind")
    ]
    return sorted(found, key=lambda row: (-row["fen"], row["code"]))


def _borne(paid: QuerySet[Claim]) -> list[dict[str, Any]]:
    sites = {site.pk: site for site in Site.objects.all()}
    found = [
        {
            "names": named(sites[row["borne_by"]]) if row["borne_by"] else COMPANY,
            "count": row["count"],
            "fen": row["fen"],
        }
        for row in _summed(paid, "borne_by")
    ]
    return sorted(found, key=lambda row: (-row["fen"], row["names"]["zh-hans"]))


def _largest(paid: QuerySet[Claim]) -> list[dict[str, Any]]:
    rows = paid.select_related("case").order_by("-amount_fen", "pk")[: LARGEST * 2]
    largest = sorted(rows, key=lambda row: (-row.amount_fen, row.case.number))[:LARGEST]
    return [
        {
            "case": row.case.number,
            "names": both(lambda row=row: EventKind(row.event_kind).label),
            "fen": row.amount_fen,
            "status": both(lambda row=row: ClaimStatus(row.status).label),
        }
        for row in largest
    ]
