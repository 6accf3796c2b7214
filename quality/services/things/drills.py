"""Emergency plans in versions, and drills: without people on the list none was held (F06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import upkeep_counts as counts
from quality.models import Drill, EmergencyPlan, PlanContact
from quality.services.moves import said
from quality.thing_enums import DrillStatus as S
from staff.models import Employee, Site, User

MACHINE = history.Machine("drill", {S.PLANNED: {"hold": S.HELD, "cancel": S.CANCELLED}})


@transaction.atomic
def revise_plan(
    plan: EmergencyPlan, *, title: str, steps: str, drill_days: int,
    contacts: Sequence[tuple[str, str]], by: User, at: datetime,
) -> EmergencyPlan:  # fmt: skip
    """Write a plan anew: its next version, with whom to call in which order (SAF-02)."""
    if not contacts:
        text = _("Name at least one office to call, with its number")
        raise DomainError(text, code="required", field="contacts", status=422)
    plan.title, plan.steps = said(title, field="title", limit=80), said(steps, field="steps")
    plan.drill_days, plan.reviewed_on = drill_days, business_day(at)
    plan.version += 1
    plan.save()
    plan.contacts.all().delete()
    PlanContact.objects.bulk_create(
        [PlanContact(plan=plan, position=place, role=role[:60], phone=phone[:30])
         for place, (role, phone) in enumerate(contacts, 1)]
    )  # fmt: skip
    audit.record("emergency.change", plan, actor=by, at=at)
    return plan


@transaction.atomic
def plan_drill(
    *, plan: EmergencyPlan, site: Site, planned_on: date, by: User, at: datetime
) -> Drill:
    """Plan a drill of a plan at a site."""
    if planned_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="planned_on")
    row = Drill.objects.create(
        plan=plan, site=site, first_planned_on=planned_on, planned_on=planned_on
    )
    history.begin(row, machine=MACHINE, actor=by, at=at)
    counts.refresh_drill(row, at=at)
    return row


@transaction.atomic
def move_drill(row: Drill, *, planned_on: date, reason: str, by: User, at: datetime) -> Drill:
    """Put a drill off; it is judged by the day planned first."""
    if row.status != S.PLANNED:
        raise DomainError(_("Only a planned drill can be moved"), code="wrong_step")
    if planned_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="planned_on")
    row.planned_on = planned_on
    row.save(update_fields=["planned_on", "updated_at"])
    audit.record("drill.extend", row, actor=by, at=at,
                 reason=said(reason, field="reason", limit=200))  # fmt: skip
    return row


@transaction.atomic
def hold_drill(
    row: Drill, *, held_on: date, people: Sequence[Employee], partners: str, lessons: str,
    by: User, at: datetime,
) -> Drill:  # fmt: skip
    """Write down a drill with who took part (SAF-08)."""
    if held_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="held_on")
    if not people:
        text = _("Choose who took part; without a list it was not held")
        raise DomainError(text, code="no_attendance", field="people", status=422)
    changes = {
        "held_on": held_on, "partners": partners.strip()[:120],
        "lessons": said(lessons, field="lessons", limit=500),
    }  # fmt: skip
    history.transition(row, "hold", machine=MACHINE, actor=by, at=at, changes=changes)
    row.people.set(people)
    counts.refresh_drill(row, at=at)
    return row
