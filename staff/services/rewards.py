"""Rewards and penalties: proposals by rule, decisions, the ledger, honours, suggestions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.timeframes import parse_period
from staff import counted
from staff.enums import AssessmentState, ProposalState, SuggestionState
from staff.models import (
    Assessment,
    Employee,
    LedgerEntry,
    Nomination,
    RewardProposal,
    RewardRule,
    Suggestion,
    User,
)

# A suggestion is answered within this time (H07).
REVIEW = timedelta(days=30)


def rule_for(grade: str, month: str) -> RewardRule | None:
    """Return the rule of a grade in force when the month began."""
    first = parse_period(month).start_day
    rules = RewardRule.objects.filter(grade=grade, valid_from__lte=first)
    return rules.order_by("-valid_from").first()


@transaction.atomic
def propose_for_month(
    month: str, *, people: QuerySet[Employee], by: User | None, at: datetime
) -> int:
    """Turn final grades of a month into proposals, one each, however often asked (ASM-05).

    Only of `people`, those within reach of who asks, and never of oneself (ROL-01, ROL-03). A
    grade that may still be objected to brings nothing yet; neither does a month not graded.
    """
    rows = Assessment.objects.filter(
        month=month, state=AssessmentState.FINAL, not_graded_reason="", proposal=None,
        employee__in=people,
    ).select_related("employee")  # fmt: skip
    if by is not None:
        rows = rows.exclude(employee__user=by)
    made = 0
    for row in rows.order_by("pk"):
        newest = Assessment.objects.filter(employee=row.employee, month=month).first()
        rule = rule_for(row.grade, month)
        if newest != row or rule is None or not rule.amount_fen or _is_paid(row):
            continue
        proposal = RewardProposal.objects.create(
            employee=row.employee, assessment=row, amount_fen=rule.amount_fen,
            basis=f"{month} {row.grade}", proposed_by=by, proposed_at=at,
        )  # fmt: skip
        audit.record("reward.create", proposal, actor=by, at=at)
        made += 1
    return made


def _is_paid(row: Assessment) -> bool:
    """Say whether an earlier version of this month brought something already."""
    earlier = RewardProposal.objects.filter(
        employee=row.employee, assessment__month=row.month
    ).exclude(state=ProposalState.REJECTED)
    return earlier.exists()


@transaction.atomic
def propose_reward(
    employee: Employee, *, amount_fen: int, basis: str, by: User, at: datetime
) -> RewardProposal:
    """Propose a reward (above zero) or a deduction (below)."""
    if employee.user_id == by.pk:
        raise NotAllowed(_("Nobody rewards themselves"))
    if not amount_fen:
        raise DomainError(_("Enter an amount"), code="no_amount", field="amount")
    made = RewardProposal.objects.create(
        employee=employee, amount_fen=amount_fen, basis=basis, proposed_by=by, proposed_at=at
    )
    audit.record("reward.create", made, actor=by, at=at)
    return made


def decide_reward(
    proposal: RewardProposal, *, approve: bool, by: User, at: datetime, note: str = ""
) -> RewardProposal:
    """Agree or not; an agreed one enters the ledger once, however often the button is pressed."""
    try:
        with transaction.atomic():
            return _decide(proposal.pk, approve=approve, by=by, at=at, note=note)
    except IntegrityError:
        raise DomainError(_("This proposal has been decided"), code="decided") from None


def _decide(pk: int, *, approve: bool, by: User, at: datetime, note: str) -> RewardProposal:
    row = RewardProposal.objects.select_for_update().get(pk=pk)
    if row.state != ProposalState.OPEN:
        raise DomainError(_("This proposal has been decided"), code="decided")
    if by.pk == row.proposed_by_id or by.pk == row.employee.user_id:
        raise NotAllowed(_("Whoever proposed it, or gains by it, does not decide"))
    if not approve and not note:
        raise DomainError(_("Write why"), code="no_note", field="note")
    row.state = ProposalState.APPROVED if approve else ProposalState.REJECTED
    row.decided_by, row.decided_at, row.note = by, at, note
    row.save()
    audit.record("reward.decide", row, actor=by, at=at, reason=note)
    if approve:
        LedgerEntry.objects.create(
            employee=row.employee, proposal=row, amount_fen=row.amount_fen, words=row.basis,
            by=by, at=at,
        )  # fmt: skip
    return row


def reverse_entry(entry: LedgerEntry, *, reason: str, by: User, at: datetime) -> LedgerEntry:
    """Undo an entry with its opposite; nothing in the ledger is ever changed."""
    if by.pk == entry.employee.user_id:
        raise NotAllowed(_("Whoever gains or loses by it does not reverse it"))
    if entry.reverses_id:
        raise DomainError(_("This entry is itself a reversal"), code="reversal")
    try:
        with transaction.atomic():
            made = LedgerEntry.objects.create(
                employee=entry.employee, reverses=entry, amount_fen=-entry.amount_fen,
                words=reason, by=by, at=at,
            )  # fmt: skip
            audit.record("reward.reverse", made, actor=by, at=at, reason=reason)
    except IntegrityError:
        raise DomainError(_("This entry was reversed already"), code="reversed") from None
    return made


@transaction.atomic
def nominate(employee: Employee, *, month: str, words: str, by: User, at: datetime) -> Nomination:
    """Propose somebody else as service star of a month; one voice each (ASM-06)."""
    if employee.user_id == by.pk:
        raise NotAllowed(_("Nobody nominates themselves"))
    made, is_new = Nomination.objects.get_or_create(
        employee=employee, month=month, by=by, defaults={"words": words, "at": at}
    )
    if is_new:
        audit.record("star.create", made, actor=by, at=at)
    return made


@transaction.atomic
def award_star(nomination: Nomination, *, by: User, at: datetime) -> Nomination:
    """Name a nominated person service star; a colleague with grade C cannot be one."""
    row = Nomination.objects.select_for_update().get(pk=nomination.pk)
    if by.pk in (row.by_id, row.employee.user_id):
        raise NotAllowed(_("Whoever proposed it, or gains by it, does not decide"))
    graded = row.employee.assessments.exclude(state=AssessmentState.DRAFT).first()
    if graded is not None and graded.grade == "C":
        raise DomainError(_("A person with grade C cannot be service star"), code="grade_c")
    row.awarded_at, row.awarded_by = row.awarded_at or at, row.awarded_by or by
    row.save(update_fields=["awarded_at", "awarded_by", "updated_at"])
    audit.record("star.award", row, actor=by, at=at)
    return row


@transaction.atomic
def make_suggestion(employee: Employee, *, title: str, text: str, at: datetime) -> Suggestion:
    """Take a suggestion; it is answered within thirty days (H07)."""
    made = Suggestion.objects.create(
        employee=employee, title=title, text=text, at=at, due_at=at + REVIEW
    )
    audit.record("suggestion.create", made, actor=employee.user, at=at)
    counted.refresh_suggestion(made, at=at)
    return made


@transaction.atomic
def review_suggestion(
    suggestion: Suggestion, *, adopt: bool, answer: str, reward_fen: int = 0, by: User,
    at: datetime,
) -> Suggestion:  # fmt: skip
    """Adopt or decline with the reason; an adopted one may bring a proposal for a reward."""
    row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if row.state != SuggestionState.OPEN:
        raise DomainError(_("This suggestion has been answered"), code="answered")
    if row.employee.user_id == by.pk:
        raise NotAllowed(_("Nobody reviews their own suggestion"))
    row.state = SuggestionState.ADOPTED if adopt else SuggestionState.DECLINED
    row.answer, row.decided_by, row.decided_at = answer, by, at
    if adopt and reward_fen > 0:
        row.reward = propose_reward(
            row.employee, amount_fen=reward_fen, basis=row.title, by=by, at=at
        )
    row.save()
    audit.record("suggestion.decide", row, actor=by, at=at)
    counted.refresh_suggestion(row, at=at)
    return row
