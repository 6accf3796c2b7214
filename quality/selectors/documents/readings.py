"""Who has read what: one's own list, the unread list of leaders, the share per version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from quality.document_enums import ReadingState as R
from quality.document_enums import VersionStatus as V
from quality.models import DocumentVersion, Reading


def own_readings(employee_id: int) -> QuerySet[Reading]:
    """Return what a person has to read, most urgent first, then what they confirmed."""
    rows = Reading.objects.filter(employee=employee_id, state__in=[R.OWED, R.READ])
    rows = rows.filter(Q(state=R.OWED) | Q(version__status=V.EFFECTIVE))
    return (
        rows.select_related("version__document")
        .defer("version__body", "version__body_en")
        .order_by("state", "due_on", "id")
    )


def reading_of(version: DocumentVersion, employee_id: int | None) -> Reading | None:
    """Return whether this person has to read this version."""
    if employee_id is None:
        return None
    rows = Reading.objects.filter(version=version, employee=employee_id)
    return rows.exclude(state=R.DROPPED).first()


def readings_for(access: Access) -> QuerySet[Reading]:
    """Return the readings of the people a leader reaches."""
    rows = Reading.objects.filter(access.rows(site="employee__site_id", own="employee_id"))
    rows = rows.select_related("employee__site", "employee__post", "version__document")
    return rows.exclude(state=R.DROPPED).defer("version__body", "version__body_en")


def unread(rows: QuerySet[Reading], asked: Mapping[str, str], *, today: date) -> QuerySet[Reading]:
    """Narrow a list of readings by what the address asks for; unread ones unless it says else."""
    show = asked.get("show")
    if show == "read":
        rows = rows.filter(state=R.READ)
    elif show != "all":
        rows = rows.filter(state=R.OWED)
    if show == "late":
        rows = rows.filter(due_on__lt=today)
    if asked.get("document"):
        rows = rows.filter(version__document__number=asked["document"][:20])
    if asked.get("site"):
        rows = rows.filter(employee__site__code=asked["site"][:12])
    return rows


def shares(version: DocumentVersion) -> dict[str, int]:
    """Return how many were asked, how many confirmed, how many of them in time."""
    counted = version.readings.exclude(state=R.DROPPED).aggregate(
        asked=Count("pk"), read=Count("pk", filter=Q(state=R.READ))
    )
    return {"asked": counted["asked"], "read": counted["read"],
            "owed": counted["asked"] - counted["read"]}  # fmt: skip
