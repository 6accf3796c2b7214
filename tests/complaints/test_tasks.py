"""My tasks: from every queue what one person owes, nearest due time first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from complaints import services
from complaints.claim_rules import Basis
from complaints.clocks import NEVER
from complaints.enums import EventKind
from complaints.models import Case
from complaints.selectors.tasks import tasks_of
from complaints.services import visits
from complaints.work_enums import RemedyKind
from courierqa.core.calendars import business_day, day_start
from shipments.models import Customer
from staff.models import Course, CourseAssignment
from tests.factories.complaints import AT, open_case
from tests.factories.staff import EmployeeFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ends(day):
    return day_start(day + DAY) - timedelta(microseconds=1)


@pytest.mark.req("COM-05")
def test_everything_owed_is_on_one_page_with_its_due_time(team):
    now = timezone.now()
    today = business_day(now)
    person = EmployeeFactory(user=team.ana)
    case, other = open_case(by=team.ana, at=now), open_case(by=team.ben, at=now - 30 * DAY)
    services.transfer(case=other, to_user=team.ana, question="查监控", hours=2, by=team.ben, at=now)
    services.promise_remedy(
        case=case, kind=RemedyKind.APOLOGY, words="致电道歉", due_at=now + DAY, by=team.ana, at=now
    )
    visits.plan_visit(
        customer=Customer.objects.create(code="K-1", name="远航"), on=today + 2 * DAY, way="phone",
        purpose="回访", visitor=team.ana, by=team.lea, at=now,
    )  # fmt: skip
    course = Course.objects.first() or Course.objects.create(code="manners", title="礼仪")
    CourseAssignment.objects.create(employee=person, course=course, due_on=today - DAY)

    tasks = tasks_of(team.ana, now=now)

    assert [task.due_at for task in tasks] == sorted(
        [case.next_due_at, now + timedelta(hours=2), now + DAY, ends(today + 2 * DAY),
         ends(today - DAY)]
    )  # fmt: skip
    assert tasks[0].words == str(course)
    assert tasks[0].is_late(now)
    assert not any(other.number in task.words for task in tasks)
    client = Client()
    client.force_login(team.ana)
    page = client.get("/my-tasks/").content.decode()
    for words in (case.number, "查监控", "致电道歉", "远航 · 回访", str(course)):
        assert words in page, words
    assert 'href="/my-tasks/"' in client.get("/").content.decode()


@pytest.mark.req("COM-05")
def test_a_request_for_a_yes_waits_without_a_due_time(team):
    basis = Basis(EventKind.LOSS, loss_fen=900_00)
    claim = services.propose_claim(
        case=open_case(by=team.ana), basis=basis, amount_fen=900_00, by=team.ana, at=AT
    )
    decider = {"lead": team.lea, "manager": team.max}[claim.approval.needs_role]

    (task,) = tasks_of(decider, now=AT)

    assert (task.words, task.due_at) == (claim.approval.title, None)


def test_nothing_owed_says_so_and_many_cases_ask_no_more_of_the_database(
    team, django_assert_num_queries
):
    client = Client()
    client.force_login(team.ben)
    assert "你没有待办事项" in client.get("/my-tasks/").content.decode()
    for rows in (1, 3):
        while Case.objects.count() < rows:
            open_case(by=team.ben)
        with django_assert_num_queries(17):
            tasks_of(team.ben, now=AT)


def test_a_case_without_a_clock_left_has_no_due_time(team):
    now = timezone.now()
    case = open_case(by=team.ana, at=now)
    Case.objects.filter(pk=case.pk).update(next_due_at=NEVER)

    [task] = tasks_of(team.ana, now=now)

    assert (task.due_at, task.is_late(now)) == (None, False)
