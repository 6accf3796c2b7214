"""The complaints and the money of a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from complaints.enums import CaseClass, ClaimStatus, EventKind
from complaints.models import Case, CaseFacts, Claim, Reason
from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.enums import Outcome
from kpi.selectors import EVERYTHING, Figure
from kpi.snapshots.words import both, named
from staff.models import Site

LARGEST = 10
COMPANY = {"zh-hans": "公司", "en": "Company"}


def _received(period: Period) -> QuerySet[CaseFacts]:
    return CaseFacts.objects.filter(
        is_complaint=True, received_day__gte=period.start_day, received_day__lt=period.end_day
    )


def causes(period: Period) -> list[dict[str, Any]]:
    """Return the reasons of the month's complaints with their counts."""
    reasons = {reason.code: named(reason) for reason in Reason.objects.all()}
    rows = _received(period).values("reason_code").order_by("reason_code").annotate(n=Count("pk"))
    return [
        {
            "code": row["reason_code"],
            "names": reasons.get(row["reason_code"], both(lambda code=row["reason_code"]: code)),
            "count": row["n"],
        }
        for row in rows
    ]


def complaints(period: Period, legal: Figure, *, as_of: datetime) -> dict[str, Any]:
    """Return volumes, classes, clocks, and every complaint past its legal limit."""
    rows = _received(period)
    inside = {"closed_at__gte": period.start_at, "closed_at__lt": period.end_at}
    still = Q(closed_at=None) | Q(closed_at__gt=as_of)
    known = CaseFacts.objects.filter(is_complaint=True)
    return {
        "received": rows.count(),
        "closed": known.filter(**inside).count(),
        "reopened": Case.objects.filter(pk__in=rows.values("pk"), reopened__gt=0).count(),
        "open": known.filter(still, received_at__lt=min(period.end_at, as_of)).count(),
        "by_class": _classes(rows),
        "first": _first(period, as_of),
        "legal": {"hits": legal.hits, "total": legal.total},
        "misses": _misses(period, as_of),
    }


def _classes(rows: QuerySet[CaseFacts]) -> list[dict[str, Any]]:
    counted = dict(rows.values_list("case_class").order_by("case_class").annotate(n=Count("pk")))
    return [
        {
            "code": str(one.value),
            "names": both(lambda one=one: one.label),
            "count": counted.get(one, 0),
        }
        for one in CaseClass
    ]


def _first(period: Period, as_of: datetime) -> dict[str, int]:
    """Count first answers by the moment they were due; silence is a failure (B2)."""
    due = CaseFacts.objects.filter(
        is_complaint=True,
        first_due_at__gte=period.start_at,
        first_due_at__lt=period.end_at,
        first_due_at__lte=as_of,
    )
    hits = due.filter(first_answer_at__lte=F("first_due_at")).count()
    return {"hits": hits, "total": due.count()}


def _misses(period: Period, as_of: datetime) -> list[dict[str, Any]]:
    rows = selectors.records(
        "C03", period, scope=EVERYTHING, outcome=Outcome.FAILED, as_of=as_of
    ).order_by("legal_due_at", "number")
    sites = {site.pk: named(site) for site in Site.objects.all()}
    return [
        {
            "number": row.number,
            "site": sites.get(row.site_id),
            "received": row.received_at.isoformat(),
            "due": row.legal_due_at.isoformat(),
            "told": row.told_at.isoformat() if row.told_at else None,
        }
        for row in rows
    ]


def ratings(period: Period) -> dict[str, dict[str, int]] | None:
    """Return the month's ratings as counts and sums; nothing when nobody answered."""
    found = selectors.ratings(period)
    if not found.every.n:
        return None
    groups = {"every": found.every, "on_time": found.on_time, "late": found.late}
    return {name: {"n": one.n, "sum": one.total} for name, one in groups.items()}


def compensation(period: Period) -> dict[str, Any]:
    """Return claims opened and paid in the month; money in fen."""
    ends = period.start_at, period.end_at
    opened = Claim.objects.filter(opened_at__gte=ends[0], opened_at__lt=ends[1])
    paid = Claim.objects.filter(paid_at__gte=ends[0], paid_at__lt=ends[1])
    return {
        "opened": opened.count(),
        "paid": paid.count(),
        "paid_fen": paid.aggregate(fen=Sum("amount_fen"))["fen"] or 0,
        "by_kind": _by_kind(paid),
        "borne_by": _borne(paid),
        "largest": _largest(paid),
    }


def _summed(paid: QuerySet[Claim], column: str) -> Iterable[dict[str, Any]]:
    rows = paid.values(column).order_by(column)
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
    rows = paid.select_related("case").order_by("-amount_fen", "case__number")[:LARGEST]
    return [
        {
            "case": row.case.number,
            "names": both(lambda row=row: EventKind(row.event_kind).label),
            "fen": row.amount_fen,
            "status": both(lambda row=row: ClaimStatus(row.status).label),
        }
        for row in rows
    ]
