"""Money: who may propose, approve and pay a claim."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import EventKind
from courierqa.core.errors import DomainError, NotAllowed
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.req("PAY-01", "PAY-07")
def test_small_goodwill_stands_and_is_paid_by_another(team):
    case = open_case(by=team.ana)

    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana, at=AT
    )
    assert claim.status == "approved"
    with pytest.raises(NotAllowed):
        services.pay_claim(claim=claim, by=team.ana, at=AT, payment_ref="P1")
    services.pay_claim(claim=claim, by=team.lea, at=AT, payment_ref="P1")

    assert (claim.status, claim.paid_by_user) == ("paid", team.lea)
    with pytest.raises(DomainError) as refused:
        services.pay_claim(claim=claim, by=team.leo, at=AT, payment_ref="P2")
    assert refused.value.code == "already_paid"


@pytest.mark.req("PAY-06", "PAY-07")
@pytest.mark.parametrize(("amount", "needs"), [(5000, "lead"), (50000, "lead"), (50001, "manager")])
def test_more_than_the_arithmetic_or_the_band_needs_a_second_person(team, parcel, amount, needs):
    case = open_case(by=team.ana, waybill=parcel.waybill)
    basis = services.basis_of(case, EventKind.DELAY)

    claim = services.propose_claim(case=case, basis=basis, amount_fen=amount, by=team.ana, at=AT)

    assert (claim.status, claim.approval.needs_role) == ("waiting", needs)
    assert claim.suggested_fen == 1200


def test_approver_is_neither_requester_nor_payer(team):
    case = open_case(by=team.lea)
    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=20000, by=team.lea, at=AT
    )

    with pytest.raises(NotAllowed):
        services.decide_claim(claim=claim, approve=True, by=team.lea, at=AT)
    services.decide_claim(claim=claim, approve=True, by=team.leo, at=AT)
    with pytest.raises(NotAllowed):
        services.pay_claim(claim=claim, by=team.leo, at=AT, payment_ref="P1")
    services.pay_claim(claim=claim, by=team.max, at=AT, payment_ref="P1")

    assert (claim.approved_by, claim.paid_by_user) == (team.leo, team.max)


def test_same_matter_has_one_live_claim_and_a_reference_pays_once(team):
    case, other = open_case(by=team.ana), open_case(by=team.ana)
    basis = Basis(EventKind.GOODWILL)
    claim = services.propose_claim(case=case, basis=basis, amount_fen=100, by=team.ana, at=AT)
    with pytest.raises(DomainError):
        services.propose_claim(case=case, basis=basis, amount_fen=100, by=team.ana, at=AT)
    second = services.propose_claim(case=other, basis=basis, amount_fen=100, by=team.ana, at=AT)
    services.pay_claim(claim=claim, by=team.lea, at=AT, payment_ref="P1")

    with pytest.raises(DomainError) as refused:
        services.pay_claim(claim=second, by=team.lea, at=AT, payment_ref="P1")

    assert refused.value.field == "payment_ref"


def test_database_refuses_a_payer_who_approved(team):
    case = open_case(by=team.ana)
    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=100, by=team.ana, at=AT
    )
    claim.status, claim.paid_at, claim.payment_ref = "paid", AT, "P1"
    claim.approved_by = claim.paid_by_user = team.lea

    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save()
