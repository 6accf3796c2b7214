"""What pages read about the legal register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from quality.document_enums import LawKind
from quality.models import DutyCheck, Law, LawVersion, LegalDuty


def laws(asked: Mapping[str, str]) -> QuerySet[Law]:
    """Return the laws with the wording that holds and how many duties they have."""
    rows = Law.objects.all()
    newest = LawVersion.objects.filter(law=OuterRef("pk")).order_by("-version")
    rows = rows.annotate(
        citation=Subquery(newest.values("citation")[:1]),
        since=Subquery(newest.values("effective_on")[:1]),
        last_check=Subquery(
            DutyCheck.objects.filter(plan__law=OuterRef("pk"), done_at__isnull=False)
            .order_by("-done_at").values("done_at")[:1]
        ),
    )  # fmt: skip
    words = asked.get("q", "").strip()[:60]
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(title_en__icontains=words)
                           | Q(duties__duty__icontains=words)).distinct()  # fmt: skip
    if asked.get("kind") in LawKind.values:
        rows = rows.filter(kind=asked["kind"])
    return rows.order_by("code")


def duties(asked: Mapping[str, str], *, today: date) -> QuerySet[LegalDuty]:
    """Return the duties with their last look and the next one due (LIC-03)."""
    checks = DutyCheck.objects.filter(plan=OuterRef("pk"))
    done = checks.exclude(done_at=None).order_by("-done_at")
    rows = LegalDuty.objects.filter(is_active=True).annotate(
        last_at=Subquery(done.values("done_at")[:1]),
        last_result=Subquery(done.values("result")[:1]),
        last_proof=Subquery(done.values("proof")[:1]),
        next_on=Subquery(checks.filter(done_at=None).order_by("due_day").values("due_day")[:1]),
    )
    show = asked.get("show")
    if show == "due":
        rows = rows.filter(next_on__lte=today)
    if show == "gap":
        rows = rows.filter(last_result__in=["gap", "conflict"])
    if show == "unowned":
        rows = rows.filter(owner=None)
    return rows.select_related("law", "owner").order_by("law__code", "article", "id")


def open_check(duty: LegalDuty) -> DutyCheck | None:
    """Return the look that is due next."""
    return duty.checks.filter(done_at=None).order_by("due_day").first()
