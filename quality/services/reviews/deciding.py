"""What a review decides; each decision becomes a measure of the loop when it is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day, day_start
from courierqa.core.errors import DomainError
from quality.enums import ActionKind, NcKind, SourceKind, Status
from quality.models import Action, Cause, Nonconformity, Review, ReviewDecision
from quality.review_enums import Output, ReviewKind
from quality.services.analysing import find_cause
from quality.services.moves import said
from quality.services.planning import add_action
from quality.services.raising import Problem, raise_nonconformity
from quality.services.reviews.planning import check_owner
from quality.services.reviews.preparing import held_row, require_open
from staff.models import Employee, User


@dataclass(frozen=True)
class Decided:
    """What is to be done, by whom, until when; or a nonconformity that stands already."""

    output: str
    text: str
    owner: Employee
    due_on: date
    cause: Cause | None = None
    category: str = ""
    metric: str = ""
    nonconformity: Nonconformity | None = None


@transaction.atomic
def add_decision(review: Review, *, decided: Decided, by: User, at: datetime) -> ReviewDecision:
    """Write a decision down; one on timeliness says by which of the four ways (TIM-09)."""
    row = held_row(review)
    require_open(row)
    _check(row, decided, at)
    last = row.decisions.aggregate(last=Max("position"))["last"] or 0
    made = ReviewDecision.objects.create(
        **{**vars(decided), "text": said(decided.text, field="text", limit=500)},
        review=row, position=last + 1,
    )  # fmt: skip
    audit.record("review.add_decision", row, actor=by, at=at, fields=[str(made.position)])
    return made


@transaction.atomic
def drop_decision(decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Take a decision out again while the review is being prepared."""
    row = held_row(decision.review)
    require_open(row)
    decision.delete()
    audit.record("review.drop_decision", row, actor=by, at=at, fields=[str(decision.position)])


def _check(row: Review, decided: Decided, at: datetime) -> None:
    if decided.due_on < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="due_on", status=422)
    check_owner(decided.owner)
    if decided.nonconformity is None and decided.cause is None:
        text = _("Name the cause it goes to, or a corrective action that stands already")
        raise DomainError(text, code="required", field="cause", status=422)
    is_improvement = decided.output == Output.IMPROVEMENT
    if row.kind == ReviewKind.TIMELINESS and is_improvement and not decided.category:
        text = _("Say by which of the four ways time is gained")
        raise DomainError(text, code="required", field="category", status=422)


def order_measures(row: Review, *, by: User, at: datetime) -> None:
    """Turn every decision into a measure with its cause, owner and day; the loop goes on there."""
    for one in row.decisions.select_related("owner", "cause", "nonconformity"):
        if one.nonconformity is None:
            one.nonconformity, one.action = _order(row, one, by=by, at=at)
            one.save(update_fields=["nonconformity", "action", "updated_at"])
        else:
            one.action = _join(one.nonconformity, one, by=by, at=at)
            one.save(update_fields=["action", "updated_at"])


def _order(
    row: Review, one: ReviewDecision, *, by: User, at: datetime
) -> tuple[Nonconformity, Action]:
    """Raise it with the figure attached (TIM-08), name the cause, plan the deed."""
    problem = Problem(
        title=one.text[:120].replace("\n", " "), text=one.text, kind=NcKind.POTENTIAL,
        owner=one.owner, plan_due_on=max(one.due_on, business_day(at)), data=data_of(row, one),
    )  # fmt: skip
    raised = raise_nonconformity(
        source=SourceKind.REVIEW, reference=reference_of(one), site=row.site,
        found_at=min(day_start(row.held_on or business_day(at)), at), problem=problem, by=by,
        at=at,
    )  # fmt: skip
    why = _("Decided in %(review)s") % {"review": row}
    cause = one.cause
    assert cause is not None
    find_cause(raised, cause=cause, whys=[f"{why}: {row.causes or one.text}"[:300]], fishbone={},
               by=by, at=at)  # fmt: skip
    return raised, _deed(raised, one, by=by, at=at)


def _join(raised: Nonconformity, one: ReviewDecision, *, by: User, at: datetime) -> Action | None:
    """Add the deed to a nonconformity that is being planned; a later one is only named."""
    raised.refresh_from_db()
    return _deed(raised, one, by=by, at=at) if raised.status == Status.CAUSE_FOUND else None


def _deed(raised: Nonconformity, one: ReviewDecision, *, by: User, at: datetime) -> Action:
    due = max(one.due_on, business_day(at))
    return add_action(raised, kind=ActionKind.IMPROVEMENT, text=one.text, owner=one.owner,
                      due_on=due, by=by, at=at)  # fmt: skip


def reference_of(one: ReviewDecision) -> str:
    """Return how a nonconformity names the decision it came from."""
    return f"{one.review_id}-{one.position}"


def data_of(row: Review, one: ReviewDecision) -> dict[str, object]:
    """Return the figure a decision is to move, as the review saw it."""
    lines = [
        line
        for some in row.figures.values()
        if isinstance(some, list)
        for line in some
        if isinstance(line, dict) and line.get("code") == one.metric
    ]
    seen = lines[0] if lines and one.metric else {}
    return {
        "review": row.number, "metric": one.metric, "site": row.site.code if row.site else "",
        "period": row.period.key, "category": one.category,
        **{name: seen[name] for name in ("value", "total", "target") if name in seen},
        "as_of": row.figures.get("as_of", ""),
    }  # fmt: skip
