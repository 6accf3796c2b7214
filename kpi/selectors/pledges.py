"""Pledges with what was measured, resources of objectives, the policy above the tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, month_of
from kpi.metrics import METRICS, Metric
from kpi.models import ObjectiveResource, Pledge
from kpi.selectors.figures import Figure, figures
from quality.document_enums import Category, ReadingState, VersionStatus
from quality.models import DocumentVersion, ReviewVerdict
from quality.review_enums import ReviewStatus


@dataclass(frozen=True)
class Kept:
    """A pledge with the figure of the last month whose promises have come due."""

    row: Pledge
    metric: Metric
    figure: Figure | None
    period: Period

    @property
    def is_kept(self) -> bool | None:
        """Say whether the promise was kept; nothing where too few records say anything."""
        one = self.figure
        if one is None or one.value is None or one.is_few:
            return None
        aim = float(self.row.value)
        return one.value >= aim if self.metric.higher_is_better else one.value <= aim


def pledges(*, at: datetime, is_all: bool = False) -> list[Kept]:
    """Return the pledges with the company's figure of the last month that is over (OBJ-10)."""
    rows = Pledge.objects.filter(metric__in=METRICS)
    listed = list(rows if is_all else rows.filter(is_active=True))
    period = month_of(business_day(at)).previous()
    found = {one.metric: one.adjusted for one in figures(period)} if listed else {}
    return [Kept(row, METRICS[row.metric], found.get(row.metric), period) for row in listed]


def resources_of(year: int) -> dict[tuple[str, int | None], dict[str, int]]:
    """Return what each objective was given in a year: kind → people, vehicles or fen."""
    found: dict[tuple[str, int | None], dict[str, int]] = defaultdict(dict)
    rows = ObjectiveResource.objects.filter(year=year).order_by()
    for row in rows.values("metric", "site_id", "kind").annotate(n=Sum("amount")):
        if row["n"]:
            found[row["metric"], row["site_id"]][row["kind"]] = row["n"]
    return dict(found)


@dataclass(frozen=True)
class Policy:
    """The policy in force, and the last review that judged it (OBJ-01, OBJ-06)."""

    version: DocumentVersion
    judged: ReviewVerdict | None


def policies() -> list[Policy]:
    """Return the policy documents in force with who approved them and who last judged them."""
    rows = DocumentVersion.objects.filter(
        status=VersionStatus.EFFECTIVE, document__category=Category.POLICY
    )
    listed = list(rows.select_related("document", "approved_by").order_by("document__number"))
    said = ReviewVerdict.objects.filter(
        document__in=[one.document_id for one in listed], review__status=ReviewStatus.HELD
    )
    last = {one.document_id: one for one in
            said.select_related("review__site").order_by("review__done_at")}  # fmt: skip
    return [Policy(one, last.get(one.document_id)) for one in listed]


def announcements(year: int, prefix: str) -> list[DocumentVersion]:
    """Return the objectives made known in a year, with how many were asked and confirmed."""
    rows = DocumentVersion.objects.filter(document__number__startswith=f"{prefix}-{year}")
    rows = rows.exclude(status__in=(VersionStatus.REPLACED, VersionStatus.WITHDRAWN))
    read = Q(readings__state=ReadingState.READ)
    owed = Q(readings__state=ReadingState.OWED)
    counted = rows.annotate(read_n=Count("readings", filter=read),
                            asked_n=Count("readings", filter=read | owed))  # fmt: skip
    return list(counted.select_related("document").order_by("document__number", "version"))
