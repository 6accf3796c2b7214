"""Taking a complaint back, and answering twice: nothing stays half done, nothing goes out twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import ClaimStatus, EventKind, Liability, Status
from complaints.services import Verdict
from complaints.work_enums import RemedyKind, RulingStatus
from courierqa.core.enums import ApprovalState
from courierqa.core.errors import DomainError
from courierqa.core.models import Message, StatusChange
from tests.factories.complaints import AT, open_case
from tests.factories.staff import SiteFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def propose(case, team, fen, kind=EventKind.GOODWILL):
    basis = Basis(kind, loss_fen=fen)
    return services.propose_claim(case=case, basis=basis, amount_fen=fen, by=team.ana, at=AT)


def withdraw(case, team, at=AT + HOUR):
    return services.withdraw_case(case=case, by=team.ana, at=at, reason="客户不再追究")


def test_unpaid_claims_and_promises_end_with_the_complaint(team):
    case = open_case(by=team.ana)
    waiting, agreed = propose(case, team, 900_00, EventKind.LOSS), propose(case, team, 500)
    promised = services.promise_remedy(
        case=case, kind=RemedyKind.REDELIVER, words="明天重派", due_at=AT + DAY, by=team.ana, at=AT
    )
    assert (waiting.status, agreed.status) == (ClaimStatus.WAITING, ClaimStatus.APPROVED)

    withdraw(case, team)

    for row in (waiting, agreed, promised):
        row.refresh_from_db()
    waiting.approval.refresh_from_db()
    assert (waiting.status, agreed.status) == (ClaimStatus.REJECTED, ClaimStatus.REJECTED)
    assert waiting.approval.state == ApprovalState.LAPSED
    assert (promised.status, promised.result) == ("dropped", "客户不再追究")
    told = StatusChange.objects.get(object_id=case.pk, verb="withdraw")
    assert (told.detail["claims"], told.detail["remedies"]) == (2, 1)
    with pytest.raises(DomainError):
        services.decide_claim(claim=waiting, approve=True, by=team.max, at=AT + 2 * HOUR)


def test_what_was_paid_stays_paid(team):
    case = open_case(by=team.ana)
    paid = propose(case, team, 500)
    services.pay_claim(claim=paid, by=team.lea, at=AT, payment_ref="PAY-1")

    withdraw(case, team)

    paid.refresh_from_db()
    assert paid.status == ClaimStatus.PAID


def test_an_open_appeal_is_answered_before_the_complaint_is_taken_back(team, cast):
    case = open_case(by=team.ana)
    services.decide_liability(
        case=case, liability=Liability.OURS, evidence="扫描记录", by=team.lea, at=AT,
        site=cast.station,
    )  # fmt: skip
    ruling = case.rulings.get()
    services.appeal_ruling(ruling=ruling, text="不是本站", by=cast.supervisor, at=AT + HOUR)

    with pytest.raises(DomainError) as refused:
        withdraw(case, team)
    services.answer_appeal(
        ruling=ruling, uphold=False, text="不在本站发生", by=team.max, at=AT + HOUR,
        instead=Verdict(Liability.OURS, SiteFactory()),
    )  # fmt: skip
    withdraw(case, team)

    assert refused.value.code == "appealed"
    case.refresh_from_db()
    # What was decided with evidence stays decided.
    assert (case.status, case.liability) == (Status.WITHDRAWN, Liability.OURS)
    assert case.rulings.get(status=RulingStatus.DECIDED).liability == Liability.OURS


@pytest.fixture
def desk(team):
    client = Client()
    client.force_login(team.ana)
    return client


def test_a_second_final_answer_is_asked_about_first(desk, team):
    case = open_case(by=team.ana)
    url = reverse("complaints:case_reply", args=[case.number])
    said = {"text": "已找到，明日送达", "final": "on", "via": "message"}
    page = reverse("complaints:case", args=[case.number])
    assert b"once_more" not in desk.get(page).content

    assert desk.post(url, said).status_code == 302
    assert b"once_more" in desk.get(page).content
    again = desk.post(url, said)
    assert again.status_code == 422
    assert "已找到，明日送达" in again.content.decode()
    assert desk.post(url, {**said, "final": ""}).status_code == 302
    assert desk.post(url, {**said, "once_more": "on"}).status_code == 302

    sent = Message.objects.filter(template="complaints/reply", object_id=case.pk)
    assert sent.count() == 3


def test_an_answer_that_came_back_is_sent_again_without_a_question(team):
    case = open_case(by=team.ana)
    said = {"case": case, "text": "已找到", "by": team.ana, "final": True}
    services.reply(**said, at=AT)
    case.told_at = None
    case.save()

    services.reply(**said, at=AT + HOUR)

    assert case.told_at == AT + HOUR
