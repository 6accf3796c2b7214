"""The plan: deeds with owners and days, how the effect will be seen, a second person's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals, audit
from courierqa.core.calendars import business_day
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval
from quality.enums import ActionStatus, EffectRule, Severity
from quality.enums import Status as S
from quality.models import Action, EffectCheck, Nonconformity
from quality.services.moves import actions_of, check_of, hold, move, require, said
from staff.enums import EmployeeState
from staff.models import Employee, Site, User

KIND = "quality.plan"


@dataclass(frozen=True)
class Criterion:
    """What must be seen, where, when, and who looks."""

    rule: str
    verifier: Employee
    due_on: date
    metric: str = ""
    site: Site | None = None
    threshold: Decimal | None = None
    words: str = ""
    may_be_early: bool = False


@transaction.atomic
def add_action(
    row: Nonconformity, *, kind: str, text: str, owner: Employee, due_on: date, by: User,
    at: datetime,
) -> Action:  # fmt: skip
    """Put a deed into the plan; the cause must be known first (NCR-03)."""
    row = _planned(row)
    if due_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_on")
    if owner.state == EmployeeState.LEFT:
        raise DomainError(_("This person has left"), code="left", field="owner")
    last = actions_of(row).aggregate(last=Max("position"))["last"] or 0
    made = Action.objects.create(
        nonconformity=row, round=row.round, position=last + 1, kind=kind,
        text=said(text, field="text", limit=500), owner=owner, first_due_on=due_on,
        due_on=due_on,
    )  # fmt: skip
    audit.record("nonconformity.add_action", row, actor=by, at=at)
    return made


@transaction.atomic
def drop_action(action: Action, *, by: User, at: datetime) -> None:
    """Take a deed out of a plan nobody has approved yet; later it can only be cancelled."""
    row = _planned(action.nonconformity)
    if action.ordered_at is not None:
        text = _("It was approved: cancel it with a reason")
        raise DomainError(text, code="ordered")
    action.delete()
    audit.record("nonconformity.drop_action", row, actor=by, at=at)


@transaction.atomic
def set_criterion(
    row: Nonconformity, *, criterion: Criterion, by: User, at: datetime
) -> EffectCheck:
    """Fix beforehand how the effect will be seen (NCR-07)."""
    row = _planned(row)
    _check_criterion(criterion)
    _check_verifier(row, criterion.verifier)
    fields = {**vars(criterion), "set_by": by, "set_at": at}
    known = EffectCheck.objects.filter(nonconformity=row, round=row.round).first()
    if known is not None and actions_of(row).filter(status=ActionStatus.DONE).exists():
        text = _("Something was done already: what must be seen cannot change any more")
        raise DomainError(text, code="fixed")
    first = criterion.due_on if known is None or not _was_ordered(row) else known.first_due_on
    made, _new = EffectCheck.objects.update_or_create(
        nonconformity=row, round=row.round, defaults={**fields, "first_due_on": first}
    )
    audit.record("nonconformity.set_criterion", row, actor=by, at=at)
    return made


@transaction.atomic
def propose_plan(row: Nonconformity, *, by: User, at: datetime) -> Approval:
    """Ask for approval: quality management's, or the company's for a major one (NCR-10)."""
    row = hold(row)
    check = check_of(row)
    _check_plan(row, check, at)
    _check_verifier(row, check.verifier)
    move(row, "propose", by=by, at=at, proposed_by=by)
    return approvals.request_approval(
        kind=KIND, obj=row, title=f"{row.number} · {row.title}", needs_role=_approver(row, by, at),
        by=by, at=at, site_id=row.site_id, fingerprint=fingerprint(row),
        link=reverse("quality:nonconformity", args=[row.number]),
    )  # fmt: skip


@transaction.atomic
def decide_plan(
    row: Nonconformity, *, approve: bool, note: str, by: User, at: datetime
) -> Nonconformity:
    """Approve the plan, or send it back with the reason; whoever proposed it cannot."""
    row = hold(row)
    require(row, S.PROPOSED, why=_("No plan waits for approval"))
    words = note.strip() if approve else said(note, field="note", limit=500)
    asked = waiting(row)
    if asked is None:
        raise DomainError(_("No plan waits for approval"), code="wrong_step")
    told = approvals.decide(
        asked, approve=approve, by=by, at=at, note=words, current_fingerprint=fingerprint(row)
    )
    if told.state == ApprovalState.APPROVED:
        actions_of(row).filter(ordered_at=None).update(ordered_at=at)
        move(row, "approve", by=by, at=at, reason=words, approved_at=at)
    else:
        move(row, "reject", by=by, at=at, reason=words)
    return row


@transaction.atomic
def replan(row: Nonconformity, *, reason: str, by: User, at: datetime) -> Nonconformity:
    """Take an approved plan up again: what is added needs a new approval."""
    row = hold(row)
    move(row, "replan", by=by, at=at, reason=said(reason, field="reason", limit=500),
         approved_at=None)  # fmt: skip
    return row


def waiting(row: Nonconformity) -> Approval | None:
    """Return the request that waits for a decision."""
    rows = Approval.objects.filter(
        kind=KIND, object_type=row._meta.label_lower, object_id=row.pk,
        state=ApprovalState.REQUESTED,
    )  # fmt: skip
    return rows.first()


def fingerprint(row: Nonconformity) -> str:
    """Return a fingerprint of the plan, so that a changed one must be asked for anew."""
    deeds = actions_of(row).values_list("kind", "text", "owner_id", "due_on", "status")
    check = EffectCheck.objects.filter(nonconformity=row, round=row.round).values_list(
        "rule", "metric", "site_id", "threshold", "words", "due_on", "may_be_early", "verifier_id"
    )
    return approvals.fingerprint_of(row.round, row.cause_id, list(deeds), list(check))


def _planned(row: Nonconformity) -> Nonconformity:
    """Return the row locked while its plan may be written."""
    row = hold(row)
    if row.status in (S.OPEN, S.CONTAINED):
        raise DomainError(_("First name the cause: a plan goes to the cause"), code="no_cause")
    require(row, S.CAUSE_FOUND, why=_("The plan is fixed. Take it up again to change it"))
    return row


def _was_ordered(row: Nonconformity) -> bool:
    return bool(actions_of(row).exclude(ordered_at=None).exists())


def _check_criterion(criterion: Criterion) -> None:
    """A criterion says either a figure with its limit, or words."""
    rule = EffectRule(criterion.rule)
    lacks = {
        "metric": rule != EffectRule.WORDS and not criterion.metric,
        "threshold": rule in (EffectRule.AT_LEAST, EffectRule.AT_MOST)
        and criterion.threshold is None,
        "words": rule == EffectRule.WORDS and not criterion.words.strip(),
    }
    for name, is_missing in lacks.items():
        if is_missing:
            raise DomainError(_("Fill this in"), code="required", field=name, status=422)


def _check_verifier(row: Nonconformity, verifier: Employee) -> None:
    """Nobody proves their own work (I05)."""
    own = {row.owner_id, *actions_of(row).values_list("owner_id", flat=True)}
    if verifier.pk in own:
        text = _("Somebody who does none of it must check the effect")
        raise NotAllowed(text, code="own_work", field="verifier", status=422)


def _check_plan(row: Nonconformity, check: EffectCheck, at: datetime) -> None:
    deeds = list(actions_of(row))
    if not deeds:
        raise DomainError(_("A plan has at least one measure"), code="no_action")
    if row.owner_id is None:
        raise DomainError(_("First name an owner"), code="no_owner")
    last = max(deed.due_on for deed in deeds)
    if check.due_on <= last and not check.may_be_early:
        text = _("The effect is checked after the last measure is due, %(day)s")
        raise DomainError(text % {"day": last}, code="too_early", field="due_on")
    if not row.analyses.filter(round=row.round).exists():
        raise DomainError(_("First name the cause: a plan goes to the cause"), code="no_cause")


def _approver(row: Nonconformity, by: User, at: datetime) -> str:
    """Quality management approves; management does what is major or quality's own."""
    holds = {role for role, _site in by.grants_at(at)}
    is_high = row.severity == Severity.MAJOR or Role.QUALITY in holds
    return str(Role.MANAGER if is_high else Role.QUALITY)
