"""What is checked before money is proposed: the amount, the band, the refund, paid once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from complaints import claim_rules
from complaints.claim_rules import Basis
from complaints.enums import ClaimStatus, EventKind
from complaints.models import Case, Claim, ClaimBand
from complaints.work_enums import FeeLine, Payer
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from courierqa.core.money import yuan
from shipments.models import Parcel

LIMIT_FEN = 10_000_000_00


@dataclass(frozen=True)
class Refund:
    """Which line of the order's fee is paid back, and whose money pays."""

    fee_line: str = ""
    paid_by: str = Payer.COMPANY


def band_of(amount_fen: int) -> ClaimBand:
    """Return the lowest band that covers the amount."""
    band = ClaimBand.objects.filter(Q(up_to_fen__gte=amount_fen) | Q(up_to_fen=None)).first()
    if band is None:
        raise DomainError(_("No approval band covers this amount"), code="no_band", field="amount")
    return band


def check_refund(case: Case, basis: Basis, amount_fen: int, refund: Refund) -> None:
    """What is paid back was charged before: never more than the line of the fee (PAY-04)."""
    if basis.kind != EventKind.OVERCHARGE:
        return
    order = case.parcel.order if case.parcel else None
    if order is None or refund.fee_line in ("", FeeLine.EXTRA):
        return
    charged = order.freight_fen if refund.fee_line == FeeLine.FREIGHT else order.premium_fen
    if refund.fee_line == FeeLine.FREIGHT:
        # Orders priced by hand keep no lines; the whole fee is the freight then.
        charged = charged or order.fee_fen
    if amount_fen > charged:
        wrong = _("Only %(charged)s was charged for this. More is compensation, not a refund")
        amount = {"charged": yuan(charged)}
        raise DomainError(wrong % amount, code="over_fee", field="amount", status=422)


def check_paid_once(case: Case, basis: Basis) -> None:
    """A lost parcel is not damaged as well: goods are paid for once, whoever complains."""
    if case.parcel_id is None or basis.kind not in claim_rules.FOR_GOODS:
        return
    # Two cases of one parcel wait for each other here.
    Parcel.objects.select_for_update(no_key=True).get(pk=case.parcel_id)
    live = Claim.objects.filter(parcel_id=case.parcel_id).exclude(status=ClaimStatus.REJECTED)
    others = [EventKind.DAMAGE, EventKind.SHORTAGE, EventKind.LOSS]
    if basis.kind != EventKind.LOSS:
        others = [EventKind.LOSS, basis.kind]
    if held := live.filter(event_kind__in=others).select_related("case").first():
        wrong = _("Case %(number)s already has a claim for the goods of this parcel")
        named = {"number": held.case.number}
        raise DomainError(wrong % named, code="claim_exists", field="event_kind")


def check_amount(amount_fen: int) -> None:
    if not 0 < amount_fen <= LIMIT_FEN:
        wrong = _("Enter an amount between %(low)s and %(high)s")
        limits = {"low": yuan(1), "high": yuan(LIMIT_FEN)}
        raise DomainError(wrong % limits, code="bad_amount", field="amount", status=422)


def needs_role(amount_fen: int, *, suggested: int, basis: Basis) -> str:
    role = band_of(amount_fen).role
    if not role and basis.kind != EventKind.GOODWILL and amount_fen > suggested:
        return Role.LEAD.value
    return role
