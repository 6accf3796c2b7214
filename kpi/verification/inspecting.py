"""Planned inspections and graded points judged from their records a second time (I01 to I03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from quality.models import (
    CheckFinding,
    Inspection,
    InspectionCorrection,
    InspectionLine,
    PlannedInspection,
)


def falls() -> Iterator[Fallen]:
    """Yield how every planned day and every checked point falls."""
    yield from _days()
    yield from _points()
    yield from _faults()


def _days() -> Iterator[Fallen]:
    done = dict(Inspection.objects.filter(planned__isnull=False, unchecked=0).values_list(
        "planned", "finished_at"))  # fmt: skip
    for one in PlannedInspection.objects.values("pk", "planned_day", "plan__site_id", "done_at"):
        following = calendars.day_start(one["planned_day"] + timedelta(days=1))
        at = done.get(one["pk"], one["done_at"])
        moment = following - timedelta(microseconds=1)
        in_time = said(at is not None and at < following)
        yield Fallen("I01", one["pk"], (one["plan__site_id"], 0), moment, in_time)


def _points() -> Iterator[Fallen]:
    latest = {}
    for line, grade in InspectionCorrection.objects.order_by("pk").values_list("graded", "new"):
        latest[line] = grade
    rows = InspectionLine.objects.values_list(
        "pk", "grade", "inspection__kind", "inspection__site_id", "inspection__finished_at"
    )
    for pk, first, kind, site, at in rows:
        grade = latest.get(pk, first)
        if grade in ("na", "unchecked"):
            continue
        code = {"random": "I02", "targeted": "I02T"}[kind]
        yield Fallen(code, pk, (site, 0), at, said(grade == "conform"))


def _faults() -> Iterator[Fallen]:
    rows = CheckFinding.objects.exclude(status="void")
    for pk, site, due, seen in rows.values_list("pk", "site_id", "first_due_on", "verified_at"):
        following = calendars.day_start(due + timedelta(days=1))
        in_time = said(seen is not None and seen < following)
        yield Fallen("I03", pk, (site, 0), following - timedelta(microseconds=1), in_time)
