"""Money: proposed with its arithmetic, approved by band, paid once by a third person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import claim_rules, counted, selectors, steps
from complaints.claim_rules import Basis
from complaints.enums import ClaimStatus, EventKind, PauseEnd
from complaints.models import Case, Claim
from complaints.services.claim_checks import (
    Refund,
    check_amount,
    check_paid_once,
    check_refund,
    needs_role,
)
from complaints.services.moves import hold, move, must_be_open
from complaints.services.pausing import end_proofs
from complaints.services.settling import book_whole
from complaints.words import BadText, clean_line
from courierqa.core import approvals, calendars, clocks, history
from courierqa.core.access import access_for
from courierqa.core.clocks import Target
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.money import yuan
from shipments.models import Order
from staff.models import Site, User

# Decided within seven days, paid within seven working days of the yes (P02, P03): proposals.
DECIDE_TARGET = Target(kind=ClockKind.CALENDAR_DAYS, amount=7)
NO_REFUND = Refund()
PAY_TARGET = Target(kind=ClockKind.WORKING_DAYS, amount=7)


def basis_of(
    case: Case, kind: EventKind, *, loss_fen: int = 0, share: int = 100, at: datetime | None = None
) -> Basis:
    """Return what the parcel, the customer and the rule in force bring to the arithmetic.

    `at` is when the rule must be in force; without it the newest one counts.
    """
    parcel = case.parcel
    declared = parcel.declared_value_fen if parcel else 0
    return Basis(
        kind=kind,
        fee_fen=parcel.fee_fen if parcel else 0,
        declared_fen=declared,
        loss_fen=loss_fen,
        share=share,
        rule=selectors.rule_for(kind, insured=bool(declared), at=at),
    )


@transaction.atomic
def propose_claim(
    *,
    case: Case,
    basis: Basis,
    amount_fen: int,
    by: User,
    at: datetime,
    borne_by: Site | None = None,
    refund: Refund = NO_REFUND,
) -> Claim:
    """Propose an amount. Within the lowest band it stands; above, the band's role must agree.

    More than the arithmetic gives always needs a second person, goodwill by its band alone.
    """
    hold(case)
    must_be_open(case)
    check_amount(amount_fen)
    check_refund(case, basis, amount_fen, refund)
    check_paid_once(case, basis)
    lines = claim_rules.arithmetic(basis)
    role = needs_role(amount_fen, suggested=claim_rules.total(lines), basis=basis)
    claim = _insert(case, basis, amount_fen, by=by, borne_by=borne_by, at=at, refund=refund)
    history.begin(claim, machine=steps.CLAIM, actor=by, at=at)
    if role:
        claim.approval = _ask(claim, role, by=by, at=at)
        _move(claim, "ask", by=by, at=at, changes={"approval": claim.approval})
    else:
        agreed = {"decided_at": at, "pay_due_at": pay_due(at)}
        _move(claim, "allow", by=by, at=at, detail={"band": "own"}, changes=agreed)
    return claim


@transaction.atomic
def decide_claim(*, claim: Claim, approve: bool, by: User, at: datetime, note: str = "") -> Claim:
    """The second person's yes or no."""
    case = hold(claim.case)
    claim.refresh_from_db()
    if claim.status != ClaimStatus.WAITING or claim.approval is None:
        raise IllegalTransition(_("This claim is not waiting for approval"))
    end_proofs(case, how=PauseEnd.STEP, at=at)
    claim.refresh_from_db()
    approval = approvals.decide(
        claim.approval,
        approve=approve,
        by=by,
        at=at,
        note=note,
        current_fingerprint=_fingerprint(claim),
    )
    if approval.state == "lapsed":
        raise DomainError(_("The claim changed after it was sent. Propose it again"), code="lapsed")
    changes: dict[str, Any] = {"approved_by": by if approve else None, "decided_at": at}
    if approve:
        changes["pay_due_at"] = pay_due(at)
    verb = "approve" if approve else "reject"
    return _move(claim, verb, by=by, at=at, reason=note, changes=changes)


