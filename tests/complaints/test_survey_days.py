"""Planned days of surveys: held on the day, late, skipped, dropped (V05)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from complaints.models import SurveyOccurrence
from complaints.services import occurring, sampling, surveys
from courierqa.core import formats
from courierqa.core.timeframes import parse_period
from kpi import selectors
from kpi.services import refresh_dirty
from tests.factories import surveys as ask
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRIDAY = ask.FRIDAY
MARCH = parse_period("2026-03")


def figure(now):
    refresh_dirty(now=now)
    (found,) = selectors.figures(MARCH, metric="V05")
    return found.hits, found.total, found.not_yet_due, found.excluded


def days() -> list[tuple[int, bool]]:
    rows = SurveyOccurrence.objects.order_by("planned_on")
    return [(row.planned_on.day, row.is_on_time) for row in rows]


@pytest.mark.req("SAT-01")
def test_a_round_held_on_its_day_keeps_the_plan():
    plan = ask.plan()
    sampling.run_surveys(now=FRIDAY)

    assert days() == [(6, True)]
    assert figure(FRIDAY + HOUR) == (0, 0, 1, 0)
    assert figure(FRIDAY + DAY) == (1, 1, 0, 0)
    sampling.run_surveys(now=FRIDAY + HOUR)
    assert SurveyOccurrence.objects.filter(plan=plan).count() == 1


def test_days_skipped_while_nothing_ran_are_written_down():
    """Due on the 6th, 13th and 20th; the service came back on the 21st and held one round."""
    ask.plan()
    sampling.run_surveys(now=FRIDAY + 15 * DAY)

    assert days() == [(6, False), (13, False), (20, False)]
    assert SurveyOccurrence.objects.exclude(held_at=None).get().planned_on == date(2026, 3, 6)
    assert figure(FRIDAY + 15 * DAY) == (0, 3, 0, 0)


def test_a_changed_plan_that_waits_for_its_yes_misses_its_day():
    plan = ask.plan()
    sampling.run_surveys(now=FRIDAY)
    plan.refresh_from_db()
    said = {name: getattr(plan, name) for name in surveys._PLANNED}
    surveys.save_plan(plan=plan, said=said, by=plan.owner, at=FRIDAY + DAY)

    sampling.run_surveys(now=FRIDAY + 8 * DAY)

    assert days() == [(6, True), (13, False)]
    assert figure(FRIDAY + 8 * DAY) == (1, 2, 0, 0)


def test_a_plan_nobody_approved_promised_nothing():
    plan = ask.plan()
    type(plan).objects.update(approved_at=None, approved_by=None)

    assert occurring.note_due(now=FRIDAY) == 0


@pytest.mark.parametrize(("later", "wanted"), [(HOUR, (0, 0, 0, 1)), (2 * DAY, (0, 1, 0, 0))])
def test_ended_on_its_day_it_owes_nothing_and_after_it_the_miss_stays(later, wanted):
    plan = ask.plan()
    occurring.note_due(now=FRIDAY)
    surveys.end_plan(plan=plan, by=plan.owner, at=FRIDAY + later)

    assert figure(FRIDAY + 3 * DAY) == wanted


def test_the_page_of_the_plan_names_the_days_that_were_missed():
    plan = ask.plan()
    sampling.run_surveys(now=FRIDAY + 15 * DAY)
    client = Client()
    client.force_login(UserFactory(role="quality"))

    page = client.get(
        reverse("complaints:survey_plan", args=[plan.pk]), HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()

    assert "Not held" in page
    with override("en"):
        assert formats.day(date(2026, 3, 13)) in page
