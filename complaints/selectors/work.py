"""What the pages of investigation, liability and privacy incidents read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from complaints.models import (
    Case,
    EvidenceFile,
    Investigation,
    Measure,
    PrivacyIncident,
    RootCause,
    Ruling,
    Statement,
)
from complaints.work_enums import GONE, MeasureStatus
from courierqa.core.access import Access
from shipments import selectors as parcels


def parcel_evidence(case: Case, *, now: datetime) -> parcels.Evidence | None:
    """Return plan beside scans and the link they point to; it suggests, a person decides."""
    return parcels.evidence(case.parcel, now=now) if case.parcel is not None else None


def statements_of(case: Case) -> QuerySet[Statement]:
    """Return what was asked and said, with the files that came with it."""
    files = EvidenceFile.objects.filter(removed_at=None)
    rows = case.statements.select_related("person", "site", "asked_by", "answered_by")
    return rows.prefetch_related(Prefetch("files", queryset=files))


def files_of(case: Case) -> QuerySet[EvidenceFile]:
    """Return the files of a case, removed ones left out."""
    return case.files.filter(removed_at=None).select_related("added_by", "statement")


def rulings_of(case: Case) -> QuerySet[Ruling]:
    """Return every decision on liability, newest first."""
    rows = case.rulings.select_related("site", "person", "decided_by", "appealed_by", "answered_by")
    return rows.order_by("-decided_at", "-id")


def standing_ruling(case: Case) -> Ruling | None:
    """Return the decision a case stands on now."""
    return Ruling.objects.filter(case=case).exclude(status__in=GONE).first()


def statements_for(access: Access) -> QuerySet[Statement]:
    """Return what this person, or their site, was asked."""
    rows = Statement.objects.filter(_asked(access))
    return rows.select_related("case__reason", "case__parcel", "site", "person", "asked_by")


def rulings_for(access: Access) -> QuerySet[Ruling]:
    """Return the decisions that name this person, or their site; replaced ones left out."""
    mine = access.rows(site="site_id", own="person_id") | _self(access)
    rows = Ruling.objects.all() if access.is_all else Ruling.objects.filter(mine)
    named = rows.filter(Q(site__isnull=False) | Q(person__isnull=False))
    joined = named.exclude(status="replaced").select_related(
        "case__reason", "case__parcel", "site", "person", "decided_by", "answered_by"
    )
    return joined.order_by("-decided_at", "-id")


def _asked(access: Access) -> Q:
    """A question to a named person is theirs alone; one to a site is its supervisors'."""
    return access.rows(site="site_id") & Q(person=None) | _self(access)


def _self(access: Access) -> Q:
    """Whoever answers for a site may be named like anybody else."""
    return Q(person=access.employee_id) if access.employee_id else Q(pk__in=())


def measures_for(access: Access) -> QuerySet[Measure]:
    """Return measures of this person, of their site's people, or all."""
    rows = Measure.objects.filter(access.rows(site="person__site_id", own="person_id"))
    joined = rows.select_related("case", "person", "course", "assignment", "by", "approval")
    return joined.order_by("-at", "-id")


def open_measures(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Return what is still to be decided or carried out."""
    return rows.filter(status__in=[MeasureStatus.WAITING, MeasureStatus.ORDERED])


def cause_tree(*, active_only: bool = True) -> list[tuple[RootCause, list[RootCause]]]:
    """Return the areas with their causes, in two queries."""
    rows = RootCause.objects.filter(is_active=True) if active_only else RootCause.objects.all()
    below: dict[int, list[RootCause]] = {}
    areas = []
    for row in rows:
        if row.parent_id is None:
            areas.append(row)
        else:
            below.setdefault(row.parent_id, []).append(row)
    return [(area, below.get(area.pk, [])) for area in areas]


def cause_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tree as grouped choices of a select."""
    return [
        (str(area), [(cause.code, str(cause)) for cause in causes])
        for area, causes in cause_tree()
        if causes
    ]


def incidents() -> QuerySet[PrivacyIncident]:
    """Return privacy incidents with what a row shows, newest first."""
    rows = PrivacyIncident.objects.select_related("case__reason", "case__owner", "case__site")
    return rows.order_by("-opened_at", "-id")


def found_so_far(case: Case) -> dict[str, Any]:
    """Return what the case page says about the investigation, in three queries."""
    asked = case.statements.aggregate(
        asked=Count("pk"), waiting=Count("pk", filter=Q(answered_at=None))
    )
    found = Investigation.objects.filter(case=case).select_related("root_cause").first()
    return {
        **asked, "files": files_of(case).count(), "investigation": found,
        "ruling": standing_ruling(case),
        "handed_on": case.transfers.count(),
    }  # fmt: skip
