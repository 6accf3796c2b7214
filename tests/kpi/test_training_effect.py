"""Whether a training helped: figures before and after, of those who came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.calendars import business_day
from kpi import stats
from kpi.models import Cell, CourierCell
from kpi.selectors.training import training_effect
from staff import services
from staff.models import Course, EffectCheck
from tests.factories.staff import CourierFactory, EmployeeFactory, SupervisorFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ON = date(2026, 10, 1)
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def cell(person: Any, day: date, hits: int, total: int, metric: str = "T01") -> None:
    CourierCell.objects.create(
        metric=metric, day=day, courier_id=person.pk, site_id=person.site_id, hits=hits,
        total=total,
    )  # fmt: skip


def test_the_range_of_a_difference_by_hand() -> None:
    """Newcombe's example: 56/70 against 48/80 differ by 0.2, range 0.0524 to 0.3339."""
    before, after = 48 / 80, 56 / 70
    ends = [*(stats.wilson(48, 80) or ()), *(stats.wilson(56, 70) or ())]
    low, high = stats.difference(before, ends[0], ends[1], after, ends[2], ends[3])
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_days_before_and_after_are_summed_and_the_day_itself_is_in_neither() -> None:
    chen, lin = CourierFactory(), CourierFactory()
    cell(chen, ON - timedelta(days=30), 80, 100)
    cell(lin, ON - timedelta(days=1), 70, 100)
    cell(chen, ON, 0, 500)
    cell(chen, ON - timedelta(days=31), 0, 500)
    cell(lin, ON + timedelta(days=30), 190, 200)
    cell(CourierFactory(), ON + timedelta(days=1), 0, 500)

    found = training_effect([chen.pk, lin.pk], site=None, on=ON, days=30, today=TODAY)

    line = found.lines[0]
    assert (found.basis, line.metric.code) == ("people", "T01")
    assert (line.before.hits, line.before.total) == (150, 200)
    assert (line.after.hits, line.after.total) == (190, 200)
    # 75 % and 95 % of 200: the range of the difference is 13 to 27 points.
    assert line.verdict == "better"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((90, 100), (92, 100), "chance"),
        ((95, 100), (70, 100), "worse"),
        ((9, 10), (99, 100), "few"),
    ],
)
def test_chance_and_few_records_say_nothing(
    before: tuple[int, int], after: tuple[int, int], verdict: str
) -> None:
    chen = CourierFactory()
    cell(chen, ON - timedelta(days=2), *before)
    cell(chen, ON + timedelta(days=2), *after)
    found = training_effect([chen.pk], site=None, on=ON, days=30, today=TODAY)
    assert found.lines[0].verdict == verdict


def test_without_figures_of_their_own_the_site_speaks_or_nobody_does() -> None:
    clerk = EmployeeFactory()
    at = ON - timedelta(days=1)
    Cell.objects.create(metric="T01", day=at, site_id=clerk.site_id, product_id=0, hits=9, total=10)

    of_site = training_effect([clerk.pk], site=clerk.site_id, on=ON, days=30, today=TODAY)
    assert (of_site.basis, of_site.lines[0].before.total) == ("site", 10)
    nothing = training_effect([clerk.pk], site=None, on=ON, days=30, today=TODAY)
    assert (nothing.basis, nothing.lines) == ("", [])


@pytest.fixture
def held() -> Any:
    """A session 40 days ago at the site of a supervisor; one courier came, with figures."""
    today = business_day(timezone.now())
    on = today - timedelta(days=40)
    boss = SupervisorFactory()
    chen = CourierFactory(site=boss.site)
    session = services.plan_session(
        Course.objects.get(code="packing"), on=on, site=boss.site, by=None, at=NOW, people=[chen]
    )
    services.hold_session(session, on=on, present=[chen], by=None, at=timezone.now())
    cell(chen, on - timedelta(days=3), 150, 200)
    cell(chen, on + timedelta(days=3), 190, 200)
    return session, boss, chen


@pytest.mark.req("TRN-07")
def test_the_page_computes_and_keeps_what_it_computed(client: Any, held: Any) -> None:
    session, _boss, _chen = held
    page = reverse("kpi:training_effect", args=[session.pk])
    client.force_login(UserFactory(role="hr"))
    assert page in client.get(reverse("staff:session", args=[session.pk])).content.decode()
    text = client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "75.0" in text
    assert "95.0" in text
    assert "better" in text

    assert client.post(page, {"metric": "", "note": "x"}).status_code == 422
    said = {"metric": "T01", "note": "准时率提高", "is_effective": "on", "before": "1 %"}
    assert client.post(page, said).status_code == 302
    kept = EffectCheck.objects.get()
    assert kept.counts["before"] == [150, 200]
    assert kept.before.startswith("T01 75.0")
    assert kept.is_effective
    assert b"<form" in client.get(page).content
    assert 'name="metric"' not in client.get(page).content.decode()


def test_nobody_compares_colleagues_and_a_foreign_session_is_not_there(
    client: Any, held: Any
) -> None:
    session, boss, chen = held
    page = reverse("kpi:training_effect", args=[session.pk])
    for person, status in ((chen, 404), (boss, 200), (SupervisorFactory(), 404)):
        client.force_login(person.user)
        assert client.get(page).status_code == status
    client.force_login(boss.user)
    assert client.post(page, {"metric": "T01", "note": "x"}).status_code == 403


def test_no_figures_are_told_and_nothing_can_be_kept(client: Any, held: Any) -> None:
    session, _boss, _chen = held
    CourierCell.objects.all().delete()
    client.force_login(UserFactory(role="hr"))
    page = reverse("kpi:training_effect", args=[session.pk])
    text = client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "There are no figures to compare" in text
    assert 'name="note"' not in text
