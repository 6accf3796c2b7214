"""The watch over deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from complaints import services
from complaints.models import Case
from courierqa.core.models import Calendar, ClockMiss, Message
from staff.models import Employee, Post
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def line(team, cast):
    """Ana reports to Lea, Lea to Max."""
    post = Post.objects.first()
    above = None
    for user in (team.max, team.lea, team.ana):
        above = Employee.objects.create(
            number=f"L{user.pk}", name=user.display_name, user=user, post=post,
            site=cast.station, supervisor=above, hired_on=date(2024, 1, 1),
        )  # fmt: skip
    return team


def told(user):
    rows = Message.objects.filter(recipient_user=user, channel="in_app").order_by("pk")
    return list(rows.values_list("template", flat=True))


@pytest.mark.req("CMP-13")
def test_warning_then_miss_then_the_notice_climbs_the_line(line):
    case = open_case(by=line.ana)

    services.check_clocks(now=AT + HOUR)
    assert told(line.ana) == ["complaints/due_soon"]
    services.check_clocks(now=case.first_due_at)
    assert not ClockMiss.objects.exists()
    services.check_clocks(now=case.first_due_at + timedelta(seconds=1))
    assert ClockMiss.objects.get().due_at == case.first_due_at
    # 12:41 is Lea's lunch: she is told when she is back at 13:00.
    assert told(line.lea) == []
    services.check_clocks(now=AT + timedelta(hours=2, minutes=20))
    assert (told(line.lea), told(line.max)) == (["complaints/overdue_first"], [])
    services.check_clocks(now=case.first_due_at + 5 * HOUR)
    assert told(line.max) == ["complaints/overdue_first"]


def test_heads_are_told_in_their_own_hours(line):
    """Due on Wednesday at 20:41: nobody is rung in the evening, everybody on Thursday at 8:00."""
    case = open_case(by=line.ana, at=AT + 8 * HOUR)

    for hours in (11, 15, 20):
        services.check_clocks(now=AT + hours * HOUR)
    assert told(line.lea) == []
    services.check_clocks(now=AT + timedelta(hours=21, minutes=20))

    assert told(line.lea).count("complaints/overdue_first") == 1
    assert ClockMiss.objects.filter(object_id=case.pk, clock="first").count() == 1


def test_a_site_on_duty_around_the_clock_is_told_at_once(line, cast):
    cast.station.calendar = Calendar.objects.get(code="24/7")
    cast.station.save()
    case = open_case(by=line.ana)

    services.check_clocks(now=case.first_due_at + timedelta(seconds=1))

    assert told(line.lea) == ["complaints/overdue_first"]


def test_miss_is_written_once_and_cannot_be_changed(team):
    case = open_case(by=team.ana)
    for hours in (3, 4, 50):
        services.check_clocks(now=AT + hours * HOUR)

    misses = ClockMiss.objects.filter(object_id=case.pk)
    assert list(misses.values_list("clock", "due_at")) == [("first", case.first_due_at)]
    with pytest.raises(DatabaseError), transaction.atomic():
        misses.update(due_at=AT)


def test_cases_without_news_are_not_looked_at_again(team):
    open_case(by=team.ana)
    first = services.check_clocks(now=AT + 3 * HOUR)
    again = services.check_clocks(now=AT + 3 * HOUR)

    assert (first["cases"], again["cases"]) == (1, 0)


def test_answered_case_has_no_miss(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="已送达", by=team.ana, at=AT + HOUR, final=True)

    services.check_clocks(now=AT + timedelta(days=10))

    assert not ClockMiss.objects.exists()


def test_legal_limit_passes_for_whoever_is_silent(team):
    case = open_case(by=team.ana)

    services.check_clocks(now=case.legal_due_at + timedelta(seconds=1))

    clocks = set(ClockMiss.objects.values_list("clock", flat=True))
    assert clocks == {"first", "resolve", "legal"}


@pytest.mark.req("CMP-05")
def test_late_helper_is_told_once_with_their_head(line):
    case = open_case(by=line.ana)
    services.transfer(case=case, to_user=line.lea, question="查", by=line.ana, at=AT)

    for hours in (25, 26):
        services.check_clocks(now=AT + hours * HOUR)

    assert told(line.max).count("complaints/overdue_internal") == 1
    assert ClockMiss.objects.filter(clock="internal").count() == 1


def test_sorting_follows_the_nearest_deadline(team):
    case = open_case(by=team.ana)
    assert case.next_due_at == case.first_due_at

    services.reply(case=case, text="在查", by=team.ana, at=AT, final=False)
    assert case.next_due_at == case.resolve_due_at
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)

    assert Case.objects.get(pk=case.pk).next_due_at == AT + 24 * HOUR


def test_a_case_found_overdue_is_not_called_due_soon(line):
    case = open_case(by=line.ana)

    services.check_clocks(now=case.first_due_at + HOUR)

    assert told(line.ana) == []
    assert told(line.lea) == ["complaints/overdue_first"]
