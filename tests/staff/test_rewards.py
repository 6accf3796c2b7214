"""Rewards by rule, the ledger, discipline with appeal, promotion, stars, suggestions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from staff import selectors, services
from staff.models import Assessment, Employee, LedgerEntry, Post, RewardProposal, RewardRule
from staff.selectors.fairness import rank_correlation
from tests.factories.staff import (
    AssessmentSchemeFactory,
    CourierFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def chen():
    return CourierFactory(name="陈强")


@pytest.fixture
def li(chen):
    return SupervisorFactory(name="李娜", site=chen.site)


@pytest.fixture
def manager():
    return UserFactory(role="manager")


def final(person, grade="A", month="2026-10", **more):
    scheme = person.post.schemes.first() or AssessmentSchemeFactory(post=person.post)
    return Assessment.objects.create(
        employee=person, month=month, scheme=scheme, site=person.site, raw_grade=grade,
        grade=grade, state="final", computed_at=NOW, as_of=NOW, confirmed_at=NOW,
        object_until=NOW, score=Decimal("91.5"), **more,
    )  # fmt: skip


@pytest.mark.req("ASM-05")
def test_final_grades_bring_proposals_by_the_rule_once(client, chen, li, manager):
    RewardRule.objects.filter(grade="A").update(amount_fen=30000)
    final(chen, "A")
    final(CourierFactory(), "B")
    Assessment.objects.filter(pk=final(CourierFactory(), "A").pk).update(state="confirmed")

    client.force_login(li.user)
    rules = reverse("staff:reward_rules")
    assert client.post(rules, {"verb": "propose", "month": "2026-99"}).status_code == 422
    assert client.post(rules, {"verb": "propose", "month": "2026-10"}).status_code == 302
    again = {"people": Employee.objects.all(), "by": li.user, "at": NOW}
    assert services.propose_for_month("2026-10", **again) == 0
    row = RewardProposal.objects.get()
    client.force_login(manager)
    page = reverse("staff:reward", args=[row.pk])
    assert client.post(page, {"verb": "decide", "outcome": "no", "note": ""}).status_code == 422
    said = {"verb": "decide", "outcome": "yes", "note": ""}
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422

    assert LedgerEntry.objects.get().amount_fen == 30000


@pytest.mark.req("ROL-03")
def test_whoever_proposes_does_not_decide(chen, li):
    row = services.propose_reward(chen, amount_fen=5000, basis="拾金不昧", by=li.user, at=NOW)

    with pytest.raises(NotAllowed):
        services.decide_reward(row, approve=True, by=li.user, at=NOW)
    with pytest.raises(NotAllowed):
        services.decide_reward(row, approve=True, by=chen.user, at=NOW)
    with pytest.raises(NotAllowed):
        services.propose_reward(chen, amount_fen=5000, basis="x", by=chen.user, at=NOW)


def test_the_ledger_only_grows_and_the_balance_is_its_sum(chen, li, manager):
    row = services.propose_reward(chen, amount_fen=5000, basis="x", by=li.user, at=NOW)
    services.decide_reward(row, approve=True, by=manager, at=NOW)
    entry = LedgerEntry.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(amount_fen=1)
    back = services.reverse_entry(entry, reason="重复", by=manager, at=NOW)
    with pytest.raises(DomainError):
        services.reverse_entry(entry, reason="重复", by=manager, at=NOW)
    with pytest.raises(DomainError):
        services.reverse_entry(back, reason="x", by=manager, at=NOW)

    assert selectors.balance_of(chen) == 0


@pytest.mark.req("ASM-07")
def test_discipline_needs_evidence_two_people_and_can_be_appealed(client, chen, li, manager):
    client.force_login(li.user)
    said = {"person": chen.number, "level": "fine", "basis": "第 9 条", "evidence": "",
            "amount": "50"}  # fmt: skip
    new = reverse("staff:discipline_new")
    assert client.post(new, said).status_code == 422
    page = client.post(new, {**said, "evidence": "V-12"})["Location"]
    decide = {"verb": "decide", "outcome": "yes", "note": "证据充分"}
    client.force_login(chen.user)
    assert client.get(page).status_code == 404
    client.force_login(manager)
    assert client.post(page, decide).status_code == 302
    client.force_login(chen.user)
    assert client.post(page, {"verb": "appeal", "text": "当天休息"}).status_code == 302
    quality = UserFactory(role="quality")
    client.force_login(manager)
    answer = {"verb": "answer", "outcome": "yes", "note": "排班表为证"}
    assert client.post(page, answer).status_code == 403
    client.force_login(quality)
    assert client.post(page, answer).status_code == 302

    step = chen.discipline.get()
    assert (step.state, step.answer) == ("lifted", "排班表为证")
    with pytest.raises(DomainError):
        services.book_deduction(step, by=manager, at=NOW + timedelta(days=30))


def test_a_deduction_is_booked_once_and_only_after_the_appeal_time(chen, li, manager):
    step = services.propose_discipline(chen, level="fine", basis="x", evidence="y",
                                       amount_fen=5000, by=li.user, at=NOW)  # fmt: skip
    services.decide_discipline(step, agree=True, decision="x", by=manager, at=NOW)

    with pytest.raises(DomainError):
        services.book_deduction(step, by=manager, at=NOW + timedelta(days=1))
    late = NOW + timedelta(days=20)
    with pytest.raises(DomainError):
        services.appeal_discipline(step, text="x", by=chen.user, at=late)
    first = services.book_deduction(step, by=manager, at=late)
    assert services.book_deduction(step, by=manager, at=late) == first
    assert selectors.balance_of(chen) == -5000
    with pytest.raises(IllegalTransition):
        services.decide_discipline(step, agree=True, decision="x", by=manager, at=late)


@pytest.mark.req("ASM-08")
def test_promotion_is_refused_until_every_condition_is_met(chen, manager):
    post = Post.objects.get(code="supervisor")
    post.courses.clear()
    chen.post.is_graded = True
    chen.post.save()
    final(chen, "C")
    asked = services.ask_promotion(chen, post=post, words="x", by=chen.user, at=NOW)
    told = {line["code"]: (line["met"], line["value"]) for line in asked.conditions}
    # Here since 1 April 2024: 31 whole months on 23 November 2026, and 36 are asked for.
    assert told == {"tenure": (False, "31"), "grade": (False, "C"), "courses": (True, ""),
                    "discipline": (True, "0")}  # fmt: skip
    with pytest.raises(DomainError):
        services.ask_promotion(chen, post=post, words="x", by=chen.user, at=NOW)
    with pytest.raises(DomainError, match="条件"):
        services.decide_promotion(asked, approve=True, note="达标", by=manager, at=NOW)
    chen.hired_on = date(2020, 1, 1)
    chen.save()
    final(chen, "B", month="2026-11")

    services.decide_promotion(asked, approve=True, note="达标", by=manager, at=NOW)

    chen.refresh_from_db()
    assert chen.post == post
    assert [role for role, _site in chen.user.grants_at(NOW)] == ["supervisor"]


@pytest.mark.req("ASM-06", "ASM-14")
def test_a_service_star_is_nominated_by_others_and_shown_on_the_board(client, chen, li, manager):
    client.force_login(li.user)
    said = {"person": chen.number, "month": "2026-11", "words": "雨天为老人送上楼"}
    page = client.post(reverse("staff:star_new"), said)["Location"]
    with pytest.raises(NotAllowed):
        services.nominate(chen, month="2026-11", words="x", by=chen.user, at=NOW)
    client.force_login(manager)
    assert client.post(page, {"verb": "award"}).status_code == 302

    client.force_login(UserFactory(role="agent"))
    board = client.get(reverse("staff:stars")).content.decode()
    assert "雨天为老人送上楼" in board
    other = services.nominate(final(CourierFactory(), "C").employee, month="2026-11", words="x",
                              by=li.user, at=NOW)  # fmt: skip
    with pytest.raises(DomainError):
        services.award_star(other, by=manager, at=NOW)


@pytest.mark.req("IMP-02")
def test_a_suggestion_is_answered_and_may_bring_a_reward(client, chen, manager):
    client.force_login(chen.user)
    said = {"title": "分拣口加挡板", "text": "减少掉件"}
    page = client.post(reverse("staff:suggestion_new"), said)["Location"]
    assert client.post(page, {"verb": "review"}).status_code == 403
    client.force_login(manager)
    review = {"verb": "review", "outcome": "yes", "answer": "下月加装", "reward": "200"}
    assert client.post(page, review).status_code == 302

    reward = RewardProposal.objects.get()
    assert (reward.amount_fen, reward.suggestion.title) == (20000, "分拣口加挡板")
    assert "¥200.00" in client.get(page).content.decode()
    services.decide_reward(reward, approve=True, by=UserFactory(role="manager"), at=NOW)
    reward.refresh_from_db()
    listed = client.get(reverse("staff:suggestions")).content.decode()
    assert f"¥200.00 · {reward.get_state_display()}" in listed
    assert LedgerEntry.objects.get().amount_fen == 20000
    client.force_login(CourierFactory().user)
    assert client.get(page).status_code == 404


@pytest.mark.req("ASM-11")
def test_a_team_is_scored_from_its_records_together(client, chen, li):
    second = CourierFactory(site=chen.site)
    team = services.open_team(name="一组", site=chen.site, aim="准时", leader=li, by=None, at=NOW)
    for person, hits, total in ((chen, 90, 100), (second, 285, 300)):
        services.join_team(team, person, on=date(2026, 9, 1), by=None, at=NOW)
        row = final(person)
        row.parts.create(code="T01", weight=60, hits=hits, total=total, target=0.95, floor=0.85)
    client.force_login(li.user)

    page = client.get(reverse("staff:team_scores")).content.decode()

    # (90 + 285) / (100 + 300) = 0.9375; (0.9375 - 0.85) / 0.10 = 87.5 points.
    assert "87.50" in page


@pytest.mark.req("ASM-01")
def test_a_scheme_changes_from_a_coming_month_on_and_weights_add_up(client, chen):
    scheme = AssessmentSchemeFactory(post=chen.post, valid_from=date(2020, 1, 1))
    client.force_login(UserFactory(role="quality"))
    page = reverse("staff:scheme", args=[scheme.pk])
    said = {"valid_from": "2099-01-01", "a_from": "90", "b_from": "75", "due_day": "8",
            "T01_weight": "70", "T01_target": "0.95", "T01_floor": "0.85", "C02_weight": "40",
            "C02_target": "0", "C02_floor": "0.01"}  # fmt: skip

    assert client.post(page, said).status_code == 422
    assert (
        client.post(page, {**said, "C02_weight": "30", "valid_from": "2020-02-01"}).status_code
        == 422
    )
    assert client.post(page, {**said, "C02_weight": "30", "due_day": "29"}).status_code == 422
    assert client.post(page, {**said, "C02_weight": "30"}).status_code == 302

    new = chen.post.schemes.get(valid_from=date(2099, 1, 1))
    assert [part["weight"] for part in new.parts] == [70, 30]
    assert new.due_day == 8
    assert "2099" in client.get(reverse("staff:schemes")).content.decode()


@pytest.mark.req("ASM-10")
def test_the_score_sheet_shows_the_length_of_service(client, chen):
    final(chen)
    client.force_login(chen.user)

    page = client.get(reverse("staff:grade", args=[chen.number, "2026-10"])).content.decode()

    assert "2024-04-01" in page


@pytest.mark.req("ASM-12")
def test_fairness_warns_where_volume_explains_the_grade(client):
    # By hand: ranks 1 2 3 4 against 1 2 4 3: 1 - 6·2 / (4·15) = 0.8.
    assert rank_correlation([(1, 1), (2, 2), (3, 9), (4, 5)]) == pytest.approx(0.8)
    assert rank_correlation([(1, 5), (2, 5)]) is None
    first = CourierFactory()
    for place in range(30):
        person = CourierFactory(site=first.site, post=first.post)
        row = final(person, "A" if place > 15 else "B", deliveries=200 + place)
        Assessment.objects.filter(pk=row.pk).update(score=Decimal(70 + place))
    client.force_login(UserFactory(role="manager"))

    page = client.get(reverse("staff:fairness")).content.decode()

    assert "件量对等级影响很大" in page
    assert "少于 300 件" in page
    assert "1 · " not in page