@transaction.atomic
def pay_claim(*, claim: Claim, by: User, at: datetime, payment_ref: str) -> Claim:
    """Record the payment once. Whoever asked or approved does not pay."""
    hold(claim.case)
    claim.refresh_from_db()
    ref = clean_line(payment_ref, field="payment_ref", limit=60)
    if not ref:
        raise BadText(_("Enter the payment reference"), code="required", field="payment_ref")
    if by.pk in (claim.requested_by_id, claim.approved_by_id):
        raise NotAllowed(_("Whoever asked for or approved a claim does not pay it"))
    if access_for(by, "claim", "pay") is None:
        raise NotAllowed(_("You may not pay claims"))
    if claim.status == ClaimStatus.PAID:
        raise DomainError(_("This claim is already paid"), code="already_paid")
    if Claim.objects.filter(payment_ref=ref).exists():
        raise _ref_used()
    changes = {"paid_by_user": by, "paid_at": at, "payment_ref": ref}
    try:
        with transaction.atomic():
            _move(claim, "pay", by=by, at=at, changes=changes)
    except IntegrityError as error:
        # Another claim was paid with this reference between our look and our write.
        raise _ref_used() from error
    book_whole(claim, by=by, at=at)
    return claim


@transaction.atomic
def waive_money(*, case: Case, reason: str, by: User, at: datetime) -> Case:
    """Decide, with the reason, that no compensation is due."""
    hold(case)
    must_be_open(case)
    why = clean_line(reason, field="no_money_reason", limit=300)
    if not why:
        wrong = _("Enter why no compensation is due")
        raise BadText(wrong, code="required", field="no_money_reason")
    if Claim.objects.filter(case=case).exclude(status=ClaimStatus.REJECTED).exists():
        raise DomainError(_("This case has a claim. Decide the claim instead"), code="has_claim")
    return move(case, "settle", by=by, at=at, reason=why, changes={"no_money_reason": why})


def pay_due(at: datetime) -> datetime:
    """Return the end of the seventh working day after the yes (P03)."""
    return clocks.due_at(at, PAY_TARGET, calendars.load("CN"))


def _ref_used() -> DomainError:
    used = _("This payment reference already paid another claim")
    return DomainError(used, code="ref_used", field="payment_ref")


def _insert(
    case: Case, basis: Basis, amount_fen: int, *, by: User, borne_by: Site | None, at: datetime,
    refund: Refund,
) -> Claim:  # fmt: skip
    lines = claim_rules.arithmetic(basis)
    try:
        with transaction.atomic():
            return Claim.objects.create(
                case=case,
                parcel=case.parcel,
                event_kind=basis.kind,
                amount_fen=amount_fen,
                suggested_fen=claim_rules.total(lines),
                arithmetic=[line.as_dict() for line in lines],
                borne_by=borne_by or case.liable_site or case.site,
                requested_by=by,
                opened_at=at,
                due_at=clocks.due_at(at, DECIDE_TARGET, calendars.load("24/7")),
                rule_version=basis.rule.version if basis.rule else 0,
                order=_order_of(case, basis),
                fee_line=refund.fee_line if basis.kind == EventKind.OVERCHARGE else "",
                paid_by=refund.paid_by,
            )
    except IntegrityError as error:
        wrong = _("This case or parcel already has a claim of this kind")
        raise DomainError(wrong, code="claim_exists", field="event_kind") from error


def _order_of(case: Case, basis: Basis) -> Order | None:
    return case.parcel.order if case.parcel and basis.kind == EventKind.OVERCHARGE else None


def _ask(claim: Claim, role: str, *, by: User, at: datetime) -> Any:
    title = _("%(number)s: compensation of %(amount)s")
    return approvals.request_approval(
        kind="claim",
        obj=claim,
        title=title % {"number": claim.case.number, "amount": yuan(claim.amount_fen)},
        needs_role=role,
        by=by,
        at=at,
        amount_fen=claim.amount_fen,
        site_id=claim.case.site_id,
        fingerprint=_fingerprint(claim),
        link=reverse("complaints:case", args=[claim.case.number]),
    )


def _fingerprint(claim: Claim) -> str:
    parts = (claim.case_id, claim.event_kind, claim.amount_fen, claim.borne_by_id)
    return approvals.fingerprint_of(*parts)


def _move(claim: Claim, verb: str, *, by: User, at: datetime, **more: Any) -> Claim:
    history.transition(claim, verb, machine=steps.CLAIM, actor=by, at=at, **more)
    counted.refresh_claims([claim.pk], at=at)
    return claim
