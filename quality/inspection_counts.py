"""InspectionRow: planned inspections, graded points and faults as I01 to I03 count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from courierqa.core import calendars, counted
from quality.inspection_enums import CHECKED, FindingState, PointGrade, SampleKind
from quality.models import (
    CheckFinding,
    Inspection,
    InspectionPlan,
    InspectionRow,
    PlannedInspection,
)
from quality.selectors.inspections.reading import now_graded

SOURCE = "inspections"
OF_PLAN, OF_POINT, OF_FINDING = ("I01",), ("I02", "I02T"), ("I03",)
TICK = timedelta(microseconds=1)
Rows = Iterator[counted.CountedRow]


def refresh_plan(plan: InspectionPlan, *, at: datetime) -> None:
    """Make the rows of every day of a plan anew; days that were taken off the plan go."""
    days = list(plan.days.select_related("plan__site", "plan__checklist"))
    gone = InspectionRow.objects.filter(kind="I01", label=f"P-{plan.pk}")
    ids = {one.pk for one in days} | set(gone.values_list("record_id", flat=True))
    counted.keep(
        InspectionRow, [_of_day(one) for one in days], kinds=OF_PLAN, records=ids, source=SOURCE,
        at=at,
    )  # fmt: skip


def _of_day(one: PlannedInspection) -> counted.CountedRow:
    """Done by the end of the planned day, or not: a moved day repairs nothing."""
    due = calendars.day_start(one.planned_day + timedelta(days=1)) - TICK
    return counted.row(
        InspectionRow, "I01", one.pk, due, label=f"P-{one.plan_id}", site_id=one.plan.site_id,
        is_hit=one.done_at is not None and one.done_at <= due,
    )  # fmt: skip


def refresh_inspection(row: Inspection, *, at: datetime) -> None:
    """Make the rows of one inspection anew, and of the day it was planned for."""
    lines = list(row.lines.all())
    ids = [one.pk for one in lines]
    counted.keep(
        InspectionRow, _of_points(row, lines), kinds=OF_POINT, records=ids, source=SOURCE, at=at
    )
    if row.planned is not None:
        counted.keep(
            InspectionRow, [_of_day(row.planned)], kinds=OF_PLAN, records=[row.planned.pk],
            source=SOURCE, at=at,
        )  # fmt: skip


def _of_points(row: Inspection, lines: list) -> Rows:
    """Random and targeted samples are different figures and never meet in one rate (I02)."""
    kind = "I02" if row.kind == SampleKind.RANDOM else "I02T"
    corrected = now_graded([one.pk for one in lines])
    for one in lines:
        grade = corrected.get(one.pk, one.grade)
        if grade in CHECKED:
            yield counted.row(
                InspectionRow, kind, one.pk, row.finished_at, label=f"I-{row.pk}",
                site_id=row.site_id, is_hit=grade == PointGrade.CONFORM,
            )  # fmt: skip


def refresh_finding(row: CheckFinding, *, at: datetime) -> None:
    """Make the row of a fault anew: seen mended by the day first set, or not (I03)."""
    due = calendars.day_start(row.first_due_on + timedelta(days=1)) - TICK
    seen = row.verified_at is not None and row.verified_at <= due
    made = counted.row(
        InspectionRow, "I03", row.pk, due, label=f"F-{row.pk}", site_id=row.site_id, is_hit=seen
    )
    # What was void was no fault.
    rows = [] if row.status == FindingState.VOID else [made]
    counted.keep(InspectionRow, rows, kinds=OF_FINDING, records=[row.pk], source=SOURCE, at=at)


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for plan in InspectionPlan.objects.order_by("pk"):
        refresh_plan(plan, at=at)
    for row in Inspection.objects.select_related("planned__plan").order_by("pk").iterator(100):
        refresh_inspection(row, at=at)
    for finding in CheckFinding.objects.order_by("pk").iterator(500):
        refresh_finding(finding, at=at)
