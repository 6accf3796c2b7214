"""The goal of a programme: said in a draft, its baseline fixed before anything is done (IMP-01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import approvals, audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.models import Approval
from quality import figures
from quality.improvement_enums import ProgrammeKind
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.services.improvement.moves import MACHINE, hold, require
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from shipments.models import Product
from staff.models import Employee, Site, User

# Read before and after every programme beside its own figure: time, satisfaction, cost.
JUDGED = ("T01", "V02", "P04")
APPROVAL = "quality.programme"


@dataclass(frozen=True)
class Aim:
    """What is wanted: which figure, from the problem to the target, where, by whom, until when.

    `target` is in the unit of the figure (0.97 for 97 %), `budget_fen` in fen.
    """

    kind: str
    field: str
    title: str
    problem: str
    metric: str
    target: Decimal
    owner: Employee
    start_on: date
    due_on: date
    budget_fen: int = 0
    site: Site | None = None
    product: Product | None = None
    programme: Programme | None = None
    follows: Programme | None = None


@transaction.atomic
def start_programme(
    aim: Aim, *, team: Iterable[Employee] = (), by: User, at: datetime
) -> Programme:
    """Draft a programme or a plan; nothing is approved and nothing is measured yet."""
    fields = _checked(aim)
    row = Programme.objects.create(number=temporary(), first_due_on=aim.due_on, **fields)
    give_number(row, "IP", at)
    row.team.set(team)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


@transaction.atomic
def change_programme(
    row: Programme, aim: Aim, *, team: Iterable[Employee] = (), by: User, at: datetime
) -> Programme:
    """Change a draft. Another figure, place or start makes the baseline that was fixed void."""
    row = hold(row)
    require(row, S.DRAFT, why=_("Only a draft can be changed"))
    fields = _checked(aim)
    if fields["programme"] == row:
        text = _("A plan cannot belong to itself")
        raise DomainError(text, code="itself", field="programme", status=422)
    if any(
        fields[name] != getattr(row, name) for name in ("metric", "site", "product", "start_on")
    ):
        row.baseline, row.baseline_at = {}, None
    for name, value in fields.items():
        setattr(row, name, value)
    row.first_due_on = row.due_on
    row.save()
    row.team.set(team)
    audit.record("programme.change", row, actor=by, at=at, fields=sorted(fields))
    return row


def _checked(aim: Aim) -> dict[str, Any]:
    """Return the columns of an aim, or say which field is wrong."""
    if aim.metric not in figures.named():
        raise DomainError(_("Choose a figure"), code="no_figure", field="metric", status=422)
    if aim.due_on <= aim.start_on:
        text = _("Choose a day after the start")
        raise DomainError(text, code="order", field="due_on", status=422)
    if aim.programme is not None and aim.kind != ProgrammeKind.PLAN:
        text = _("Only a plan belongs to a programme")
        raise DomainError(text, code="kind", field="programme", status=422)
    words = {
        "title": said(aim.title, field="title", limit=100, lines=False),
        "problem": said(aim.problem, field="problem", limit=1000),
    }
    return {**vars(aim), **words}


@transaction.atomic
def fix_baseline(row: Programme, *, reading: dict[str, Any], by: User, at: datetime) -> Programme:
    """Keep the figures as they are before the start; fixed once, and only in the draft.

    `reading` holds code → {days, hits, total, value, shown}; a figure of too few records cannot
    be the starting point of its own goal.
    """
    row = hold(row)
    require(row, S.DRAFT, why=_("The baseline is fixed before the programme is proposed"))
    own = reading.get(row.metric) or {}
    if own.get("value") is None:
        text = _("There are too few records to start from: choose another figure or place")
        raise DomainError(text, code="too_few")
    row.baseline, row.baseline_at = reading, at
    row.save(update_fields=["baseline", "baseline_at", "updated_at"])
    audit.record("programme.set", row, actor=by, at=at, fields=["baseline"])
    return row


@transaction.atomic
def extend_programme(
    row: Programme, *, due_on: date, reason: str, by: User, at: datetime
) -> Programme:
    """Put the end off with the reason; the first day stays beside the new one."""
    row = hold(row)
    require(row, S.RUNNING, why=_("Only a running programme can be put off"))
    if due_on <= row.due_on:
        raise DomainError(_("Choose a later day"), code="earlier", field="due_on", status=422)
    words = said(reason, field="reason", limit=300)
    row.due_on = due_on
    row.save(update_fields=["due_on", "updated_at"])
    audit.record("programme.extend", row, actor=by, at=at, fields=["due_on"], reason=words)
    return row


@transaction.atomic
def drop_programme(row: Programme, *, reason: str, by: User, at: datetime) -> Programme:
    """Give it up with the reason; what was measured stays on record."""
    row = hold(row)
    words = said(reason, field="reason", limit=500)
    history.transition(row, "drop", machine=MACHINE, actor=by, at=at, reason=words,
                       changes={"ended_at": at})  # fmt: skip
    asked = Approval.objects.filter(
        kind=APPROVAL, object_type=row._meta.label_lower, object_id=row.pk, state="requested"
    )
    for one in asked:
        approvals.take_back(one, at=at)
    return row


def today_or_later(day: date, *, at: datetime, field: str) -> None:
    """Refuse a day that has passed."""
    if day < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field=field, status=422)
