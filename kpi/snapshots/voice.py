"""The complaints of a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from complaints.enums import CaseClass, RegulatorMatter, RegulatorOutcome
from complaints.models import Case, CaseFacts, Reason, RegulatorFile
from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.enums import Outcome
from kpi.selectors import EVERYTHING, Figure, Scope
from kpi.snapshots.words import both, named
from staff.models import Site


def _facts(site: Site | None) -> QuerySet[CaseFacts]:
    rows = CaseFacts.objects.filter(is_complaint=True)
    return rows if site is None else rows.filter(site_id=site.pk)


def _received(period: Period, site: Site | None) -> QuerySet[CaseFacts]:
    return _facts(site).filter(received_day__gte=period.start_day, received_day__lt=period.end_day)


def causes(period: Period, site: Site | None = None) -> list[dict[str, Any]]:
    """Return the reasons of the month's complaints with their counts."""
    reasons = {reason.code: named(reason) for reason in Reason.objects.all()}
    counted = _received(period, site).values("reason_code").order_by().annotate(n=Count("pk"))
    # Sorted here: databases order letters and hyphens differently.
    rows = sorted(counted, key=lambda row: row["reason_code"])
    return [
        {
            "code": row["reason_code"],
            "names": reasons.get(row["reason_code"], both(lambda code=row["reason_code"]: code)),
            "count": row["n"],
        }
        for row in rows
    ]


def complaints(
    period: Period, legal: Figure, site: Site | None = None, *, as_of: datetime
) -> dict[str, Any]:
    """Return volumes, classes, clocks, and every complaint past its legal limit."""
    rows = _received(period, site)
    inside = {"closed_at__gte": period.start_at, "closed_at__lt": period.end_at}
    still = Q(closed_at=None) | Q(closed_at__gt=as_of)
    known = _facts(site)
    return {
        "received": rows.count(),
        "closed": known.filter(**inside).count(),
        "reopened": Case.objects.filter(pk__in=rows.values("pk"), reopened__gt=0).count(),
        "open": known.filter(still, received_at__lt=min(period.end_at, as_of)).count(),
        "by_class": _classes(rows),
        "first": _first(period, site, as_of),
        "legal": {"hits": legal.hits, "total": legal.total},
        "misses": _misses(period, site, as_of),
        "regulator": _regulator(period, site),
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


def _first(period: Period, site: Site | None, as_of: datetime) -> dict[str, int]:
    """Count first answers by the moment they were due; silence is a failure (B2)."""
    due = _facts(site).filter(
        first_due_at__gte=period.start_at,
        first_due_at__lt=period.end_at,
        first_due_at__lte=as_of,
    )
    hits = due.filter(first_answer_at__lte=F("first_due_at")).count()
    return {"hits": hits, "total": due.count()}


def _misses(period: Period, site: Site | None, as_of: datetime) -> list[dict[str, Any]]:
    found = selectors.records(
        "C03", period, scope=EVERYTHING.within(site), outcome=Outcome.FAILED, as_of=as_of
    )
    rows = sorted(found, key=lambda row: (row.legal_due_at, row.number))
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


def _regulator(period: Period, site: Site | None) -> list[dict[str, Any]]:
    """Return what authorities sent in the month, by matter: how many, found valid, undecided."""
    files = RegulatorFile.objects.filter(
        forwarded_at__gte=period.start_at, forwarded_at__lt=period.end_at
    )
    files = files if site is None else files.filter(case__site=site)
    counted = {row["matter"]: row for row in files.values("matter").order_by().annotate(**_JUDGED)}
    return [
        {
            "code": str(one.value),
            "names": both(lambda one=one: one.label),
            "count": counted[one.value]["n"],
            "valid": counted[one.value]["valid"],
            "open": counted[one.value]["open"],
        }
        for one in RegulatorMatter
        if one.value in counted
    ]


_JUDGED = {
    "n": Count("pk"),
    "valid": Count("pk", filter=Q(outcome=RegulatorOutcome.VALID)),
    "open": Count("pk", filter=Q(outcome=RegulatorOutcome.OPEN)),
}


def ratings(period: Period, scope: Scope = EVERYTHING) -> dict[str, dict[str, int]] | None:
    """Return the month's ratings as counts and sums; nothing when nobody answered."""
    found = selectors.ratings(period, scope=scope)
    if not found.every.n:
        return None
    groups = {"every": found.every, "on_time": found.on_time, "late": found.late}
    return {name: {"n": one.n, "sum": one.total} for name, one in groups.items()}
