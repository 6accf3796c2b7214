"""Whose grades bring money, who books and reverses, and which reasons must be written."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from staff.models import RewardProposal, RewardRule
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
