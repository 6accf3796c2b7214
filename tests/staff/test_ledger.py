"""Whose grades bring money, who books and reverses, and which reasons must be written."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from courierqa.core.errors import DomainError, NotAllowed
from staff import services
from staff.models import LedgerEntry, Post, RewardProposal, RewardRule
from tests.factories.staff import CourierFactory, SupervisorFactory, UserFactory
from tests.staff.test_rewards import final

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


@pytest.mark.req("ROL-01", "ROL-03")
def test_a_supervisor_proposes_for_the_month_only_for_the_own_site_and_not_for_oneself(
    client, chen, li
):
    RewardRule.objects.filter(grade="A").update(amount_fen=30000)
    for person in (chen, li, CourierFactory()):
        final(person, "A")
    rules, said = reverse("staff:reward_rules"), {"verb": "propose", "month": "2026-10"}

    client.force_login(li.user)
    assert client.post(rules, said).status_code == 302
    assert [row.employee for row in RewardProposal.objects.all()] == [chen]

    client.force_login(UserFactory(role="hr"))
    assert client.post(rules, said).status_code == 302
    assert RewardProposal.objects.count() == 3


def fined(person, li, manager, *, basis="第 9 条"):
    step = services.propose_discipline(
        person, level="fine", basis=basis, evidence="V-12", amount_fen=5000, by=li.user, at=NOW
    )
    return services.decide_discipline(step, agree=True, decision="属实", by=manager, at=NOW)


@pytest.mark.req("ASM-07")
def test_a_deduction_is_booked_for_its_step_whatever_the_words_of_others(chen, li, manager):
    first, late = fined(chen, li, manager), NOW + timedelta(days=20)
    LedgerEntry.objects.create(
        employee=chen, amount_fen=100, words=f"discipline-{first.pk}", by=manager, at=NOW
    )

    booked = services.book_deduction(first, by=manager, at=late)

    assert (booked.discipline, booked.amount_fen, booked.words) == (first, -5000, "第 9 条")
    second = services.book_deduction(fined(chen, li, manager), by=manager, at=late)
    assert second != booked


def test_entries_booked_before_point_to_their_step_and_back(chen, li, manager):
    move = import_module("staff.migrations.0011_entry_of_a_deduction")
    step, other, editor = fined(chen, li, manager), CourierFactory(), connection.schema_editor()
    say = {"by": manager, "at": NOW}
    old = LedgerEntry.objects.create(
        employee=chen, amount_fen=-5000, words=f"discipline-{step.pk}", **say
    )
    foreign = LedgerEntry.objects.create(employee=other, amount_fen=-1, words=old.words, **say)

    move.lift(apps, editor)
    move.point(apps, editor)
    old.refresh_from_db()
    foreign.refresh_from_db()
    assert (old.discipline, old.words) == (step, "第 9 条")
    assert (foreign.discipline, foreign.words) == (None, f"discipline-{step.pk}")
    move.name(apps, editor)
    move.close(apps, editor)
    old.refresh_from_db()
    assert old.words == f"discipline-{step.pk}"
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(amount_fen=1)


def test_a_booked_deduction_is_not_offered_again(client, chen, li, manager):
    step = fined(chen, li, manager)
    page = reverse("staff:discipline_step", args=[step.pk])
    type(step).objects.update(appeal_until=NOW)
    client.force_login(manager)

    assert client.post(page, {"verb": "book"}).status_code == 302
    assert client.post(page, {"verb": "book"}).status_code == 422
    assert LedgerEntry.objects.get().discipline == step


@pytest.mark.req("ASM-05", "ROL-03")
def test_who_decides_about_rewards_reverses_a_wrong_entry_once_on_its_page(
    client, chen, li, manager
):
    row = services.propose_reward(chen, amount_fen=5000, basis="拾金不昧", by=li.user, at=NOW)
    services.decide_reward(row, approve=True, by=manager, at=NOW)
    entry = LedgerEntry.objects.get()
    page, said = reverse("staff:ledger_entry", args=[entry.pk]), {"verb": "reverse", "reason": "错"}

    client.force_login(chen.user)
    assert page in client.get(reverse("staff:ledger")).content.decode()
    assert "拾金不昧" in client.get(page).content.decode()
    assert client.post(page, said).status_code == 403
    client.force_login(CourierFactory().user)
    assert client.get(page).status_code == 404
    client.force_login(manager)
    assert client.post(page, {"verb": "reverse", "reason": ""}).status_code == 422
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422

    back = entry.reversal
    assert (back.amount_fen, back.words) == (-5000, "错")
    assert reverse("staff:ledger_entry", args=[back.pk]) in client.get(page).content.decode()
    with pytest.raises(NotAllowed):
        services.reverse_entry(entry, reason="x", by=chen.user, at=NOW)


@pytest.mark.req("ASM-07", "ASM-08")
def test_a_decision_about_a_person_says_why(client, chen, li, manager):
    step = services.propose_discipline(
        chen, level="warning", basis="x", evidence="y", by=li.user, at=NOW
    )
    page, mute = reverse("staff:discipline_step", args=[step.pk]), {"outcome": "yes", "note": " "}
    client.force_login(manager)
    assert client.post(page, {"verb": "decide", **mute}).status_code == 422
    with pytest.raises(DomainError):
        services.decide_discipline(step, agree=True, decision=" ", by=manager, at=NOW)
    services.decide_discipline(step, agree=True, decision="属实", by=manager, at=NOW)
    services.appeal_discipline(step, text="不在场", by=chen.user, at=NOW)
    quality = UserFactory(role="quality")
    client.force_login(quality)
    assert client.post(page, {"verb": "answer", **mute}).status_code == 422
    with pytest.raises(DomainError):
        services.answer_appeal(step, uphold=True, answer="", by=quality, at=NOW)

    asked = services.ask_promotion(
        chen, post=Post.objects.get(code="supervisor"), words="x", by=chen.user, at=NOW
    )
    client.force_login(manager)
    promotion = reverse("staff:promotion", args=[asked.pk])
    assert client.post(promotion, {"verb": "decide", **mute, "outcome": "no"}).status_code == 422
    with pytest.raises(DomainError):
        services.decide_promotion(asked, approve=False, note="", by=manager, at=NOW)


@pytest.mark.req("ROL-01")
def test_reading_a_discipline_step_gives_no_right_to_write_to_it(client, chen, li, manager):
    step = fined(chen, li, manager)
    page, said = reverse("staff:discipline_step", args=[step.pk]), {"verb": "appeal", "text": "x"}
    expected = {"auditor": (200, 403), "hr": (200, 404)}

    for role, codes in expected.items():
        client.force_login(UserFactory(role=role))
        assert (client.get(page).status_code, client.post(page, said).status_code) == codes
    client.force_login(li.user)
    assert client.post(page, said).status_code == 404
    type(step).objects.update(appeal_until=timezone.now() + timedelta(days=1))
    client.force_login(chen.user)
    assert client.post(page, said).status_code == 302


def test_the_month_of_a_nomination_is_that_of_the_business_day(client, li, monkeypatch):
    # 1 December, half past midnight in China; the day before in UTC.
    at = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: at)
    client.force_login(li.user)

    form = client.get(reverse("staff:star_new")).context["form"]

    assert form.initial["month"] == "2026-12"
