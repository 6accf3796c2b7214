"""Liability: decided, appealed, answered by somebody else; only a final one counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from complaints import selectors, services
from complaints.enums import Liability
from complaints.models import CaseFacts, Measure, Ruling
from complaints.services.measures import Order
from complaints.work_enums import MeasureKind, RulingStatus
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.timeframes import parse_period
from kpi.evidence import upheld
from staff.models import Course, CourseAssignment
from tests.factories.complaints import AT, open_case
from tests.factories.staff import EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = AT + 8 * DAY


@pytest.fixture
def courier():
    user = UserFactory(role="courier")
    return EmployeeFactory(user=user)


def decided(team, courier, **more):
    case = open_case(by=team.ana)
    services.decide_liability(
        case=case, liability=Liability.OURS, evidence="扫描记录显示未联系收件人", by=team.ana,
        at=AT, site=courier.site, person=courier, **more,
    )  # fmt: skip
    return case, case.rulings.get()


def upheld_of(case):
    return CaseFacts.objects.get(pk=case.pk).upheld


def test_a_decision_counts_from_the_end_of_the_days_for_an_appeal(team, courier):
    case, ruling = decided(team, courier)
    assert (ruling.status, upheld_of(case)) == ("decided", None)

    assert services.finish_rulings(now=AT + 7 * DAY) == 0
    assert services.finish_rulings(now=LATER) == 1

    case.refresh_from_db()
    assert (upheld_of(case), case.liability_final_at) == (True, LATER)
    assert services.finish_rulings(now=LATER) == 0


def test_a_decision_that_names_nobody_is_final_at_once(team):
    case = open_case(by=team.ana)
    services.decide_liability(
        case=case, liability=Liability.SENDER, evidence="寄件人地址写错", by=team.ana, at=AT
    )
    assert (case.rulings.get().status, upheld_of(case)) == ("final", False)


def test_an_open_decision_is_not_in_the_grade(team, courier, monkeypatch):
    decided(team, courier)
    month = parse_period("2026-11")
    monkeypatch.setattr("kpi.evidence.deliveries", lambda _period: {courier.pk: 10})

    assert upheld(month) == {courier.pk: (0, 10)}
    services.finish_rulings(now=LATER)
    assert upheld(month) == {courier.pk: (1, 10)}


def test_an_appeal_is_the_named_persons_and_a_second_person_answers(team, courier):
    case, ruling = decided(team, courier)
    with pytest.raises(NotAllowed):
        services.appeal_ruling(ruling=ruling, text="不是我", by=team.ana, at=AT)
    services.appeal_ruling(ruling=ruling, text="当时已电话联系", by=courier.user, at=AT + DAY)
    assert services.finish_rulings(now=LATER) == 0

    quality = UserFactory(role="quality")
    with pytest.raises(NotAllowed):
        services.answer_appeal(ruling=ruling, uphold=True, text="维持", by=team.ana, at=LATER)
    services.answer_appeal(ruling=ruling, uphold=True, text="录音为证", by=quality, at=LATER)

    assert (ruling.status, upheld_of(case)) == ("upheld", True)
    with pytest.raises(IllegalTransition):
        services.answer_appeal(ruling=ruling, uphold=False, text="再改", by=team.max, at=LATER)


def test_a_lifted_decision_counts_against_nobody(team, courier):
    case, ruling = decided(team, courier)
    services.appeal_ruling(ruling=ruling, text="当时已电话联系", by=courier.user, at=AT)
    services.answer_appeal(
        ruling=ruling, uphold=False, text="通话记录属实", by=UserFactory(role="quality"), at=AT
    )

    case.refresh_from_db()
    assert (ruling.status, case.liability, case.liable_person) == ("lifted", "none", None)
    assert upheld_of(case) is False
    assert [row.status for row in case.rulings.all()] == ["lifted", "final"]


def test_too_late_is_too_late_and_a_new_decision_may_be_appealed_again(team, courier):
    case, ruling = decided(team, courier)
    with pytest.raises(DomainError) as refused:
        services.appeal_ruling(ruling=ruling, text="晚了", by=courier.user, at=LATER)
    assert refused.value.code == "too_late"

    services.decide_liability(
        case=case, liability=Liability.OURS, evidence="补充证据", by=team.lea, at=LATER,
        site=courier.site, person=courier,
    )  # fmt: skip
    assert [row.status for row in case.rulings.all()] == ["replaced", "decided"]
    case.refresh_from_db()
    assert case.liability_final_at is None


def test_nobody_decides_about_themselves(team):
    person = EmployeeFactory(user=team.ana)
    with pytest.raises(NotAllowed):
        decided(team, person)


def test_database_keeps_one_standing_decision(team, courier):
    _case, ruling = decided(team, courier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(
            case=ruling.case, liability="none", evidence="x", status="final", decided_at=AT
        )


@pytest.mark.parametrize("status", RulingStatus.values)
def test_pages_and_books_agree_which_decision_stands(team, courier, client, status):
    case, ruling = decided(team, courier)
    Ruling.objects.update(status=status)
    client.force_login(team.lea)
    page = client.get(reverse("complaints:investigation", args=[case.number]))

    stands = None if status in ("lifted", "replaced") else ruling
    assert selectors.standing_ruling(case) == stands
    assert selectors.found_so_far(case)["ruling"] == stands
    assert page.context["standing"] == stands


@pytest.mark.req("CMP-26")
def test_a_final_decision_gives_a_course_and_a_proposed_penalty(team, courier):
    case, _ruling = decided(team, courier)
    course = Course.objects.first() or Course.objects.create(
        code="manners", title="服务礼仪", title_en="Manners"
    )
    order = Order(MeasureKind.TRAINING, "重学服务礼仪", (LATER + 7 * DAY).date(), course)
    with pytest.raises(DomainError) as refused:
        services.order_measure(case=case, order=order, by=team.lea, at=AT)
    assert refused.value.code == "not_final"
    services.finish_rulings(now=LATER)
    case.refresh_from_db()

    training = services.order_measure(case=case, order=order, by=team.lea, at=LATER)
    assert training.assignment == CourseAssignment.objects.get(employee=courier, course=course)
    penalty = Order(MeasureKind.PENALTY, "扣除当月服务奖", (LATER + 7 * DAY).date())
    proposed = services.order_measure(case=case, order=penalty, by=team.lea, at=LATER)
    assert proposed.status == "waiting"
    with pytest.raises(NotAllowed):
        services.decide_measure(measure=proposed, approve=True, by=team.lea, at=LATER)
    hr = UserFactory(role="hr")
    services.decide_measure(measure=proposed, approve=True, by=hr, at=LATER)
    with pytest.raises(NotAllowed):
        services.finish_measure(measure=proposed, result="已告知", by=courier.user, at=LATER)
    services.finish_measure(measure=proposed, result="已面谈告知", by=hr, at=LATER)
    assert Measure.objects.get(pk=proposed.pk).status == "done"
