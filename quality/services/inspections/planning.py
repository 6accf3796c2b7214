"""The inspection plan: a rule, and each of its days exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit, recurrence
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import inspection_counts as counts
from quality.inspection_enums import SampleKind
from quality.models import Checklist, InspectionPlan, PlannedInspection
from quality.services.moves import said
from staff.models import Employee, Site, User

# Days are laid out so far ahead, so that people can see what comes.
AHEAD = timedelta(days=60)


@transaction.atomic
def make_inspection_plan(
    *, checklist: Checklist, site: Site, kind: str, lead: Employee, every: str, interval: int,
    starts_on: date, by: User, at: datetime, reason: str = "", members: Sequence[Employee] = (),
) -> InspectionPlan:  # fmt: skip
    """Plan an inspection of a site by a rule; a targeted one says why (INS-02)."""
    if kind == SampleKind.TARGETED:
        reason = said(reason, field="reason", limit=200)
    if not 1 <= interval <= 24:
        raise DomainError(_("Enter 1 to 24"), code="interval", field="interval", status=422)
    if lead in members:
        text = _("The leader is on the team already")
        raise DomainError(text, code="twice", field="members", status=422)
    plan = InspectionPlan.objects.create(
        checklist=checklist, site=site, kind=kind, reason=reason, lead=lead, every=every,
        interval=interval, starts_on=starts_on, made_by=by, made_at=at,
    )  # fmt: skip
    plan.members.set(members)
    audit.record("inspection_plan.create", plan, actor=by, at=at)
    lay_out(plan, at=at)
    return plan


def lay_out(plan: InspectionPlan, *, at: datetime) -> int:
    """Make the days of one plan that are missing; return how many."""
    rule = recurrence.Rule(plan.every, plan.interval, plan.starts_on)
    end = business_day(at) + AHEAD
    if plan.ends_on is not None:
        end = min(end, plan.ends_on + timedelta(days=1))
    days = recurrence.due_days(rule, plan.starts_on, end)
    made = recurrence.ensure(PlannedInspection, plan.pk, days)
    if made:
        counts.refresh_plan(plan, at=at)
    return made


def plan_ahead(*, now: datetime) -> dict[str, Any]:
    """Make the days that have come within reach; run by the scheduler, twice does no harm."""
    live = Q(ends_on=None) | Q(ends_on__gte=business_day(now))
    plans = InspectionPlan.objects.filter(live).order_by("pk")
    return {"days": sum(lay_out(plan, at=now) for plan in plans)}


@transaction.atomic
def move_day(
    planned: PlannedInspection, *, due_day: date, reason: str, by: User, at: datetime
) -> PlannedInspection:
    """Put one day off with a reason; what was planned stays the day it is counted by."""
    planned = PlannedInspection.objects.select_for_update().get(pk=planned.pk)
    if planned.done_at is not None:
        raise DomainError(_("This inspection is done"), code="done")
    if due_day < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_day")
    why = said(reason, field="reason", limit=200)
    planned.due_day = due_day
    planned.save(update_fields=["due_day"])
    audit.record("inspection_plan.move", planned.plan, actor=by, at=at, fields=["due_day"],
                 reason=why)  # fmt: skip
    return planned


@transaction.atomic
def end_plan(plan: InspectionPlan, *, on: date, reason: str, by: User, at: datetime) -> None:
    """End a plan: days that lie ahead go, days that were missed stay missed."""
    why = said(reason, field="reason", limit=200)
    if on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="on")
    plan.ends_on = on
    plan.save(update_fields=["ends_on", "updated_at"])
    plan.days.filter(planned_day__gt=on, done_at=None).delete()
    audit.record("inspection_plan.end", plan, actor=by, at=at, fields=["ends_on"], reason=why)
    counts.refresh_plan(plan, at=at)
