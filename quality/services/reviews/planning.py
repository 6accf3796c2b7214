"""The plan of a review series: a rule, and each of its turns exactly once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, recurrence
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.recurrence import Every
from quality import review_counts as counts
from quality.models import Review, ReviewPlan
from quality.review_enums import ReviewKind, ReviewStatus
from quality.services.moves import said
from staff.enums import EmployeeState
from staff.models import Employee, Site, User

# Turns are laid out so far ahead, so that people can see what comes.
AHEAD = timedelta(days=45)
# At least once a month (TIM-07), at least once a year (REV-01).
RHYTHMS = {
    ReviewKind.TIMELINESS: (Every.MONTH,),
    ReviewKind.MANAGEMENT: (Every.MONTH, Every.QUARTER, Every.HALF_YEAR, Every.YEAR),
}


@transaction.atomic
def make_review_plan(
    *, kind: str, site: Site | None, owner: Employee, every: str, starts_on: date, by: User,
    at: datetime,
) -> ReviewPlan:  # fmt: skip
    """Plan a series from a day on; a turn is in time until its day (I10, I11)."""
    if every not in RHYTHMS[ReviewKind(kind)]:
        text = _("Timeliness is reviewed every month, management at least every year")
        raise DomainError(text, code="rhythm", field="every", status=422)
    if kind == ReviewKind.MANAGEMENT and site is not None:
        text = _("The management review is about the whole company")
        raise DomainError(text, code="site", field="site", status=422)
    if ReviewPlan.objects.filter(kind=kind, site=site, ends_on=None).exists():
        text = _("There is a plan for this already. End it first")
        raise DomainError(text, code="taken", field="kind", status=422)
    check_owner(owner)
    plan = ReviewPlan.objects.create(
        kind=kind, site=site, owner=owner, every=every, starts_on=starts_on, made_by=by,
        made_at=at,
    )  # fmt: skip
    audit.record("review_plan.create", plan, actor=by, at=at)
    lay_out(plan, at=at)
    return plan


def check_owner(owner: Employee) -> None:
    """Only somebody who is still there answers for anything."""
    if owner.state == EmployeeState.LEFT:
        raise DomainError(_("This person has left"), code="left", field="owner", status=422)


def lay_out(plan: ReviewPlan, *, at: datetime) -> int:
    """Make the turns of one plan that are missing; return how many."""
    rule = recurrence.Rule(plan.every, plan.interval, plan.starts_on)
    end = business_day(at) + AHEAD
    if plan.ends_on is not None:
        end = min(end, plan.ends_on + timedelta(days=1))
    days = recurrence.due_days(rule, plan.starts_on, end)
    more = {"kind": plan.kind, "site_id": plan.site_id, "owner_id": plan.owner_id}
    made = recurrence.ensure(Review, plan.pk, days, **more)
    if made:
        counts.refresh_plan(plan, at=at)
    return made


@transaction.atomic
def end_review_plan(plan: ReviewPlan, *, on: date, reason: str, by: User, at: datetime) -> None:
    """End a series: turns that lie ahead and were not begun go, missed ones stay missed."""
    why = said(reason, field="reason", limit=200)
    if on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="on", status=422)
    plan.ends_on = on
    plan.save(update_fields=["ends_on", "updated_at"])
    ahead = plan.reviews.filter(planned_day__gt=on, status=ReviewStatus.PLANNED)
    gone = list(ahead.values_list("pk", flat=True))
    ahead.delete()
    counts.refresh_plan(plan, at=at, gone=gone)
    audit.record("review_plan.end", plan, actor=by, at=at, fields=["ends_on"], reason=why)
