"""Discipline with evidence and appeal; promotion against conditions."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars, clocks, history
from courierqa.core.calendars import business_day
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError, NotAllowed
from staff.enums import DisciplineLevel, DisciplineState, ProposalState
from staff.models import Discipline, Employee, LedgerEntry, Post, Promotion, User
from staff.promotions import conditions
from staff.services.grades import CALENDAR, OBJECTION_DAYS
from staff.services.posts import transfer

State = DisciplineState
MACHINE = history.Machine(
    name="discipline",
    field="state",
    transitions={
        State.PROPOSED: {"decide": State.DECIDED, "drop": State.DROPPED},
        State.DECIDED: {"appeal": State.APPEALED},
        State.APPEALED: {"uphold": State.UPHELD, "lift": State.LIFTED},
    },
)


@transaction.atomic
def propose_discipline(
    employee: Employee, *, level: str, basis: str, evidence: str, amount_fen: int = 0,
    by: User, at: datetime,
) -> Discipline:  # fmt: skip
    """Propose a step with its rule and its evidence; nobody is punished without both (ASM-07)."""
    if employee.user_id == by.pk:
        raise NotAllowed(_("Nobody decides about themselves"))
    if (level == DisciplineLevel.FINE) != bool(amount_fen):
        raise DomainError(
            _("Only a deduction has an amount, and it needs one"), code="amount", field="amount"
        )
    made = Discipline.objects.create(
        employee=employee, level=level, basis=basis, evidence=evidence, amount_fen=amount_fen,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    history.begin(made, machine=MACHINE, actor=by, at=at)
    return made


@transaction.atomic
def decide_discipline(
    step: Discipline, *, agree: bool, decision: str, by: User, at: datetime
) -> Discipline:
    """Decide a step, or drop it; the person may appeal within five working days."""
    if by.pk in (step.proposed_by_id, step.employee.user_id):
        raise NotAllowed(_("Whoever proposed it, or is meant, does not decide"))
    _require_reason(decision)
    until = clocks.due_at(
        at, clocks.Target(ClockKind.WORKING_DAYS, OBJECTION_DAYS), calendars.load(CALENDAR)
    )
    history.transition(
        step, "decide" if agree else "drop", machine=MACHINE, actor=by, at=at, reason=decision,
        changes={"decision": decision, "decided_by": by, "decided_at": at,
                 "appeal_until": until if agree else None},
    )  # fmt: skip
    return step


@transaction.atomic
def appeal_discipline(step: Discipline, *, text: str, by: User, at: datetime) -> Discipline:
    """Let the person meant disagree in time."""
    if step.employee.user_id != by.pk:
        raise NotAllowed(_("Only the person meant can appeal"))
    if step.appeal_until is not None and at > step.appeal_until:
        raise DomainError(_("The time to appeal is over"), code="too_late", field="text")
    history.transition(
        step, "appeal", machine=MACHINE, actor=by, at=at, reason=text, changes={"appeal": text}
    )
    return step


@transaction.atomic
def answer_appeal(
    step: Discipline, *, uphold: bool, answer: str, by: User, at: datetime
) -> Discipline:
    """Answer an appeal; neither who proposed nor who decided answers."""
    if by.pk in (step.proposed_by_id, step.decided_by_id, step.employee.user_id):
        raise NotAllowed(_("Somebody else than who proposed or decided must answer"))
    _require_reason(answer)
    history.transition(
        step, "uphold" if uphold else "lift", machine=MACHINE, actor=by, at=at, reason=answer,
        changes={"answer": answer, "answered_by": by},
    )  # fmt: skip
    return step


def _require_reason(text: str) -> None:
    """Refuse a decision about a person that does not say why (ASM-07)."""
    if not text.strip():
        raise DomainError(_("Write why"), code="no_note", field="note")


@transaction.atomic
def book_deduction(step: Discipline, *, by: User, at: datetime) -> LedgerEntry:
    """Take a deduction into the ledger once nobody can appeal any more."""
    step = Discipline.objects.select_for_update().get(pk=step.pk)
    over = step.appeal_until is not None and at > step.appeal_until
    stands = step.state == State.UPHELD or (step.state == State.DECIDED and over)
    if not stands or not step.amount_fen:
        raise DomainError(_("Only a deduction that stands can be booked"), code="not_final")
    if found := LedgerEntry.objects.filter(discipline=step).first():
        return found
    made = LedgerEntry.objects.create(
        employee=step.employee, discipline=step, amount_fen=-step.amount_fen, words=step.basis,
        by=by, at=at,
    )  # fmt: skip
    audit.record("reward.create", made, actor=by, at=at)
    return made


def ask_promotion(
    employee: Employee, *, post: Post, words: str, by: User, at: datetime
) -> Promotion:
    """Ask for a higher post; each condition is written down as it stands today (ASM-08)."""
    if post.promotion_months is None or post.pk == employee.post_id:
        raise DomainError(_("Nobody is promoted to this post"), code="no_way", field="post")
    try:
        with transaction.atomic():
            made = Promotion.objects.create(
                employee=employee, to_post=post, words=words, asked_by=by, asked_at=at,
                conditions=conditions(employee, post, day=business_day(at)),
            )  # fmt: skip
            audit.record("promotion.request", made, actor=by, at=at)
    except IntegrityError:
        raise DomainError(_("A request of this person is open"), code="open") from None
    return made


@transaction.atomic
def decide_promotion(
    promotion: Promotion, *, approve: bool, note: str, by: User, at: datetime
) -> Promotion:
    """Agree only while every condition is met today; the move follows at once."""
    row = Promotion.objects.select_for_update().get(pk=promotion.pk)
    if row.state != ProposalState.OPEN:
        raise DomainError(_("This request has been decided"), code="decided")
    if by.pk in (row.asked_by_id, row.employee.user_id):
        raise NotAllowed(_("Whoever asked does not decide"))
    _require_reason(note)
    day = business_day(at)
    row.conditions = conditions(row.employee, row.to_post, day=day)
    if approve and not all(line["met"] for line in row.conditions):
        raise DomainError(
            _("Not every condition is met; see the marked ones"), code="conditions", field="note"
        )
    row.state = ProposalState.APPROVED if approve else ProposalState.REJECTED
    row.decided_by, row.decided_at, row.note = by, at, note
    row.save()
    audit.record("promotion.decide", row, actor=by, at=at, reason=note)
    if approve:
        transfer(row.employee, post=row.to_post, site=row.employee.site, on=day,
                 reason=_("Promoted"), by=by, at=at)  # fmt: skip
    return row
