"""Waiting for a customer's proof stops the clock of a claim: logged, fifteen days in all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import ClaimStatus, EventKind, PauseEnd
from complaints.models import Claim
from complaints.selectors.claims import InTime, claims_in_time
from courierqa.core.errors import DomainError, IllegalTransition
from courierqa.core.models import AuditEntry, Message
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def claim(team):
    """Return a claim of 900 yuan that waits for a lead's yes; it is due on the seventh day."""
    basis = Basis(EventKind.LOSS, loss_fen=900_00)
    return services.propose_claim(
        case=open_case(by=team.ana), basis=basis, amount_fen=900_00, by=team.ana, at=AT
    )


def ask(claim, team, at=AT + DAY):
    return services.ask_proof(claim=claim, asked="请提供购买凭证", by=team.ana, at=at)


@pytest.mark.req("PAY-01")
def test_the_clock_stands_still_from_the_question_to_the_answer(claim, team):
    due = claim.due_at

    asked = ask(claim, team)
    claim.refresh_from_db()
    assert claim.due_at == due + 15 * DAY
    services.add_words(case=claim.case, text="凭证在这里", at=AT + 4 * DAY)

    asked.refresh_from_db()
    claim.refresh_from_db()
    assert (asked.ended_at, asked.ended_how) == (AT + 4 * DAY, PauseEnd.CUSTOMER)
    assert claim.due_at == due + 3 * DAY
    told = Message.objects.get(template="complaints/reply", object_id=claim.case_id)
    assert "请提供购买凭证" in told.body
    assert AuditEntry.objects.filter(action="claim.ask_proof").count() == 1


def test_it_stands_still_for_fifteen_days_in_all(claim, team):
    due = claim.due_at
    ask(claim, team)
    services.take_proof(claim=claim, by=team.ana, at=AT + 11 * DAY)
    second = ask(claim, team, at=AT + 12 * DAY)
    assert second.until == AT + 17 * DAY

    # Nothing came: the clock runs again after the five days that were left.
    services.take_proof(claim=claim, by=team.ana, at=AT + 30 * DAY)

    second.refresh_from_db()
    claim.refresh_from_db()
    assert second.ended_how == PauseEnd.LIMIT
    assert claim.due_at == due + 15 * DAY
    with pytest.raises(DomainError) as refused:
        ask(claim, team, at=AT + 31 * DAY)
    assert refused.value.code == "too_long"


def test_a_decision_ends_the_wait_and_nothing_is_asked_after_it(claim, team):
    due = claim.due_at
    ask(claim, team)
    with pytest.raises(DomainError) as twice:
        ask(claim, team, at=AT + 2 * DAY)

    services.decide_claim(claim=claim, approve=True, by=_approver(claim, team), at=AT + 3 * DAY)

    claim.refresh_from_db()
    assert (claim.status, claim.due_at) == (ClaimStatus.APPROVED, due + 2 * DAY)
    assert twice.value.code == "asked"
    with pytest.raises(IllegalTransition):
        ask(claim, team, at=AT + 4 * DAY)


def _approver(claim, team):
    return {"lead": team.lea, "manager": team.max}[claim.approval.needs_role]


def test_a_share_is_of_those_due_and_knows_the_wait(claim, team):
    """Known answer: due on day 7, decided on day 9 after three days of waiting: in time."""
    ask(claim, team)
    services.add_words(case=claim.case, text="凭证", at=AT + 4 * DAY)
    services.decide_claim(claim=claim, approve=True, by=_approver(claim, team), at=AT + 9 * DAY)
    late = services.propose_claim(
        case=open_case(by=team.ana), basis=Basis(EventKind.LOSS, loss_fen=900_00),
        amount_fen=900_00, by=team.ana, at=AT,
    )  # fmt: skip

    count = {"since": AT, "now": AT + 40 * DAY}
    assert claims_in_time(Claim.objects.all(), **count) == InTime(2, 1, 1, 0)
    services.decide_claim(claim=late, approve=False, by=_approver(late, team), at=AT + 9 * DAY)
    services.pay_claim(claim=claim, by=team.leo, at=AT + 10 * DAY, payment_ref="PAY-9")
    assert claims_in_time(Claim.objects.all(), **count) == InTime(2, 1, 1, 1)


def test_the_page_asks_shows_and_ends_the_wait(claim, team):
    desk = Client()
    desk.force_login(team.ana)
    page = reverse("complaints:case", args=[claim.case.number])
    url = reverse("complaints:claim_proof", args=[claim.case.number, claim.pk])
    assert desk.post(url, {"asked": ""}).status_code == 422
    assert desk.post(url, {"asked": "请提供购买凭证"}).status_code == 302
    assert "等待凭证" in desk.get(page).content.decode()
    taken = reverse("complaints:proof_taken", args=[claim.case.number, claim.pk])
    assert desk.post(taken).status_code == 302
    assert "等待凭证" not in desk.get(page).content.decode()
    listed = Client()
    listed.force_login(team.lea)
    assert listed.get(reverse("complaints:claims"), {"view": "waiting"}).status_code == 200
