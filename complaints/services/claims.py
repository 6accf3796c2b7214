"""Money: proposed with its arithmetic, approved by band, paid once by a third person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints import claim_rules, steps
from complaints.claim_rules import Basis
from complaints.enums import ClaimStatus, EventKind
from complaints.models import Case, Claim, ClaimBand
from complaints.services.moves import hold, move, must_be_open
from complaints.words import BadText, clean_line
from courierqa.core import approvals, history
from courierqa.core.access import access_for
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.money import yuan
from staff.models import Site, User

LIMIT_FEN = 10_000_000_00


def basis_of(case: Case, kind: EventKind, *, loss_fen: int = 0, share: int = 100) -> Basis:
    """Return what the parcel and the customer bring to the arithmetic."""
    parcel = case.parcel
    return Basis(
        kind=kind,
        fee_fen=parcel.fee_fen if parcel else 0,
        declared_fen=parcel.declared_value_fen if parcel else 0,
        loss_fen=loss_fen,
        share=share,
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
) -> Claim:
    """Propose an amount. Within the lowest band it stands; above, the band's role must agree.

    More than the arithmetic gives always needs a second person, goodwill by its band alone.
    """
    hold(case)
    must_be_open(case)
    _check_amount(amount_fen)
    lines = claim_rules.arithmetic(basis)
    role = _needs_role(amount_fen, suggested=claim_rules.total(lines), basis=basis)
    claim = _insert(case, basis, amount_fen, by=by, borne_by=borne_by, at=at)
    history.begin(claim, machine=steps.CLAIM, actor=by, at=at)
    if role:
        claim.approval = _ask(claim, role, by=by, at=at)
        _move(claim, "ask", by=by, at=at, changes={"approval": claim.approval})
    else:
        _move(claim, "allow", by=by, at=at, detail={"band": "own"})
    return claim


@transaction.atomic
def decide_claim(*, claim: Claim, approve: bool, by: User, at: datetime, note: str = "") -> Claim:
    """The second person's yes or no."""
    hold(claim.case)
    claim.refresh_from_db()
    if claim.status != ClaimStatus.WAITING or claim.approval is None:
        raise IllegalTransition(_("This claim is not waiting for approval"))
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
    verb, approver = ("approve", by) if approve else ("reject", None)
    return _move(claim, verb, by=by, at=at, reason=note, changes={"approved_by": approver})


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
        used = _("This payment reference already paid another claim")
        raise DomainError(used, code="ref_used", field="payment_ref")
    changes = {"paid_by_user": by, "paid_at": at, "payment_ref": ref}
    return _move(claim, "pay", by=by, at=at, changes=changes)


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


def band_of(amount_fen: int) -> ClaimBand:
    """Return the lowest band that covers the amount."""
    band = ClaimBand.objects.filter(Q(up_to_fen__gte=amount_fen) | Q(up_to_fen=None)).first()
    if band is None:
        raise DomainError(_("No approval band covers this amount"), code="no_band", field="amount")
    return band


def _check_amount(amount_fen: int) -> None:
    if not 0 < amount_fen <= LIMIT_FEN:
        wrong = _("Enter an amount between %(low)s and %(high)s")
        limits = {"low": yuan(1), "high": yuan(LIMIT_FEN)}
        raise DomainError(wrong % limits, code="bad_amount", field="amount", status=422)


def _needs_role(amount_fen: int, *, suggested: int, basis: Basis) -> str:
    role = band_of(amount_fen).role
    if not role and basis.kind != EventKind.GOODWILL and amount_fen > suggested:
        return Role.LEAD.value
    return role


def _insert(
    case: Case, basis: Basis, amount_fen: int, *, by: User, borne_by: Site | None, at: datetime
) -> Claim:
    lines = claim_rules.arithmetic(basis)
    try:
        with transaction.atomic():
            return Claim.objects.create(
                case=case,
                event_kind=basis.kind,
                amount_fen=amount_fen,
                suggested_fen=claim_rules.total(lines),
                arithmetic=[line.as_dict() for line in lines],
                borne_by=borne_by or case.liable_site or case.site,
                requested_by=by,
                opened_at=at,
            )
    except IntegrityError as error:
        wrong = _("This case already has a claim of this kind")
        raise DomainError(wrong, code="claim_exists", field="event_kind") from error


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
    )


def _fingerprint(claim: Claim) -> str:
    parts = (claim.case_id, claim.event_kind, claim.amount_fen, claim.borne_by_id)
    return approvals.fingerprint_of(*parts)


def _move(claim: Claim, verb: str, *, by: User, at: datetime, **more: Any) -> Claim:
    history.transition(claim, verb, machine=steps.CLAIM, actor=by, at=at, **more)
    return claim
