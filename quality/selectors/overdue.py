"""What is past its day and who is to be told: one reader for each kind of promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from quality.document_enums import FINDING_GRADES
from quality.document_enums import VersionStatus as V
from quality.enums import ActionStatus, Status
from quality.inspection_enums import FindingState
from quality.models import (
    Action,
    AuditLine,
    CheckFinding,
    Document,
    DutyCheck,
    EffectCheck,
    Hazard,
    Maintenance,
    Nonconformity,
    PlannedInspection,
)
from quality.selectors.documents.library import lines_of
from quality.selectors.tasks import ORDERED
from quality.thing_enums import HazardStatus
from staff.models import Employee, Site

# What was due longer ago was told of then, or is history brought along by an import.
DAYS = 31
PLANNING = (Status.OPEN, Status.CONTAINED, Status.CAUSE_FOUND)


@dataclass(frozen=True)
class Late:
    """One promise past its day: what, whose, where to mend it.

    `parts` are records and words, put into the reader's language when the message is written.
    Without an owner the leaders of the site are told.
    """

    ref: str
    label: Any
    parts: tuple[Any, ...]
    day: date
    link: str
    owner: Employee | None
    site: Site | None = None


def late_things(*, today: date) -> Iterator[Late]:
    """Return everything that was due within the last month and is not done."""
    for read in READERS:
        yield from read(today)


def _window(field: str, today: date) -> Q:
    return Q(**{f"{field}__gte": today - timedelta(days=DAYS), f"{field}__lt": today})


def _inspections(today: date) -> Iterator[Late]:
    rows = PlannedInspection.objects.filter(_window("due_day", today), done_at=None)
    for one in rows.select_related("plan__checklist", "plan__site", "plan__lead__user"):
        yield Late(f"inspection:{one.pk}", pgettext_lazy("late", "Inspection"),
                   (one.plan.checklist, one.plan.site), one.due_day,
                   reverse("quality:inspections_due"), one.plan.lead)  # fmt: skip


def _check_findings(today: date) -> Iterator[Late]:
    rows = CheckFinding.objects.filter(_window("due_on", today), status=FindingState.OPEN)
    for one in rows.select_related("owner__user", "site"):
        yield Late(f"finding:{one.pk}", pgettext_lazy("late", "Finding of an inspection"),
                   (f"F-{one.pk}", one.text), one.due_on,
                   reverse("quality:inspection_finding", args=[one.pk]),
                   one.owner, one.site)  # fmt: skip


def _hazards(today: date) -> Iterator[Late]:
    rows = Hazard.objects.filter(_window("due_on", today), status=HazardStatus.OPEN)
    for one in rows.select_related("owner__user", "site"):
        yield Late(f"hazard:{one.pk}", pgettext_lazy("late", "Hazard"), (one.number, one.what),
                   one.due_on, reverse("quality:hazard", args=[one.number]), one.owner)  # fmt: skip


def _audit_findings(today: date) -> Iterator[Late]:
    rows = AuditLine.objects.filter(
        _window("due_on", today), grade__in=FINDING_GRADES, verified_at=None
    )
    for one in rows.select_related("audit", "responsible__user"):
        link = reverse("quality:audit", args=[one.audit.number])
        yield Late(f"audit:{one.pk}", pgettext_lazy("late", "Finding of an audit"),
                   (one, one.question), one.due_on or today, f"{link}#line-{one.position}",
                   one.responsible)  # fmt: skip


def _measures(today: date) -> Iterator[Late]:
    rows = Action.objects.filter(
        _window("due_on", today), status=ActionStatus.OPEN, nonconformity__status__in=ORDERED
    )
    for one in rows.select_related("owner__user", "nonconformity"):
        yield Late(f"measure:{one.pk}", pgettext_lazy("late", "Measure"),
                   (one.nonconformity.number, one.text), one.due_on,
                   reverse("quality:nonconformity", args=[one.nonconformity.number]),
                   one.owner)  # fmt: skip


def _plans(today: date) -> Iterator[Late]:
    rows = Nonconformity.objects.filter(_window("plan_due_on", today), status__in=PLANNING)
    for one in rows.select_related("owner__user", "site"):
        yield Late(f"plan:{one.pk}", pgettext_lazy("late", "Plan of measures"),
                   (one.number, one.title), one.plan_due_on,
                   reverse("quality:nonconformity", args=[one.number]), one.owner,
                   one.site)  # fmt: skip


def _effects(today: date) -> Iterator[Late]:
    rows = EffectCheck.objects.filter(
        _window("due_on", today), result="", nonconformity__status=Status.CHECKING
    )
    for one in rows.select_related("verifier__user", "nonconformity"):
        yield Late(f"effect:{one.pk}", pgettext_lazy("late", "Check of the effect"),
                   (one.nonconformity.number, one.nonconformity.title), one.due_on,
                   reverse("quality:nonconformity", args=[one.nonconformity.number]),
                   one.verifier)  # fmt: skip


def _duties(today: date) -> Iterator[Late]:
    rows = DutyCheck.objects.filter(_window("due_day", today), done_at=None)
    for one in rows.select_related("plan__owner__user", "plan__law"):
        yield Late(f"duty:{one.pk}", pgettext_lazy("late", "Check of a legal duty"),
                   (one.plan.law, one.plan), one.due_day,
                   reverse("quality:duty", args=[one.plan_id]), one.plan.owner)  # fmt: skip


def _maintenance(today: date) -> Iterator[Late]:
    rows = Maintenance.objects.filter(_window("due_day", today), done_at=None)
    rows = rows.filter(plan__is_active=True)
    for one in rows.select_related("plan__vehicle__site", "plan__equipment__site"):
        thing: Any = one.plan.vehicle or one.plan.equipment
        yield Late(f"maintenance:{one.pk}", pgettext_lazy("late", "Maintenance"),
                   (thing, one.plan.what), one.due_day,
                   reverse("quality:maintenance_one", args=[one.pk]), None,
                   thing.site)  # fmt: skip


def _documents(today: date) -> Iterator[Late]:
    """Documents that should have been looked through again by a day within the month (DOC-06)."""
    held = Document.objects.filter(versions__status=V.EFFECTIVE)
    for line in lines_of(list(held.select_related("owner__user"))):
        day = line.review_on
        if day is not None and today - timedelta(days=DAYS) <= day < today:
            yield Late(f"document:{line.row.pk}", pgettext_lazy("late", "Look through a document"),
                       (line.row,), day, reverse("quality:document", args=[line.row.number]),
                       line.row.owner)  # fmt: skip


READERS: tuple[Callable[[date], Iterator[Late]], ...] = (
    _inspections, _check_findings, _hazards, _audit_findings, _measures, _plans, _effects,
    _duties, _maintenance, _documents,
)  # fmt: skip
